"""What was chosen is found by its address: after a reload, in another tab, after a restart."""

from __future__ import annotations

import os
import time
from itertools import product

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.sources.samples import SAMPLES
from lstm_core.runs.database.tables import DraftRow
from lstm_core.runs.stores.drafts import KEPT_DAYS
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from pages._ui.data.remembering import get_memory
from pages._ui.server.services import UPLOAD_SECONDS, get_uploads, list_chores
from pages._ui.shell.addresses import DRAFT_PAGES
from tests.pages.tables import SALES, make_days, make_wave, to_csv
from tests.pages.visiting import (
    APP,
    TIMEOUT_SECONDS,
    assert_refused,
    get_draft,
    has_button,
    has_draft,
    open_again,
    open_page,
    open_untrained,
    read_texts,
    upload,
)
from tests.runs.stores.test_drafts import age
from tests.shares import share_combinations, take_turns

NOWHERE = ["a" * 16, "../../x", "<script>alert(1)</script>", "' --\0"]
OTHER = to_csv({"day": make_days(), "load": make_wave()})


def after_restart(app: AppTest) -> AppTest:
    """Send what the open page would send to a server that has never seen it."""
    fresh = AppTest.from_file(APP, default_timeout=TIMEOUT_SECONDS)
    fresh.query_params.update(app.query_params)
    fresh._page_hash = app._finished_page_script_hash
    return fresh._run(app._tree.get_widget_states())


def sweep() -> None:
    for chore in list_chores(load_settings()):
        chore()


def set_whole(app: AppTest, path: str, value: int) -> AppTest:
    app.number_input(key=path).set_value(value).run()
    assert not app.exception, app.exception
    return app


def test_a_reload_of_the_card_keeps_file_and_roles(store: Store) -> None:
    app = upload(SALES, "sales.csv")
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    app.selectbox(key="columns.fill").set_value("previous").run()
    again = open_again("data", app)
    assert again.multiselect(key="columns.targets").value == ["visitors"]
    assert again.selectbox(key="columns.fill").value == "previous"
    assert "In use: sales\\.csv" in read_texts(again)
    again.button(key="data.train").click().run()
    (run,) = store.runs.list_newest()
    assert (run.spec.data.name, run.spec.data.targets) == ("sales.csv", ("visitors",))


def test_a_reload_of_the_settings_and_of_the_designer_keeps_them(store: Store) -> None:
    app = open_untrained(upload(SALES))
    set_whole(app, "training.epochs", 3)
    open_page("designer", app)
    app.button(key="designer.preset_tiny").click().run()
    built = get_draft(app).spec.model.stack
    assert built
    again = open_again("designer", app)
    assert again.session_state["designer.desk"].design.stack == built
    again = open_again("model", app)
    assert again.number_input(key="training.epochs").value == 3
    again.button(key="model.train").click().run()
    (run,) = store.runs.list_newest()
    assert (run.spec.model.stack, run.spec.training.epochs) == (built, 3)


def test_a_sample_and_a_runs_own_table_are_found_again(store: Store) -> None:
    app = open_page("data", sample="load")
    assert (get_draft(app).spec.data, has_draft(app)) == (SAMPLES["load"].data, True)
    assert "sample" not in app.query_params
    again = open_again("data", app)
    assert again.segmented_control(key="data.source").value == "sample"
    assert again.selectbox(key="data.sample").value == "load"
    assert has_button(again, "data.train")


@pytest.mark.parametrize("name", DRAFT_PAGES)
def test_every_page_finds_the_draft_by_its_address(name: str) -> None:
    app = open_again(name, upload(SALES, "sales.csv"))
    assert not app.exception
    assert not app.error
    assert not any("Choose the data first" in info.value for info in app.info)
    assert get_draft(app).spec.data.name == "sales.csv"


