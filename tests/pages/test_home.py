from __future__ import annotations

import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.sources.samples import SAMPLES
from lstm_core.data.sources.showcases import LESSON, WIN, Showcase
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from pages._ui.run.run_list import NUM_RECENT
from tests.pages import records
from tests.pages.visiting import get_draft, open_app, open_page
from tests.shares import share


@pytest.mark.parametrize(("key", "showcase"), [("home.watch", WIN), ("home.lesson", LESSON)])
def test_one_button_trains_what_a_newcomer_is_shown(
    key: str, showcase: Showcase, store: Store
) -> None:
    app = open_app()
    app.button(key=key).click().run()
    assert not app.exception
    (run,) = store.runs.list_newest()
    assert run.spec == showcase.spec
    assert store.collections.get_as(run.dataset_id, Dataset).series_names
    assert app.query_params["id"] == run.id


def test_the_win_comes_first_and_the_lesson_is_quieter() -> None:
    buttons = {str(button.key): button.proto.type for button in open_app().button}
    shown = [key for key in buttons if key in ("home.watch", "home.lesson")]
    assert shown == ["home.watch", "home.lesson"]
    assert [buttons[key] for key in shown] == ["primary", "secondary"]


def test_a_script_that_runs_twice_submits_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("pages._ui.data.submission.open_run", opened.append)  # the page stays here
    app = open_app()
    for _ in range(2):  # the button is pressed in both script runs
        app.button(key="home.watch").click().run()
    (run,) = store.runs.list_newest()
    assert opened == [run.id, run.id]


def test_pressing_the_button_again_later_makes_another_run(store: Store) -> None:
    app = open_app()
    for _ in range(2):
        open_page("home", app)
        app.button(key="home.watch").click().run()
    assert len(store.runs.list_newest()) == 2


@pytest.mark.parametrize("name", share(SAMPLES, list(SAMPLES)[::4]))
def test_a_sample_becomes_the_draft(name: str, store: Store) -> None:
    app = open_app()
    app.button(key=f"home.sample_{name}").click().run()
    assert not app.exception
    assert not app.error
    assert get_draft(app).spec.data == SAMPLES[name].data
    assert store.runs.list_newest() == []
    app.button(key="data.train").click().run()  # the data page is open, its card is shown
    assert store.runs.list_newest()[0].spec.data.name == name


def test_the_way_to_own_data_opens_the_data_page() -> None:
    app = open_app()
    app.button(key="home.own").click().run()
    assert app.file_uploader(key="data.file") is not None


def test_recent_runs_of_every_status_are_shown(store: Store) -> None:
    assert linked_runs() == []
    runs = list(records.seed_every_status(store).values())
    newest_first = runs[::-1]
    assert linked_runs() == [run.id for run in newest_first[:NUM_RECENT]]


def test_a_vanished_run_is_not_shown_as_training(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = records.start(store)
    monkeypatch.setattr("lstm_core.runs.process.ProcessIdentity.is_alive", False)
    open_app()
    assert store.runs._load(run.id).status == RunStatus.INTERRUPTED


def linked_runs() -> list[str]:
    queries = [link.proto.query_string for link in open_app().page_link]
    return [query.removeprefix("id=") for query in queries if query]
