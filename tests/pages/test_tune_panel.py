"""The cockpit: what it says of a search in each state, and what its buttons do to the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.events import NetworkStarted, SpecResolved
from lstm_core.runs.process import ProcessIdentity, identify_host
from lstm_core.runs.snapshots.search import Role, Search, SearchStatus, TrialStatus, Wish
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.runs.stores.trials import TrialOrder
from lstm_core.searches.outcome.standing import read_standing
from pages._ui.search.cockpit.words import choose_badge, say_state
from tests.pages import records as runs
from tests.pages.visiting import get_draft, has_button, open_page, read_texts
from tests.searches import records

HALF_WAY: tuple[records.Outcome, ...] = (1.1, 0.7, "failed", "failed", "skipped", None)


def read(app: AppTest) -> str:
    return " ".join(read_texts(app)).replace("\\", "")


def read_metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: str(metric.value) for metric in app.metric}


def list_links(app: AppTest, page: str) -> list[str]:
    links = [link.proto.query_string for link in app.page_link if link.proto.page == page]
    return [link.removeprefix("id=") for link in links if link]


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def test_without_data_there_is_nothing_to_search_on() -> None:
    assert "Choose the data first" in open_page("tune").info[0].value


def test_an_address_that_leads_nowhere_is_told() -> None:
    app = open_page("tune", id="a" * 16)
    assert "This search is not in the record" in app.error[0].value


def test_a_search_that_waits_says_so_and_can_be_paused(store: Store) -> None:
    search = records.submit_search(store)
    app = open_page("tune", id=search.id)
    assert "Waiting for its turn" in read(app)
    assert read_metrics(app)["Trials"] == "0 of 8"
    assert app.button(key="search.conclude").disabled
    press(app, "search.pause")
    assert store.searches.get(search.id).status is SearchStatus.PAUSED
    press(app, "search.resume")
    assert store.searches.get(search.id).status is SearchStatus.QUEUED


def test_half_way_everything_is_in_sight(store: Store) -> None:
    search = records.start_search(store, HALF_WAY)
    app = open_page("tune", id=search.id)
    metrics = read_metrics(app)
    assert (metrics["Trials"], metrics["Best MASE"]) == ("6 of 8", "0.7")
    assert metrics["Time for trials"] == "1 min 30 s"
    assert metrics["Time left"].startswith("≈")
    text = read(app)
    assert "Trial 6, seed 42" in text
    assert f"Training · {records.PLACE} · Network" in text
    table = app.dataframe[0].value
    assert table["Status"].tolist()[:3] == ["running", "done", "done"]
    assert table["Trial"].tolist()[:4] == [6, 2, 0, 1]
    assert table["Best"].tolist()[:4] == ["", "★", "", ""]
    assert len(table) == 7
    (running,) = [run for run in store.trials.list_runs(search.id) if not run.status.is_finished]
    assert table["Run"][0].endswith(f"/run?id={running.id}")
    assert list_links(app, "run") == [running.id]
    assert len(app.get("plotly_chart")) == 2  # the best so far, all settings at once
    assert len(app.get("arrow_vega_lite_chart") or app.get("vega_lite_chart")) == 1


def test_a_reason_is_told_once_for_all_that_failed_of_it(store: Store) -> None:
    app = open_page("tune", id=records.start_search(store, HALF_WAY).id)
    assert app.expander[0].label == "2 trials failed"
    assert f"**Trials 3, 4:** {records.FAILURE}" in read(app)


@pytest.mark.parametrize(
    ("key", "wish"),
    [
        ("search.pause", Wish.PAUSE),
        ("search.conclude", Wish.CONCLUDE),
        ("search.stop", Wish.STOP),
    ],
)
def test_a_button_asks_the_search(store: Store, key: str, wish: Wish) -> None:
    search = records.start_search(store, HALF_WAY)
    app = press(open_page("tune", id=search.id), key)
    assert store.searches.get(search.id).wish is wish
    assert has_button(app, "search.resume") == (wish is Wish.PAUSE)
    if wish is Wish.STOP:
        assert app.button(key="search.stop").disabled


def test_a_pause_can_be_taken_back(store: Store) -> None:
    search = records.start_search(store, HALF_WAY)
    app = press(open_page("tune", id=search.id), "search.pause")
    assert "Pausing" in read(app)
    press(app, "search.resume")
    assert store.searches.get(search.id).wish is None


def test_one_trial_is_skipped_and_the_default_never(store: Store) -> None:
    search = records.start_search(store, [0.8, None, None])
    first, second = (run for run in store.trials.list_runs(search.id) if not run.status.is_finished)
    app = press(open_page("tune", id=search.id), f"search.skip_{first.id}")
    assert [run.is_stopping for run in store.trials.list_runs(search.id)][-2:] == [True, False]
    assert app.button(key=f"search.skip_{first.id}").disabled
    assert not app.button(key=f"search.skip_{second.id}").disabled
    only_default = records.start_search(store, default=None)
    app = open_page("tune", id=only_default.id)
    assert "First the default settings" in read(app)
    assert not [button for button in app.button if str(button.key).startswith("search.skip")]


def test_why_the_other_slots_wait_is_told(store: Store) -> None:
    search = records.submit_search(store)
    store.search_queue.adopt(search.id)
    scribe = records.Scribe(store, search)
    spec, development = scribe.plan.base, search.settings["development_id"]
    store.trials.begin(search.id, 0, {}, None, [TrialOrder(Role.TRIAL, spec, development)])
    waiting, chosen = "the others begin as soon as it has chosen", "has chosen for all trials"
    said = read(open_page("tune", id=search.id))
    assert waiting in said
    assert chosen not in said
    run = scribe._claim(0)
    spec = spec.with_values({"task.window_normalisation": "mean_std"})
    resolved = SpecResolved(spec.model_dump(mode="json"), {})
    store.runs.record_events(run.id, [resolved, NetworkStarted(1, "network", 10)])
    said = read(open_page("tune", id=search.id))
    assert waiting not in said
    assert chosen in said


def test_trials_and_minutes_are_added(store: Store) -> None:
    search = records.start_search(store, HALF_WAY, minutes=5)
    app = open_page("tune", id=search.id)
    app.number_input(key="search.more_trials").set_value(4).run()
    app.number_input(key="search.more_minutes").set_value(15).run()
    press(app, "search.add")
    extended = store.searches.get(search.id)
    assert (extended.num_trials, extended.minutes) == (12, 20.0)


def test_the_finale_says_what_is_confirmed(store: Store) -> None:
    search = records.begin_finale(store, records.start_search(store, [1.1, 0.7]))
    app = open_page("tune", id=search.id)
    text = read(app)
    assert "trial 2 and the default are scored once more" in text
    assert "2 of 4 runs done" in text
    assert "The default, fresh seed 1043" in text
    assert not has_button(app, "search.add")
    assert not has_button(app, "search.conclude")
    assert not has_button(app, "search.train")
    assert has_button(app, "search.pause")


def test_the_end_is_a_sentence_and_the_numbers_it_rests_on(store: Store) -> None:
    search = records.complete_search(store)
    app = open_page("tune", id=search.id)
    assert "Tuning paid: with fresh seeds, trial 2" in app.success[0].value.replace("\\", "")
    table = app.dataframe[0].value.set_index(app.dataframe[0].value.columns[0])
    assert table.index.tolist() == [
        "Trial 2, the winner",
        "The default",
        "Repeating the last 7 days",
    ]
    assert table["MASE"].tolist() == pytest.approx([0.705, 0.905, 1.0])
    assert table["±"].tolist()[:2] == pytest.approx([0.00707, 0.00707], rel=0.01)
    assert table["Fold 0"].notna().all()
    assert table["Test part"].tolist()[::2] == pytest.approx([0.75, 1.0])
    (final,) = [run for run in store.trials.list_runs(search.id) if run.role is Role.FINAL]
    assert list_links(app, "run") == [final.id]
    for key in ("search.pause", "search.stop", "search.train", "search.add"):
        assert not has_button(app, key)


def test_that_tuning_bought_nothing_is_no_success(store: Store) -> None:
    app = open_page("tune", id=records.complete_search(store, [1.1, 1.2], default=0.9).id)
    assert not app.success
    assert "Tuning bought nothing" in app.info[0].value
    assert app.dataframe[0].value.iloc[:, 0].tolist()[1] == "The default, the winner"


def test_a_search_that_failed_says_why_and_can_go_on(store: Store) -> None:
    message = "5 trials failed in a row. The last one: The loss became NaN."
    search = records.end_search(store, SearchStatus.FAILED, (0.8, "failed"), message)
    app = open_page("tune", id=search.id)
    assert app.error[0].value.replace("\\", "") == message
    assert not has_button(app, "search.stop")
    assert not app.button(key="search.conclude").disabled
    press(app, "search.resume")
    assert store.searches.get(search.id).status is SearchStatus.QUEUED


def test_a_stopped_search_can_still_be_judged(store: Store) -> None:
    search = records.end_search(store, SearchStatus.STOPPED, (0.8,), "Stopped on request.")
    app = press(open_page("tune", id=search.id), "search.conclude")
    assert not app.exception
    ended = store.searches.get(search.id)
    assert (ended.status, ended.wish) == (SearchStatus.QUEUED, Wish.CONCLUDE)


def test_a_process_that_has_gone_is_no_failure(store: Store) -> None:
    standing = read_standing(store, records.start_search(store, HALF_WAY).id)
    gone = ProcessIdentity(identify_host(), 2**22 + 1, 0.0)
    orphaned = replace(standing, search=replace(standing.search, process=gone))
    now = datetime.now(UTC)
    assert choose_badge(orphaned.search, now)[0] == "interrupted"
    assert "goes on by itself" in say_state(orphaned, now)


def test_the_best_becomes_the_draft_of_the_designer(store: Store) -> None:
    search = records.complete_search(store)
    app = press(open_page("tune", id=search.id), "search.design")
    assert "Build the network yourself" in app.title[0].value
    _check_draft(app, store, search)


def test_another_search_begins_from_the_best(store: Store) -> None:
    search = records.complete_search(store)
    app = press(open_page("tune", id=search.id), "search.again")
    assert "id" not in app.query_params
    assert "better settings" in app.title[0].value
    _check_draft(app, store, search)


def test_the_best_so_far_is_trained_fully_once_as_an_ordinary_run(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = records.start_search(store, HALF_WAY)
    app = open_page("tune", id=search.id)
    monkeypatch.setattr("pages._ui.data.submission.open_run", lambda run_id: None)
    press(press(app, "search.train"), "search.train")  # a script that runs twice
    (run,) = store.runs.list_newest(with_trials=False)
    assert run.status is RunStatus.QUEUED
    assert (run.group_id, run.dataset_id) == (None, search.dataset_id)
    plan = read_standing(store, search.id).plan
    assert run.spec == plan.make_final_spec(records.choose_values(2))


def test_the_most_important_settings_are_chosen_first(store: Store) -> None:
    app = open_page("tune", id=records.complete_search(store).id)
    chosen = app.multiselect(key="search.axes").value
    assert chosen[:3] == ["training.learning_rate", "model.units", "model.architecture"]
    assert len(chosen) == 5
    app.multiselect(key="search.axes").set_value(["model.layers"]).run()
    assert not app.exception


@pytest.mark.parametrize(
    ("tab", "said", "num_charts"),
    [
        pytest.param(
            *("What matters", "Permutation importance of a random forest", 1),
            marks=pytest.mark.slow,
        ),
        ("Each setting", "A dot is a trial", 5),
        ("Two settings", "a guess, not a result", 1),
        pytest.param(
            *("Error and time", "no other trial is both faster and better", 1),
            marks=pytest.mark.slow,
        ),
    ],
)
def test_each_chart_is_drawn_and_explained(
    store: Store, tab: str, said: str, num_charts: int
) -> None:
    search = records.complete_search(store)
    app = open_page("tune", id=search.id)
    app.session_state["search.tab"] = tab
    app.run()
    assert not app.exception, app.exception
    assert said in read(app)
    assert len(app.get("plotly_chart")) == 2 + num_charts


def test_a_contour_needs_two_settings(store: Store) -> None:
    app = open_page("tune", id=records.complete_search(store).id)
    app.session_state["search.tab"] = "Two settings"
    app.run()
    app.selectbox(key="search.surface_1").set_value(app.selectbox(key="search.surface_0").value)
    app.run()
    assert "two different settings" in read(app)


def test_names_from_files_are_shown_as_they_are(store: Store) -> None:
    dataset = runs.make_dataset(name="**[bad](http://evil)**.csv", target="[x](http://evil) $a$")
    search = records.start_search(store, HALF_WAY, dataset=dataset)
    for app in (open_page("tune", id=search.id), open_page("tune"), open_page("runs")):
        text = " ".join(read_texts(app))
        assert "[bad](" not in text
        assert "[x](" not in text
        assert "bad" in text


def test_a_search_is_deleted_with_its_runs(store: Store) -> None:
    search = records.complete_search(store)
    app = press(open_page("tune", id=search.id), "search.delete")
    assert not app.exception
    assert (store.searches.list_newest(), store.runs.list_newest()) == ([], [])
    press(app, f"deleted.undo_{search.id}")
    assert [kept.id for kept in store.searches.list_newest()] == [search.id]
    assert store.runs.list_newest()
    running = records.start_search(store, HALF_WAY)
    assert not has_button(open_page("tune", id=running.id), "search.delete")


def test_several_runs_a_trial_have_a_spread(store: Store) -> None:
    app = open_page("tune", id=records.start_search(store, [0.8, 0.7], executions=2).id)
    assert app.dataframe[0].value["Spread"].tolist() == [0.05] * 3
    assert read_metrics(app)["Best MASE"] == "0.7 ± 0.05"


def _check_draft(app: AppTest, store: Store, search: Search) -> None:
    draft = get_draft(app)
    plan = read_standing(store, search.id).plan
    best = next(
        trial
        for trial in store.trials.list_of(search.id)
        if trial.status is TrialStatus.COMPLETED and trial.score == 0.7
    )
    assert draft.spec == plan.make_final_spec(best.values)
    assert draft.dataset_id == search.dataset_id


def test_the_table_of_the_verdict_says_of_whom_it_speaks(store: Store) -> None:
    search = records.complete_search(store)
    (table,) = [
        each
        for each in open_page("tune", id=search.id).dataframe
        if "Settings" in each.value.columns
    ]
    shown = list(table.proto.column_order)
    assert shown[:2] == ["Settings", "MASE"]
    assert set(shown) <= set(table.value.columns)
    assert "winner" in " ".join(table.value["Settings"])