@pytest.mark.parametrize(
    ("name", "draft_id"),
    share_combinations(product(DRAFT_PAGES, NOWHERE), take_turns(DRAFT_PAGES, NOWHERE)),
)
def test_an_address_that_leads_nowhere_is_told_and_loses_nothing(name: str, draft_id: str) -> None:
    app = upload(SALES, "sales.csv")
    mine = app.query_params["draft"]
    open_page(name, app, draft=draft_id)
    assert f"{KEPT_DAYS} days" in assert_refused(app)
    (back,) = [link for link in app.page_link if link.label == "Go on with sales\\.csv"]
    assert mine in back.proto.query_string
    fresh = open_page(name, draft=draft_id)
    assert_refused(fresh)
    assert not any(link.label.startswith("Go on") for link in fresh.page_link)
    open_page("data", app, draft=mine)
    assert has_button(app, "data.train")


def test_a_swept_draft_is_told(store: Store) -> None:
    app = upload(SALES)
    age(store, get_draft(app).id, days=KEPT_DAYS + 1)
    sweep()
    assert "no draft at this address" in assert_refused(open_again("model", app))
    upload(OTHER, "other.csv", open_again("data", app))


def test_a_draft_that_an_older_version_wrote_is_told(store: Store) -> None:
    app = upload(SALES)
    with store._database.writing() as session:
        row = session.get(DraftRow, get_draft(app).id)
        assert row is not None
        row.spec = {**row.spec, "schema_version": 0}
    for name in DRAFT_PAGES:
        assert "another version" in assert_refused(open_again(name, app))


def test_a_sample_by_its_address_and_one_that_there_is_not() -> None:
    app = open_page("data", sample="sine")
    assert get_draft(app).spec.data.name == "sine"
    app.button(key="data.start_over").click().run()
    upload(SALES, "sales.csv", app)
    mine = app.query_params.pop("draft")
    open_page("data", app, sample="<b>sinus</b>" * 9)
    message = assert_refused(app)
    assert "no sample" in message
    assert "sine" in message
    app.query_params.clear()
    open_page("data", app, draft=mine)
    assert has_button(app, "data.train")


def test_train_is_the_first_that_a_new_server_hears(store: Store) -> None:
    app = upload(SALES, "sales.csv")
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    app.button(key="data.train").click()
    fresh = after_restart(app)
    assert not fresh.exception
    (run,) = store.runs.list_newest()
    assert (run.spec.data.name, run.spec.data.targets) == ("sales.csv", ("visitors",))
    assert fresh.query_params["id"] == run.id


def test_a_new_server_hears_train_of_the_settings(store: Store) -> None:
    app = set_whole(open_untrained(upload(SALES)), "training.epochs", 4)
    app.button(key="model.train").click()
    after_restart(app)
    assert store.runs.list_newest()[0].spec.training.epochs == 4


def test_two_tabs_see_and_keep_what_the_other_has_changed() -> None:
    mine = open_untrained(upload(SALES))
    yours = open_again("model", mine)
    set_whole(yours, "task.horizon", 5)
    set_whole(mine, "training.epochs", 3)
    assert mine.number_input(key="task.horizon").value == 5
    set_whole(yours, "training.epochs", 4)
    spec = get_draft(mine).spec
    assert (spec.task.horizon, spec.training.epochs) == (5, 4)
    open_page("data", mine)
    open_page("data", yours)
    mine.multiselect(key="columns.targets").set_value(["visitors"]).run()
    yours.selectbox(key="columns.fill").set_value("previous").run()
    data = get_draft(mine).spec.data
    assert (data.targets, data.fill) == (("visitors",), "previous")
    assert yours.multiselect(key="columns.targets").value == ["visitors"]


