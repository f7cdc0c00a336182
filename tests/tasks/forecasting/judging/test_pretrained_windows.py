"""The pre-trained network beside a run's own: asked, scored, compared, and without a say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.memo import Memo
from lstm_core.spec import ExperimentSpec, ForecastingSpec
from lstm_core.tasks.base import Evaluation, Predict
from lstm_core.tasks.forecasting.baselines.pretrained import WORK_OF_A_WINDOW
from lstm_core.tasks.forecasting.judging import pretrained_windows
from lstm_core.tasks.forecasting.judging.verdict import ForecastVerdict, read_verdict
from lstm_core.tasks.forecasting.pretrained.answering import MOST_STEPS, forecast
from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.preview.lines import lay_out
from lstm_core.tasks.forecasting.pretrained.weights import get_latest_version
from lstm_core.tasks.forecasting.task import ForecastingTask
from tests.tasks.datasets import make_dataset, make_sine

SPEC = ExperimentSpec(
    task=ForecastingSpec(lookback=6, horizon=4, season=7, window_normalisation="none")
)
VALUES = 50 + 10 * make_sine(150, period=7)


@pytest.fixture(autouse=True)
def ask_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test lets the network say is nothing to the next one."""
    monkeypatch.setattr(pretrained_windows, "_ANSWERS", Memo[np.ndarray](4))


def evaluate(task: ForecastingTask, level: float = 0.0) -> Evaluation:
    """Judge a network that says the same of every window."""

    def begin(examples: WindowFeed) -> Predict:
        shape = examples.shape
        steps = (shape.horizon, shape.num_targets, 1)
        return lambda cutoffs: np.full((len(cutoffs), *steps), level, np.float32)

    for fold in task.folds:
        said = begin(task.prepare(fold))
        task.observe(said, said)
    return task.evaluate()


def judge(dataset: Dataset, spec: ExperimentSpec = SPEC) -> tuple[Evaluation, ForecastVerdict]:
    found = evaluate(ForecastingTask(spec, dataset))
    return found, read_verdict(found.verdict, found.metrics, found.baselines)


def list_answers(table: pd.DataFrame) -> np.ndarray:
    """Return what the pre-trained network said, ``(cutoffs, horizon)``."""
    return table["pretrained"].to_numpy().reshape(-1, table["step"].max())


Medians = Callable[..., np.ndarray]


def know_everything(values: np.ndarray) -> Medians:
    """Return what answers with what comes next in one series whose values are all different."""

    def answer(histories: Histories, steps: int, *_: Any) -> np.ndarray:
        places = [int(np.flatnonzero(values == last)[0]) for last in histories.values[:, -1]]
        return np.array([values[place + 1 : place + 1 + steps] for place in places])

    return answer


def test_its_scores_are_those_of_its_forecasts_from_each_cutoff() -> None:
    found, verdict = judge(make_dataset(VALUES))
    table = found.tables["predictions"]
    cutoffs = table["cutoff"].drop_duplicates()
    first = pd.Timestamp("2024-01-01")
    errors, shares = [], []
    for cutoff, said in zip(cutoffs, list_answers(table), strict=True):
        known = (cutoff - first).days + 1
        expected = forecast(Histories.of([VALUES[:known]], [7]), 4).median[0]
        np.testing.assert_allclose(said, expected, rtol=1e-5)
        actual = VALUES[known : known + 4]
        errors.append(np.abs(actual - said))
        shares.append(2 * np.abs(actual - said) / (np.abs(actual) + np.abs(said)))
    pretrained = verdict.pretrained
    assert pretrained is not None
    assert pretrained.version == get_latest_version()
    assert pretrained.scores["mae"] == pytest.approx(np.mean(errors))
    assert pretrained.scores["rmse"] == pytest.approx(np.sqrt(np.mean(np.square(errors))))
    assert pretrained.scores["smape"] == pytest.approx(100 * np.mean(shares))
    before = VALUES[: (cutoffs.iloc[0] - first).days + 1]
    scale = np.abs(before[7:] - before[:-7]).mean()
    assert pretrained.scores["mase"] == pytest.approx(np.mean(errors) / scale)
    assert pretrained.own == {name: found.metrics[name] for name in pretrained.scores}
    assert pretrained.num_windows == pretrained.num_all == len(cutoffs)
    assert pretrained.comparison.skill == pytest.approx(
        1 - (found.metrics["mase"] or 0) / (pretrained.scores["mase"] or 1)
    )
    by_step = found.tables["breakdowns"].query("by == 'step'")
    np.testing.assert_allclose(by_step["pretrained"], np.mean(errors, axis=0) / scale)


