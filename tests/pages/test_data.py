from __future__ import annotations

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.sources.samples import SAMPLES
from lstm_core.runs.stores.store import Store
from tests.pages import records
from tests.pages.tables import SALES, make_days, make_wave, to_csv
from tests.pages.visiting import get_draft, has_button, has_draft, open_page, read_texts, upload


def test_before_a_file_is_chosen_there_is_nothing_to_train(store: Store) -> None:
    records.seed_every_status(store)  # other people's runs change nothing here
    app = open_page("data")
    assert not has_button(app, "data.train")
    assert not has_draft(app)


def test_a_file_becomes_a_run_in_three_interactions(store: Store) -> None:
    app = upload(SALES, "sales.csv")
    app.button(key="data.train").click().run()
    assert not app.exception
    (run,) = store.runs.list_newest()
    assert (run.spec.data.source, run.spec.data.name) == ("csv", "sales.csv")
    assert app.query_params["id"] == run.id
    dataset = store.collections.get_as(run.dataset_id, Dataset)
    (target,) = dataset.roles.targets
    level = {"sales": 10.0, "visitors": 50.0}[target]
    assert dataset.frame[target].tolist() == make_wave(level=level)
    times = dataset.frame.index.get_level_values("time")
    assert [f"{time:%Y-%m-%d}" for time in times] == make_days()


def test_the_card_says_what_was_chosen_and_why() -> None:
    told = " ".join(read_texts(upload(SALES))).replace("\\", "")
    assert "**12 days ahead**" in told
    assert "by the Pre-trained LSTM, as it comes" in told
    assert "**Horizon: 12.** A tenth of the 120 rows." in told
    assert "**Network: Pre-trained LSTM.** " in told


def test_a_random_walk_is_called_one_on_the_card() -> None:
    app = open_page("data")
    app.segmented_control(key="data.source").set_value("sample").run()
    app.selectbox(key="data.sample").set_value("stocks").run()
    assert any("• It looks like a random walk" in text for text in read_texts(app))


def test_the_button_is_pressed_in_two_script_runs_but_submits_once(store: Store) -> None:
    app = upload(SALES)
    app.session_state["data.train.submission"] = "the-same"
    app.button(key="data.train").click().run()
    again = upload(SALES)
    again.session_state["data.train.submission"] = "the-same"
    again.button(key="data.train").click().run()
    assert len(store.runs.list_newest()) == 1
    assert again.query_params["id"] == app.query_params["id"]


def test_a_sample_is_chosen_and_trained(store: Store) -> None:
    app = open_page("data")
    app.segmented_control(key="data.source").set_value("sample").run()
    app.selectbox(key="data.sample").set_value("load").run()
    assert get_draft(app).spec.data == SAMPLES["load"].data
    app.button(key="data.train").click().run()
    assert store.runs.list_newest()[0].spec.data == SAMPLES["load"].data


def test_the_draft_survives_a_visit_to_other_pages() -> None:
    app = upload(SALES)
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    before = get_draft(app).spec.data
    for name in ("home", "runs", "model", "data"):
        open_page(name, app)
    assert get_draft(app).spec.data == before
    assert app.multiselect(key="columns.targets").value == ["visitors"]
    assert has_button(app, "data.train")


def test_another_file_begins_with_settings_of_its_own() -> None:
    app = upload(SALES, "sales.csv")
    app.multiselect(key="columns.targets").set_value(["visitors"]).run()
    other = to_csv({"month": make_days(), "load": make_wave()})
    upload(other, "load.csv", app)
    assert get_draft(app).spec.data.name == "load.csv"
    assert get_draft(app).spec.data.targets == ()
    assert app.multiselect(key="columns.targets").value == ["load"]


def test_starting_over_forgets_the_draft() -> None:
    app = open_page("data")
    app.segmented_control(key="data.source").set_value("sample").run()
    app.segmented_control(key="data.source").set_value("upload").run()
    assert has_draft(app)
    app.segmented_control(key="data.source").set_value("sample").run()
    app.segmented_control(key="data.source").set_value("upload").run()
    upload(SALES, app=app)
    app.file_uploader(key="data.file").clear().run()
    assert has_button(app, "data.train")  # the file is kept, whatever the browser holds
    app.button(key="data.start_over").click().run()
    assert not has_draft(app)
    assert not has_button(app, "data.train")


def test_two_sessions_have_two_drafts() -> None:
    mine, yours = upload(SALES, "mine.csv"), open_page("data")
    assert not has_draft(yours)
    upload(SALES, "yours.csv", yours)
    mine.run()
    assert get_draft(mine).spec.data.name == "mine.csv"