def test_another_draft_in_the_address_shows_its_own_roles() -> None:
    app = upload(SALES, "sales.csv")
    first = app.query_params["draft"]
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    upload(to_csv({"day": make_days(), "sales": make_wave(), "visitors": make_wave()}), app=app)
    second = app.query_params["draft"]
    assert second != first
    app.query_params["draft"] = first
    app.run()
    assert app.multiselect(key="columns.targets").value == ["visitors"]
    assert "In use: sales\\.csv" in read_texts(app)  # whatever lies in the browser's field
    app.query_params["draft"] = second
    app.run()
    assert get_draft(app).spec.data.targets == ()


def test_a_look_at_another_source_comes_back_to_the_draft() -> None:
    app = upload(SALES, "sales.csv")
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    first = app.query_params["draft"]
    app.segmented_control(key="data.source").set_value("sample").run()
    assert app.query_params["draft"] != first
    app.segmented_control(key="data.source").set_value("ticker").run()
    app.segmented_control(key="data.source").set_value("upload").run()
    assert app.query_params["draft"] == first
    assert app.multiselect(key="columns.targets").value == ["visitors"]


def test_an_upload_that_a_draft_speaks_of_is_not_swept() -> None:
    app = upload(SALES, "sales.csv")
    (only,) = get_draft(app).uploads
    named = only.sha256
    forgotten = get_uploads().write(OTHER)
    old = time.time() - UPLOAD_SECONDS - 60
    for sha256 in (named, forgotten):
        os.utime(get_uploads().path(sha256), (old, old))
    sweep()
    assert get_uploads().path(named).exists()
    assert not get_uploads().path(forgotten).exists()
    assert has_button(open_again("data", app), "data.train")


def test_a_file_that_was_lost_is_asked_for_once_more() -> None:
    app = upload(SALES, "sales.csv")
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    draft = get_draft(app)
    get_uploads().delete(draft.uploads[0].sha256)
    get_memory.clear()  # its table has made room for others
    again = open_again("data", app)
    assert "Upload it once more" in assert_refused(again)
    upload(SALES, "sales.csv", again)
    assert get_draft(again).id == draft.id
    assert again.multiselect(key="columns.targets").value == ["visitors"]


def test_starting_over_puts_the_draft_aside() -> None:
    app = upload(SALES, "sales.csv")
    mine = app.query_params["draft"]
    app.button(key="data.start_over").click().run()
    assert not has_draft(app)
    app.query_params["draft"] = mine  # the browser's way back
    app.run()
    assert has_button(app, "data.train")


def test_a_reload_of_the_race_keeps_who_takes_part() -> None:
    app = open_page("race", upload(SALES))
    app.pills(key="race.names").set_value(["draft", "gru"]).run()
    set_whole(app, "race.seeds", 4)
    set_whole(app, "race.epochs", 7)
    again = open_again("race", app)
    assert again.pills(key="race.names").value == ["draft", "gru"]
    assert again.number_input(key="race.seeds").value == 4
    assert again.number_input(key="race.epochs").value == 7


def test_a_reload_of_the_search_keeps_its_space() -> None:
    app = open_page("tune", upload(SALES))
    app.segmented_control(key="tune.size").set_value("medium").run()
    kept = get_draft(app).kept["space"]
    assert kept["size"] == "medium"
    again = open_again("tune", app)
    assert again.segmented_control(key="tune.size").value == "medium"
    assert get_draft(again).kept["space"] == kept


def test_a_reload_of_the_search_keeps_how_it_goes() -> None:
    app = open_page("tune", upload(SALES))
    assert "search" not in get_draft(app).kept
    app.selectbox(key="tune.strategy").set_value("grid").run()
    set_whole(app, "tune.num_trials", 4)
    set_whole(app, "tune.minutes", 7)
    app.selectbox(key="tune.refit").set_value("no").run()
    again = open_again("tune", app)
    assert again.selectbox(key="tune.strategy").value == "grid"
    assert again.number_input(key="tune.num_trials").value == 4
    assert again.number_input(key="tune.minutes").value == 7.0
    assert again.selectbox(key="tune.refit").value == "no"
    assert again.number_input(key="tune.slots").value is None
