from __future__ import annotations

import os
import subprocess
import sys
from typing import Any
from unittest.mock import Mock

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.events import EpochFinished, PhaseStarted, SpecResolved, TrainingStarted
from lstm_core.judging.outcome import Outcome
from lstm_core.runs.process import ProcessIdentity, identify_host
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.tables import table_from_parquet, table_to_parquet
from lstm_core.tasks.forecasting.baselines.simple import BASELINES
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.judging.outcome import ADVICE
from pages._ui.run import live_panel
from pages._ui.run.watching import POLL_SECONDS
from pages._ui.shell.wording import title_baseline
from tests.pages import records
from tests.pages.visiting import assert_refused, get_draft, has_button, open_page, read_texts
from tests.runs.records import change_row
from tests.shares import share


def read_badges(app: AppTest) -> list[str]:
    return [text for text in read_texts(app) if "-badge[" in text]


def visit(run: Run) -> AppTest:
    return open_page("run", id=run.id)


@pytest.mark.parametrize("run_id", ["nosuch", "aaaaaaaaaaaaaaaa", "../../etc/passwd", "<b>"])
def test_an_unknown_run_is_told(run_id: str, store: Store) -> None:
    records.submit(store)
    app = open_page("run", id=run_id)
    assert "not in the record" in assert_refused(app)
    assert not has_button(app, "run.stop")


def test_a_queued_run_can_be_stopped_at_once(store: Store) -> None:
    run = records.submit(store)
    app = visit(run)
    assert not app.button(key="run.stop").disabled
    app.button(key="run.stop").click().run()
    assert store.runs.get(run.id).status == RunStatus.CANCELLED
    assert not has_button(visit(run), "run.stop")


def test_stop_asks_a_running_run_to_stop(store: Store) -> None:
    run = records.start(store)
    app = visit(run)
    app.button(key="run.stop").click().run()
    assert not app.exception
    asked = store.runs.get(run.id)
    assert asked.cancel_requested_at is not None
    assert asked.status == RunStatus.RUNNING  # until its process has obeyed
    assert visit(run).button(key="run.stop").disabled


def test_what_is_stopping_can_be_stopped_at_once(store: Store) -> None:
    run = records.start(store)
    app = visit(run)
    assert not has_button(app, "run.stop_now")
    app.button(key="run.stop").click().run()
    assert store.runs.get(run.id).abort_requested_at is None
    app.button(key="run.stop_now").click().run()
    assert store.runs.get(run.id).abort_requested_at is not None
    assert not has_button(visit(run), "run.stop_now")


def test_a_run_that_was_stopped_shows_what_it_had_learnt(store: Store) -> None:
    told = "Stopped early on request: its network learnt for 3 of at most 100 epochs."
    run = records.complete(store)
    change_row(store, run.id, status=RunStatus.CANCELLED, message=told)
    app = visit(run)
    assert not app.error
    assert told in [box.value.replace("\\", "") for box in app.info]
    assert len(app.success) == 1  # the verdict
    keys = {button.key for button in app.download_button}
    assert "run.download_forecast" in keys
    assert any("stopped early" in text for text in read_badges(app))
    assert any("stopped early" in text for text in read_badges(open_page("runs")))
    assert has_button(app, "run.again")


def test_a_run_that_was_stopped_with_nothing_says_so(store: Store) -> None:
    run = records.end(store, RunStatus.CANCELLED, "Stopped on request.")
    assert any("stopped" in text for text in read_badges(visit(run)))
    assert not any("early" in text for text in read_badges(visit(run)))


def test_a_running_run_shows_how_far_it_is(store: Store) -> None:
    run = records.start(store, num_epochs_done=2)
    app = visit(run)
    assert "Epoch 2 of at most 10" in " ".join(read_texts(app))
    assert "CPU" in " ".join(read_texts(app))
    store.runs.record_events(run.id, [EpochFinished(3, 0.3, 0.4, 0.5)])
    assert "Epoch 3 of at most 10" in " ".join(read_texts(app.run()))


