"""A draft and a search that version 1 left are shown and gone on with."""

from __future__ import annotations

from pathlib import Path

from lstm_core.runs.stores.store import Store
from tests.pages.visiting import get_draft, open_page, read_texts
from tests.runs.records import make_settings
from tests.spec.versions.records import VERSION_1, lay_out


def test_the_space_that_somebody_put_together_is_still_there(studio_home: Path) -> None:
    facts = lay_out(VERSION_1, studio_home)
    app = open_page("tune", draft=facts["draft"])
    assert not app.error
    said = read_texts(app)
    assert "12 or 24" in said
    assert "In files: `task.lookback`" in said
    assert "At most 9 of them" in " ".join(said)
    assert get_draft(app).spec.task.num_folds == 2


def test_pages_of_old_results_open(studio_home: Path) -> None:
    facts = lay_out(VERSION_1, studio_home)
    for page, name in [("run", "run"), ("race", "race"), ("tune", "search"), ("tune", "paused")]:
        app = open_page(page, id=facts[name])
        assert not app.error, (name, [error.value for error in app.error])
    said = " ".join(read_texts(open_page("run", id=facts["run"])))
    assert "It looks back too little" in said
    app = open_page("model", draft=facts["draft"])
    assert app.number_input(key="task.lookback").value == 24
    with Store.open(make_settings(studio_home)) as store:
        assert store.drafts.get(facts["draft"]).spec.task.lookback == 24