def test_the_best_of_all_is_no_baseline_and_has_no_say_in_the_verdict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pretrained_windows, "forecast_medians", know_everything(VALUES))
    found, verdict = judge(make_dataset(VALUES))
    assert verdict.pretrained is not None
    assert verdict.pretrained.scores["mae"] == 0
    assert verdict.pretrained.is_better
    assert verdict.pretrained.beats_rules
    (note,) = verdict.notes
    assert "does better here: its error is 100% smaller" in note
    assert "fine-tune it" in note
    assert "pretrained" not in found.baselines
    assert "pretrained" not in verdict.comparisons

    monkeypatch.setattr(ForecastingTask, "asks_pretrained", lambda _: False)
    alone, silent = judge(make_dataset(VALUES))
    assert silent.pretrained is None
    assert "pretrained" not in alone.verdict
    said = {name: each for name, each in found.verdict.items() if name != "pretrained"}
    assert list(said) == list(alone.verdict)
    assert said == alone.verdict
    assert (found.metrics, found.baselines) == (alone.metrics, alone.baselines)
    for name in ("predictions", "breakdowns"):
        rest = found.tables[name].drop(columns="pretrained")
        pd.testing.assert_frame_equal(rest, alone.tables[name])


def test_shrinking_never_draws_towards_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pretrained_windows, "forecast_medians", know_everything(VALUES))
    task = ForecastingTask(SPEC.update("task", {"shrink": True}), make_dataset(VALUES))
    found = evaluate(task, level=3.0)
    assert task.shrinkage is not None
    assert task.shrinkage.baseline in found.baselines


def test_what_comes_after_a_cutoff_changes_nothing_that_was_said_there() -> None:
    later = 130
    scrambled = VALUES.copy()
    scrambled[later:] = -1e3 * np.random.default_rng(5).random(len(VALUES) - later)
    tables = [
        judge(make_dataset(values))[0].tables["predictions"] for values in (VALUES, scrambled)
    ]
    is_before = tables[0]["cutoff"] < pd.Timestamp("2024-01-01") + pd.Timedelta(days=later)
    assert 0 < is_before.sum() < len(is_before)
    before, after = (table.loc[is_before, "pretrained"].to_numpy() for table in tables)
    np.testing.assert_array_equal(before, after)
    assert not np.allclose(*(table.loc[~is_before, "pretrained"] for table in tables))


def test_what_was_filled_is_not_told() -> None:
    observed = np.ones((150, 1), bool)
    observed[100:104] = False
    filled = VALUES.copy()
    answers = []
    for filling in (0.0, 1e6):
        filled[100:104] = filling
        table = judge(make_dataset(filled, observed=observed))[0].tables["predictions"]
        answers.append(list_answers(table))
    np.testing.assert_array_equal(*answers)


def test_it_is_asked_of_every_line_in_the_units_of_each() -> None:
    wide = np.column_stack([VALUES, 1e3 * VALUES[::-1]])
    names = {"north": VALUES, "south": 5e3 + VALUES[:130]}
    for dataset in (make_dataset(wide, num_targets=2), make_dataset(names)):
        found, verdict = judge(dataset)
        assert verdict.pretrained is not None
        table = found.tables["predictions"]
        assert verdict.pretrained.num_windows == len(table) / 4
        off = (table["pretrained"] - table["actual"]).abs().groupby(table["series"]).mean()
        size = table["actual"].std()
        assert (off < size).all()
        assert "series" in set(found.tables["breakdowns"]["by"])
        assert found.tables["breakdowns"]["pretrained"].notna().all()


def test_with_much_to_ask_windows_are_thinned_and_compared_where_it_was_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = 10 * (4 + WORK_OF_A_WINDOW)
    monkeypatch.setattr(pretrained_windows, "MOST_WORK", work)
    names = {"north": VALUES, "south": 5e3 + VALUES[:130]}
    for dataset, num_asked in ((make_dataset(VALUES), 10), (make_dataset(names), 10)):
        found, verdict = judge(dataset)
        pretrained = verdict.pretrained
        assert pretrained is not None
        table = found.tables["predictions"]
        assert (pretrained.num_windows, pretrained.num_all) == (num_asked, len(table) / 4)
        asked = table[table["pretrained"].notna()]
        assert len(asked) == 4 * num_asked
        error = (asked["actual"] - asked["pretrained"]).abs().groupby(asked["series"]).mean()
        own = (asked["actual"] - asked["model"]).abs().groupby(asked["series"]).mean()
        assert pretrained.scores["mae"] == pytest.approx(error.mean())
        assert pretrained.own["mae"] == pytest.approx(own.mean())
        assert verdict.peers[0].is_partial
        assert f"on 10 of the {pretrained.num_all} windows" in verdict.peer_notes[0]