def test_of_several_networks_the_page_says_which_is_in_training(store: Store) -> None:
    texts = " ".join(read_texts(visit(records.train_several(store))))
    assert "Seed 2 of 3 · epoch 1 of at most 10 · " in texts


def test_a_queued_run_says_its_place_and_when_it_begins(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LSTM_STUDIO_MAX_RUNNING", "1")
    records.start(store)
    records.submit(store)
    run = records.submit(store)
    said = " ".join(read_texts(visit(run)))
    assert "1 before it." in said
    assert "begins in" not in said  # no run has come to its end yet
    records.complete(store)
    records.complete(store)
    assert "It begins in about" in " ".join(read_texts(visit(run)))


def test_an_estimate_that_grows_says_so(store: Store) -> None:
    run = records.start(store, num_epochs_done=2)
    app = visit(run)
    assert "of training left" in " ".join(read_texts(app))
    assert "longer" not in " ".join(read_texts(app.run()))
    for epoch in (3, 4, 5):
        store.runs.record_events(run.id, [EpochFinished(epoch, 0.3, 0.4, 60.0)])
    assert "longer than was said before" in " ".join(read_texts(app.run()))


def test_a_phase_without_training_is_told_by_its_name(store: Store) -> None:
    run = records.start(store)
    store.runs.record_events(run.id, [PhaseStarted("Judging it on the test part")])
    texts = " ".join(read_texts(visit(run)))
    assert "Judging it on the test part…" in texts
    assert "of at most" not in texts


def test_the_film_of_a_running_run_is_beneath_its_curves(store: Store) -> None:
    run = records.train_several(store)
    app = visit(run)
    assert len(app.get("vega_lite_chart")) == 2
    (caption,) = [text for text in read_texts(app) if "drawn anew" in text]
    assert "The forecast of sales, as if it were 2024" in caption.replace("\\", "")
    assert "seed 2 of 3, epoch 1:" in caption
    store.runs.record_events(
        run.id, [EpochFinished(2, 0.3, 0.4, 0.5, network=2, film=(0.4, 0.5, 0.6))]
    )
    assert "seed 2 of 3, epoch 2:" in " ".join(read_texts(app.run()))


def test_without_a_film_there_are_only_curves(store: Store) -> None:
    assert len(visit(records.start(store)).get("vega_lite_chart")) == 1


def test_a_chart_keeps_its_text_while_it_grows_and_so_its_zoom(store: Store) -> None:
    def list_texts(app: AppTest) -> list[str]:
        return [chart.proto.alt for chart in app.get("vega_lite_chart")]

    run = records.train_several(store)
    app = visit(run)
    before = list_texts(app)
    store.runs.record_events(
        run.id, [EpochFinished(2, 0.3, 0.4, 0.5, network=2, film=(0.4, 0.5, 0.6))]
    )
    assert list_texts(app.run()) == before
    assert all(before)


def test_a_forecast_that_is_partly_a_baseline_s_says_so(store: Store) -> None:
    blend = "The forecast is a mean: 40% of it the network's."
    app = visit(records.complete(store, verdict=records.VERDICT | {"blend": blend}))
    assert blend in " ".join(read_texts(app)).replace("\\", "")


def test_a_page_that_is_open_follows_the_run_to_its_end(store: Store) -> None:
    run = records.start(store)
    app = visit(run)
    store.runs.finish(run.id, RunStatus.CANCELLED, message="Stopped on request.")
    app.run()
    assert not app.exception
    assert not has_button(app, "run.stop")
    assert any("Stopped on request" in text for text in read_texts(app))


@pytest.mark.parametrize("status", [RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.INTERRUPTED])
def test_an_end_without_a_result_says_why(status: RunStatus, store: Store) -> None:
    run = records.end(store, status, message="This is the reason, and that the remedy.")
    app = visit(run)
    assert any("This is the reason" in text for text in read_texts(app))
    assert not has_button(app, "run.stop")


def test_the_film_is_shown_after_the_end_as_well(store: Store) -> None:
    run = store.runs.finish(records.train_several(store).id, RunStatus.CANCELLED)
    app = visit(run)
    assert count_charts(app) == 1
    assert any("drag the slider" in text for text in read_texts(app))


def test_a_run_that_ended_before_its_first_epoch_is_shown(store: Store) -> None:
    run = records.submit(store)
    store.runs.request_cancel(run.id)
    assert any("before it began" in text for text in read_texts(visit(run)))


ENDS = [status for status in RunStatus if status.is_finished]


def end_with(status: RunStatus, store: Store) -> Run:
    if status is RunStatus.COMPLETED:
        return records.complete(store)
    return records.end(store, status, "This is the reason.")


@pytest.mark.parametrize("status", share(ENDS, (RunStatus.COMPLETED, RunStatus.FAILED)))
def test_every_run_that_ended_can_be_run_again(status: RunStatus, store: Store) -> None:
    run = end_with(status, store)
    app = visit(run)
    app.button(key="run.again").click().run()
    assert not app.exception
    again, before = store.runs.list_newest()
    assert before.id == run.id
    assert (again.status, again.spec, again.dataset_id) == (
        RunStatus.QUEUED,
        run.spec,
        run.dataset_id,
    )
    assert app.query_params["id"] == again.id
    app.button(key="run.stop").click().run()
    app.button(key="run.again").click().run()  # the new one ended as well
    assert len(store.runs.list_newest()) == 3


def test_a_script_that_runs_twice_makes_one_run(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stay(run_id: str) -> None:
        """The script is interrupted before it opens the new run's page."""

    monkeypatch.setattr("pages._ui.data.submission.open_run", stay)
    app = visit(records.end(store, RunStatus.FAILED, "It failed."))
    app.button(key="run.again").click().run()
    app.button(key="run.again").click().run()  # the same click again
    assert len(store.runs.list_newest()) == 2


@pytest.mark.parametrize("status", share(ENDS, (RunStatus.COMPLETED, RunStatus.FAILED)))
def test_whoever_has_the_link_can_change_the_settings_of_a_run(
    status: RunStatus, store: Store
) -> None:
    dataset = records.make_dataset()
    values = {"model.architecture": "vanilla", "training.learning_rate": 0.03}
    spec = records.make_spec(dataset).with_values(values)
    run = store.runs.create_running(spec, store.collections.add(dataset))
    resolved, reasons = resolve_spec(spec, dataset)
    store.runs.record_events(run.id, [SpecResolved(resolved.model_dump(mode="json"), reasons)])
    if status is RunStatus.COMPLETED:
        run = records.give_result(store, run, dataset)
    else:
        run = store.runs.finish(run.id, RunStatus.FAILED, message="It failed.")
        change_row(store, run.id, status=status)
    app = visit(run)
    app.button(key="run.change").click().run()
    assert not app.exception
    draft = get_draft(app)
    assert (draft.spec, draft.dataset_id) == (run.spec, run.dataset_id)
    assert app.number_input(key="training.learning_rate").value == run.spec.training.learning_rate


def test_a_run_that_is_not_finished_is_not_run_again(store: Store) -> None:
    for run in (records.submit(store), records.start(store)):
        app = visit(run)
        assert not has_button(app, "run.again")
        assert not has_button(app, "run.change")


def test_the_badge_follows_a_run_that_was_opened_while_it_waited(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the fragment looks by itself; it has to see what stands outside of it."""
    run = records.submit(store)
    asked = []
    monkeypatch.setattr(live_panel.st, "rerun", lambda scope: asked.append(scope))
    # A real one would begin to look for queued runs, and may claim this one before the test does.
    monkeypatch.setattr(live_panel, "get_backend", Mock)
    shown = live_panel._read_head(run)
    live_panel._follow(run.id, shown, POLL_SECONDS)
    assert asked == []
    change_row(store, run.id, status=RunStatus.RUNNING, host=identify_host())
    adopted = store.run_queue.adopt(run.id)
    assert adopted is not None
    live_panel._follow(run.id, shown, POLL_SECONDS)
    assert asked == ["app"]
    shown = live_panel._read_head(adopted)
    spec = run.spec.with_values({"data.targets": ["visitors"]})
    store.runs.record_events(run.id, [SpecResolved(spec.model_dump(mode="json"), {})])
    live_panel._follow(run.id, shown, POLL_SECONDS)
    assert asked == ["app"] * 2


def test_a_vanished_process_is_shown_as_interrupted(store: Store) -> None:
    run = records.start(store)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    change_row(store, run.id, pid=gone.pid)
    app = visit(run)
    assert store.runs._load(run.id).status == RunStatus.INTERRUPTED
    assert any("process ended" in text for text in read_texts(app))
    assert not has_button(app, "run.stop")


def test_a_living_process_is_not_called_gone(store: Store) -> None:
    run = records.start(store)
    assert run.process is not None
    assert (run.process.host, run.process.pid) == (identify_host(), os.getpid())
    assert isinstance(run.process, ProcessIdentity)
    visit(run)
    assert store.runs.get(run.id).status == RunStatus.RUNNING


@pytest.mark.parametrize("beats", [True, False])
def test_a_completed_run_shows_its_verdict(beats: bool, store: Store) -> None:
    verdict = records.VERDICT | {"beats_baseline": beats, "sentence": "The sentence; no other."}
    app = visit(records.complete(store, verdict=verdict))
    boxes = app.success if beats else app.warning
    assert len(boxes) == 1
    assert "The sentence; no other" in boxes[0].value.replace("\\", "")
    assert not app.error
    assert len(app.dataframe) == 1


@pytest.mark.parametrize(
    "outcome", share(["mixed", "unclear", "level", "behind", "loss"], ("mixed", "loss"))
)
def test_only_a_win_is_green(outcome: Outcome, store: Store) -> None:
    verdict = records.VERDICT | {"beats_baseline": False, "outcome": outcome}
    app = visit(records.complete(store, verdict=verdict))
    assert not app.success
    (box,) = app.warning
    assert ADVICE[outcome] in box.value.replace("\\", "")


def test_a_baseline_that_is_missing_is_told_with_the_reason(store: Store) -> None:
    reason = "<b>ETS</b> is not among the baselines: it took too long."
    app = visit(records.complete(store, verdict=records.VERDICT | {"left_out": {"ets": reason}}))
    (caption,) = [each.value for each in app.caption if "not among" in each.value]
    assert reason in caption.replace("\\", "")
    assert "<b>" not in caption.replace("\\<", "")


def test_the_table_of_scores_puts_the_model_beside_its_baselines(store: Store) -> None:
    (table,) = visit(records.complete(store)).dataframe
    assert len(table.value) == 1 + 2
    assert table.value["MASE"].tolist() == [0.75, 0.75, 1.0]


def test_each_baseline_says_whether_it_is_beaten_beyond_chance(store: Store) -> None:
    (table,) = visit(records.complete(store)).dataframe
    rows = table.value.set_index("Predicted by")
    assert rows["Beaten by the model?"].to_dict() == {
        "This model": "",
        "Repeating yesterday's value": "not for sure (p = 0.4)",
        "Repeating the last 7 days": "yes (p = 0.012)",
    }
    assert rows["The model's error is"].tolist() == ["", "3.1% smaller", "25% smaller"]
    assert rows["Folds won"].tolist() == ["", "1 of 2", "2 of 2"]


def test_the_pre_trained_network_is_a_line_of_its_own_and_no_baseline(store: Store) -> None:
    verdict = records.VERDICT | {"pretrained": records.PRETRAINED}
    app = visit(records.complete(store, verdict=verdict))
    (table,) = app.dataframe
    rows = table.value.set_index("Predicted by")
    assert rows.index.tolist()[:2] == ["This model", "Pre-trained LSTM"]
    assert len(rows) == 2 + 2
    own = rows.loc["Pre-trained LSTM"]
    assert own["MASE"] == 0.5
    assert own["The model's error is"] == "50% larger"
    assert own["Beaten by the model?"] == "no"
    texts = [text.replace("\\", "") for text in read_texts(app)]
    (note,) = [text for text in texts if "It is no baseline" in text]
    assert "made-up series, and never on these (version 1)" in note
    assert "on 300 of the 2,000 windows" in note
    assert "this model's MASE on the same ones is 0.75" in note
    assert 'not told of "<b>price</b>"' in note
    (advice,) = [text for text in texts if "fine-tune it on these rows" in text]
    assert "its error is 33% smaller" in advice
    (verdict_box,) = app.success
    assert "Beats repeating last week" in verdict_box.value


def test_a_pre_trained_network_that_could_not_be_asked_is_told_with_the_reason(
    store: Store,
) -> None:
    left_out = {"left_out": "it looks 192 steps ahead at most"}
    app = visit(records.complete(store, verdict=records.VERDICT | {"pretrained": left_out}))
    (table,) = app.dataframe
    assert len(table.value) == 1 + 2
    assert any("192 steps ahead at most" in text for text in read_texts(app))


@pytest.mark.parametrize("name", [*BASELINES, "ets", "theta", "seasonal_mean_364"])
def test_every_baseline_is_named(store: Store, name: str) -> None:
    title = title_baseline(name, records.complete(store))
    assert title[0].isupper()
    assert title.lower() != name


@pytest.mark.parametrize(
    ("held", "doubt"), [(0.78, None), (0.72, None), (0.61, "too narrow"), (0.93, "wider than")]
)
def test_the_ranges_are_measured_by_the_past(held: float, doubt: str | None, store: Store) -> None:
    run = records.complete(store, coverage=records.COVERAGE | {"coverage_80": held})
    texts = read_texts(visit(run))
    assert f"**The 80% range contained {held:.0%} of the past.**" in texts
    (small_print,) = [text for text in texts if "50% range" in text]
    assert "contained 52%" in small_print
    assert "the 95% range 96%" in small_print
    for words in ("too narrow", "wider than"):
        assert (words in small_print) == (words == doubt)


@pytest.mark.parametrize("is_counted", [True, False])
def test_what_is_counted_is_added_up(is_counted: bool, store: Store) -> None:
    run = records.complete(store)
    forecast = table_from_parquet(store.artifacts.get(run.id, "forecast.parquet"))
    values = 10.0 + forecast["step"] % 3 + 0.5 * (not is_counted)
    forecast = forecast.assign(value=values, total=values.cumsum())
    forecast = forecast.assign(
        total_low_80=forecast["total"] - 7.0, total_high_80=forecast["total"] + 9.0
    )
    store.artifacts.put(run.id, "forecast.parquet", table_to_parquet(forecast))
    texts = read_texts(visit(run))
    total, count = forecast["total"].iloc[-1], len(forecast)
    said = (
        f"All {count} days together: about {total:,.0f}, between {total - 7:,.0f} and "
        f"{total + 9:,.0f}."
    )
    assert (said in texts) == is_counted
    assert any("together" in text for text in texts) == is_counted


def test_where_a_rule_has_taken_over_the_ranges_are_told_apart(store: Store) -> None:
    said = {"fell_back": True, "rule": "ets", "network_share": 0.0, "blend": "All of it a rule"}
    run = records.complete(store, verdict=records.VERDICT | said, coverage=records.COVERAGE)
    texts = read_texts(visit(run))
    assert any(text.startswith("**The network's 80% range contained") for text in texts)
    assert any("the ranges are the rule's" in text for text in texts)
    assert any("All of it a rule" in text for text in texts)


def count_charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def test_errors_are_broken_down_one_way_at_a_time(store: Store) -> None:
    app = visit(records.complete(store))
    choice = app.segmented_control(key="run.breakdown")
    assert choice.options == ["Fold", "Steps ahead", "Weekday"]
    assert choice.value == "fold"
    choice.set_value("weekday").run()
    assert not app.exception
    assert not app.error
    assert any("On which days" in text for text in read_texts(app))


def test_the_folds_are_told_as_they_were_trained(store: Store) -> None:
    run = records.complete(store)
    assert run.resolved_spec is not None
    told = " ".join(read_texts(visit(run)))
    words = "trained anew" if run.resolved_spec.task.refit else "One training"
    assert words in told
    assert "were left out" not in told


def test_a_run_of_an_older_version_is_shown_without_what_it_lacks(store: Store) -> None:
    app = visit(records.complete_old(store))
    assert not app.error
    assert not app.exception
    texts = read_texts(app)
    assert not any("of the past" in text for text in texts)
    assert any("Train it again" in text for text in texts)
    assert not app.segmented_control
    (table,) = app.dataframe
    assert "Folds won" not in table.value.columns
    assert count_charts(app) == count_charts(visit(records.complete(store))) - 1


def test_the_forecast_can_be_taken_away(store: Store) -> None:
    run = records.complete(store)
    app = visit(run)
    keys = {button.key for button in app.download_button}
    code = {"run.download_script", "run.download_notebook", "run.download_data"}
    assert keys == {"run.download_forecast", "run.download_spec", *code}


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        ({"series": ["north", "south"]}, [("north", "sales"), ("south", "sales")]),
        (
            {"extra_targets": ["visitors"]},
            [("series", "sales"), ("series", "visitors")],
        ),
    ],
)
def test_one_of_several_lines_is_chosen(
    dataset: dict[str, Any], expected: list[tuple[str, str]], store: Store
) -> None:
    app = visit(records.complete(store, records.make_dataset(**dataset)))
    choice = app.selectbox(key="run.series")
    assert choice.value == expected[0]
    choice.set_value(expected[1]).run()
    assert not app.exception
    assert not app.error
    assert app.selectbox(key="run.series").value == expected[1]


def test_a_single_line_leaves_no_choice(store: Store) -> None:
    assert not list(visit(records.complete(store)).selectbox)


def test_a_damaged_file_of_a_run_is_told(store: Store) -> None:
    run = records.complete(store)
    (entry,) = [file for file in store.artifacts.list_of(run.id) if "forecast" in file.name]
    (path,) = store.settings.artifacts_folder.rglob(f"*{entry.sha256[8:]}*")
    path.chmod(0o600)
    path.write_bytes(b"half of a file")
    app = visit(run)
    assert len(app.error) == 1
    assert not app.exception


def test_a_run_is_the_same_for_everybody(store: Store) -> None:
    run = records.complete(store)
    assert read_texts(visit(run)) == read_texts(visit(run))


def test_where_nothing_is_trained_there_are_no_curves_and_no_epochs(store: Store) -> None:
    dataset = records.make_dataset()
    spec = records.make_spec(dataset).with_values(
        {"model.architecture": "pretrained", "model.fine_tune": "none"}
    )
    run = store.runs.create_running(spec, store.collections.add(dataset))
    resolved, reasons = resolve_spec(spec, dataset)
    store.runs.record_events(
        run.id,
        [
            SpecResolved(resolved.model_dump(mode="json"), reasons),
            TrainingStarted(0, 0, "CPU, JAX", num_networks=0, engine_reason="it was asked for"),
            PhaseStarted("Judging it on the test part"),
        ],
    )
    app = visit(store.runs.get(run.id))
    assert not app.get("vega_lite_chart")
    assert "of at most" not in " ".join(read_texts(app))
    assert "Judging it on the test part…" in " ".join(read_texts(app))
    records.give_result(store, run, dataset)
    said = " ".join(read_texts(visit(store.runs.get(run.id)))).replace("\\", "")
    assert "so there are no curves" in said
    assert "Nothing was trained · " in said
    assert "CPU, JAX: it was asked for" in said
    assert f"version {resolved.model.pretrained_version}" in said


def test_a_curve_that_begins_before_learning_says_so(store: Store) -> None:
    run = records.start(store, num_epochs_done=0)
    store.runs.record_events(run.id, [EpochFinished(0, 0.4, 0.5, 0.1)])
    app = visit(store.runs.get(run.id))
    assert "Epoch 0 is the network as it came" in " ".join(read_texts(app))
    assert "Epoch 0 of at most 10" in " ".join(read_texts(app))
    store.runs.record_events(run.id, [EpochFinished(epoch, 0.3, 0.4, 0.5) for epoch in (1, 2)])
    assert store.runs.get(run.id).num_epochs_done == 2
    assert "of training left" in " ".join(read_texts(app.run()))