def test_of_a_long_past_no_more_is_looked_at_than_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []

    def note(values: list[np.ndarray], seasons: list[int]) -> Histories:
        lengths.extend(map(len, values))
        return lay_out(values, seasons)

    monkeypatch.setattr(pretrained_windows, "MOST_VALUES", 40)
    monkeypatch.setattr(pretrained_windows, "lay_out", note)
    observed = np.ones((150, 1), bool)
    observed[81:140] = False  # the latest forty rows before 121 hold nothing
    task = ForecastingTask(SPEC, make_dataset(VALUES))
    task.prepare(None)
    windows = pretrained_windows.PretrainedWindows(make_dataset(VALUES, observed=observed), 4, 7)
    test = [np.array([79, 120])]
    windows.ask(task.framing.parts, test, test)
    assert lengths == [40, 121]


def test_of_more_series_than_can_be_asked_some_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    work = 3 * (4 + WORK_OF_A_WINDOW)
    monkeypatch.setattr(pretrained_windows, "MOST_WORK", work)
    names = {f"shop {number}": VALUES + number for number in range(5)}
    found, verdict = judge(make_dataset(names))
    assert verdict.pretrained is not None
    assert verdict.pretrained.num_windows == 3
    by_series = found.tables["breakdowns"].query("by == 'series'")
    assert len(by_series) == 5
    assert by_series["pretrained"].notna().sum() == 3


def test_each_fold_is_asked_for_itself() -> None:
    spec = SPEC.update("task", {"refit": True, "num_folds": 3, "stride": 4})
    found, verdict = judge(make_dataset(50 + make_sine(300, 7)), spec)
    assert found.tables["predictions"]["pretrained"].notna().all()
    assert verdict.pretrained is not None
    assert verdict.pretrained.comparison.num_folds == 3


def test_a_horizon_beyond_what_was_learnt_is_left_out_with_the_reason() -> None:
    spec = SPEC.update("task", {"horizon": MOST_STEPS + 1})
    found, verdict = judge(make_dataset(make_sine(1_200, 7)), spec)
    assert verdict.peers == ()
    assert verdict.notes == ()
    (note,) = verdict.peer_notes
    assert "192 steps ahead at most, and 193" in note
    for name in ("predictions", "breakdowns"):
        assert "pretrained" not in found.tables[name]


def test_series_with_too_few_values_are_left_out_with_the_reason() -> None:
    observed = np.zeros((150, 1), bool)
    observed[[20, 148]] = True
    windows = pretrained_windows.PretrainedWindows(make_dataset(VALUES, observed=observed), 4, 7)
    task = ForecastingTask(SPEC, make_dataset(VALUES))
    task.prepare(None)
    test = [np.arange(120, 140)]
    windows.ask(task.framing.parts, test, test)
    assert "3 values" in windows.judge("mae").left_out


def test_what_it_is_not_told_of_is_named() -> None:
    table = np.column_stack([VALUES, VALUES[::-1]])
    _, verdict = judge(make_dataset(table))
    assert verdict.pretrained is not None
    assert verdict.pretrained.untold == ("x0",)
    assert 'is not told of "x0"' in verdict.peer_notes[0]


@pytest.mark.parametrize("values", [np.full(150, 3.0), np.arange(150) ** 2.0, 1e100 * VALUES])
def test_odd_values_break_no_run(values: np.ndarray) -> None:
    found, verdict = judge(make_dataset(values))
    assert verdict.pretrained is not None
    assert verdict.peers or verdict.peer_notes
    assert found.tables["predictions"]["model"].notna().all()


def test_what_was_asked_before_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def count(*args: Any) -> np.ndarray:
        asked.append(args)
        return forecast_medians(*args)

    forecast_medians = pretrained_windows.forecast_medians
    monkeypatch.setattr(pretrained_windows, "forecast_medians", count)
    first, _ = judge(make_dataset(VALUES))
    again, _ = judge(make_dataset(VALUES))
    assert len(asked) == 1
    assert again.verdict == first.verdict
    judge(make_dataset(VALUES + np.eye(150)[60]))  # one value is another
    assert len(asked) == 2
