"""Each diagnosis is made where it is right, and not on a clean fit of clean data."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError
from lstm_core.events import EpochFinished
from lstm_core.judging.diagnosis import Diagnosis
from lstm_core.judging.outcome import Outcome
from lstm_core.judging.verdict import Comparison
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.spec.model import Architecture
from lstm_core.spec.training import Loss
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.doctor import examination as doctor
from lstm_core.tasks.forecasting.doctor.examination import examine
from lstm_core.tasks.forecasting.doctor.training import measure_last_value
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from lstm_core.tasks.forecasting.judging.verdict import ForecastVerdict
from lstm_core.tasks.forecasting.network.losses import measure_losses
from tests.tasks.datasets import make_dataset, make_sine
from tests.tasks.forecasting.framing.test_leaks import SPECS, draw_datasets

SEASON, HORIZON = 12, 6
SPEC = parse_spec(
    {
        "task": {
            "lookback": 24,
            "horizon": HORIZON,
            "season": SEASON,
            "window_normalisation": "last_value",
        },
        "model": {"architecture": "vanilla"},
        "training": {"epochs": 20},
    }
)
PredictRows = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
"""From a series, cutoffs ``(n, 1)`` and steps ``(horizon,)`` to predictions ``(n, horizon)``."""


def make_curve(network: int = 1, num_epochs: int = 20) -> list[EpochFinished]:
    """Both losses fall and settle, as in a training that goes well."""
    return [
        EpochFinished(epoch, 0.1 + 0.5**epoch, 0.12 + 0.5**epoch, 0.1, network)
        for epoch in range(1, num_epochs + 1)
    ]


def draw_curve(losses: Iterable[float], validation: Iterable[float]) -> list[EpochFinished]:
    return [
        EpochFinished(epoch, loss, judged, 0.1)
        for epoch, (loss, judged) in enumerate(zip(losses, validation, strict=True), start=1)
    ]


def predict_truth(values: np.ndarray, cutoffs: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """What is next, with a little noise."""
    ahead = values[cutoffs + steps]
    return ahead + np.random.default_rng(5).normal(0, 0.05, ahead.shape)


def predict_last_value(values: np.ndarray, cutoffs: np.ndarray, steps: np.ndarray) -> np.ndarray:
    return np.repeat(values[cutoffs], len(steps), axis=1)


def predict_mean(values: np.ndarray, cutoffs: np.ndarray, steps: np.ndarray) -> np.ndarray:
    return np.full((len(cutoffs), len(steps)), values.mean())


def predict(dataset: Dataset, spec: ExperimentSpec, model: PredictRows) -> pd.DataFrame:
    """Make the prediction table of a model's test part."""
    _, horizon = spec.task.sizes
    steps = np.arange(1, horizon + 1)
    framing = frame_dataset(dataset, spec)
    test = framing.examples.cutoffs["test"]
    tables = []
    for part in framing.parts:
        own = test[(test >= part.first) & (test < part.first + part.num_rows)] - part.first
        cutoffs = own[:, None].astype(int)
        for number, target in enumerate(dataset.roles.targets):
            values = dataset.frame.to_numpy()[part.rows, number]
            observed = dataset.observed[part.rows, number]
            ahead = cutoffs + steps
            tables.append(
                pd.DataFrame(
                    {
                        "series": part.name,
                        "target": target,
                        "step": np.tile(steps, len(own)),
                        "actual": np.where(observed[ahead], values[ahead], np.nan).ravel(),
                        "model": model(values, cutoffs, steps).ravel(),
                        "last_value": np.repeat(values[cutoffs[:, 0]], horizon),
                    }
                )
            )
    return pd.concat(tables, ignore_index=True)


def visit(
    dataset: Dataset,
    model: PredictRows = predict_truth,
    spec: ExperimentSpec = SPEC,
    epochs: Sequence[EpochFinished] | None = None,
    verdict: ForecastVerdict | None = None,
) -> dict[str, Diagnosis]:
    """Let the doctor look at a model that is good, but for what is given."""
    spec, _ = resolve_spec(spec, dataset)
    table = predict(dataset, spec, model)
    examples = frame_dataset(dataset, spec).examples
    measure = partial(measure_losses, spec.training)
    events = make_curve() if epochs is None else epochs
    found = examine(spec, dataset, table, events, examples, measure, verdict=verdict)
    for diagnosis in found:
        json.dumps(diagnosis.to_json(), allow_nan=False)
        if diagnosis.fix is not None:
            assert diagnosis.fix.changes
            resolve_spec(spec.with_values(diagnosis.fix.changes), dataset)  # it can be trained
    return {diagnosis.name: diagnosis for diagnosis in found}


def conclude(outcome: Outcome, beats_last_by: float, *, is_win: bool = False) -> ForecastVerdict:
    """Make a verdict of that outcome, with what it says of the last value."""
    return ForecastVerdict(
        outcome=outcome,
        beats_baseline=outcome == "win",
        best_baseline="ets",
        comparisons={"last_value": Comparison(skill=beats_last_by, is_win=is_win)},
        sentence="",
    )


def make_walk(num_rows: int = 600, seed: int = 0) -> np.ndarray:
    return 100 + np.random.default_rng(seed).normal(size=num_rows).cumsum()


@pytest.mark.parametrize("seed", range(5))
def test_a_clean_fit_of_clean_data_is_well(seed: int) -> None:
    assert visit(make_dataset(make_sine(400, SEASON, seed=seed))) == {}


def test_without_noise_all_is_well() -> None:
    assert visit(make_dataset(make_sine(400, SEASON, noise=0.0))) == {}


def test_several_series_of_several_targets_are_well() -> None:
    tables = {
        name: np.column_stack([make_sine(length, seed=length), 50 + 9 * make_sine(length)])
        for name, length in {"north": 300, "south": 410, "short": 20}.items()
    }
    assert visit(make_dataset(tables, num_targets=2)) == {}


# --- echo and flat line


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("horizon", [1, 2, 6, 30])
def test_the_last_value_of_a_random_walk_is_an_echo(seed: int, horizon: int) -> None:
    spec = SPEC.with_values({"task.horizon": horizon, "task.season": 1})
    found = visit(make_dataset(make_walk(seed=seed)), predict_last_value, spec)
    assert list(found) == ["echo"]
    assert "moved back by 1 step" in found["echo"].evidence
    assert found["echo"].fix is None  # changes are what is predicted already


@pytest.mark.parametrize(
    ("skill", "is_win", "expected"),
    [(0.12, False, False), (0.03, True, False), (0.03, False, True), (-0.01, False, True)],
)
def test_who_beats_the_last_value_on_the_whole_is_no_echo_of_it(
    skill: float, is_win: bool, expected: bool
) -> None:
    verdict = conclude("behind", skill, is_win=is_win)
    found = visit(make_dataset(make_walk()), predict_last_value, verdict=verdict)
    assert ("echo" in found) == expected


def test_an_echo_may_be_a_little_off() -> None:
    def predict_nearly(*arguments: np.ndarray) -> np.ndarray:
        last = predict_last_value(*arguments)
        return last + np.random.default_rng(1).normal(0, 0.5, last.shape)

    assert "echo" in visit(make_dataset(make_walk()), predict_nearly)


def test_an_echo_that_predicts_levels_may_predict_changes() -> None:
    spec = SPEC.with_values({"task.window_normalisation": "none"})
    found = visit(make_dataset(make_walk()), predict_last_value, spec)
    fix = found["echo"].fix
    assert fix is not None
    assert fix.changes == {"task.window_normalisation": "last_value"}


def test_who_knows_a_little_more_than_the_last_value_is_no_echo() -> None:
    def predict_a_third(*arguments: np.ndarray) -> np.ndarray:
        last = predict_last_value(*arguments)
        return last + (predict_truth(*arguments) - last) / 3

    assert "echo" not in visit(make_dataset(make_walk()), predict_a_third)


def test_who_predicts_a_random_walk_is_no_echo() -> None:
    assert "echo" not in visit(make_dataset(make_walk()))


@pytest.mark.parametrize("horizon", [SEASON, 2 * SEASON])
def test_a_season_that_ends_where_it_began_is_no_echo(horizon: int) -> None:
    spec = SPEC.with_values({"task.horizon": horizon})
    assert visit(make_dataset(make_sine(500, SEASON)), spec=spec) == {}


def test_unknown_actual_values_make_no_echo() -> None:
    observed = np.random.default_rng(0).random((400, 1)) > 0.3
    observed[-1] = True
    assert visit(make_dataset(make_sine(400, SEASON), observed=observed)) == {}


@pytest.mark.parametrize("horizon", [1, 2, HORIZON])
def test_the_mean_is_a_flat_line(horizon: int) -> None:
    spec = SPEC.with_values({"task.horizon": horizon})
    found = visit(make_dataset(make_sine(400, SEASON)), predict_mean, spec)
    assert list(found) == ["flat_line"]
    assert "less than 1%" in found["flat_line"].evidence
    assert found["flat_line"].fix is not None


def test_a_forecast_that_moves_half_as_much_is_not_flat() -> None:
    def predict_half(*arguments: np.ndarray) -> np.ndarray:
        return predict_truth(*arguments) / 2

    assert visit(make_dataset(make_sine(400, SEASON)), predict_half) == {}


def test_one_flat_series_among_many_is_no_flat_line() -> None:
    def predict_but_one(values: np.ndarray, *places: np.ndarray) -> np.ndarray:
        return (predict_mean if len(values) == 300 else predict_truth)(values, *places)

    lengths = {"a": 300, "b": 310, "c": 320}
    dataset = make_dataset({name: make_sine(length) for name, length in lengths.items()})
    assert visit(dataset, predict_but_one) == {}


FEW_SET = ExperimentSpec().with_values({"task.horizon": 5})


def make_sales(num_rows: int = 400) -> np.ndarray:
    """Mostly nothing, and now and then a lot."""
    rng = np.random.default_rng(2)
    return np.where(rng.random(num_rows) < 0.3, rng.poisson(9.0, num_rows), 0).astype(float)


def predict_nothing(values: np.ndarray, cutoffs: np.ndarray, steps: np.ndarray) -> np.ndarray:
    return 0.0 * predict_truth(values, cutoffs, steps)


@pytest.mark.parametrize("num_rows", [120, 400])
def test_a_middle_that_misses_the_total_is_called_so(num_rows: int) -> None:
    verdict = replace(conclude("behind", 0.2), total_bias=-0.97)
    found = visit(make_dataset(make_sales(num_rows)), predict_nothing, FEW_SET, verdict=verdict)
    missed = found["missed_totals"]
    assert "97% less than what came" in missed.evidence
    assert re.search(r"the middle value 0, and [67]\d% of the values are zero", missed.evidence)
    assert missed.fix is not None
    assert missed.fix.changes["training.loss"] == "mse"
    assert "flat_line" not in found  # one name is enough


@pytest.mark.parametrize(
    ("values", "total_bias", "loss"),
    [
        (make_sales(), -0.15, "mae"),
        (make_sales(), None, "mae"),
        (make_sales(), -0.97, "mse"),
        (20 + make_sine(400, SEASON), -0.97, "mae"),
    ],
    ids=["nearly met", "no total", "the mean already", "even values"],
)
def test_no_total_is_missed_that_is_none(
    values: np.ndarray, total_bias: float | None, loss: str
) -> None:
    verdict = replace(conclude("behind", 0.2), total_bias=total_bias)
    spec = FEW_SET.with_values({"training.loss": loss})
    found = visit(make_dataset(values), predict_nothing, spec, verdict=verdict)
    assert "missed_totals" not in found


# --- training


def test_a_validation_loss_that_rises_is_overfitting() -> None:
    falling = np.linspace(1.0, 0.2, 20)
    validation = [*np.linspace(1.0, 0.5, 8), *np.linspace(0.52, 0.8, 12)]
    found = visit(make_dataset(make_sine(400)), epochs=draw_curve(falling, validation))
    assert list(found) == ["overfitting"]
    assert "from epoch 8" in found["overfitting"].evidence
    assert found["overfitting"].fix is not None
    assert found["overfitting"].fix.changes == {"model.dropout": 0.2}


@pytest.mark.parametrize(
    ("losses", "validation"),
    [
        (np.linspace(1.0, 0.2, 20), [*np.linspace(1.0, 0.5, 12), *[0.51] * 8]),  # it levels off
        ([0.2] * 20, [*np.linspace(1.0, 0.5, 8), *np.linspace(0.52, 0.8, 12)]),  # nothing learnt
        (np.linspace(1.0, 0.2, 20), [*[0.5] * 19, 2.0]),  # a single jump
    ],
)
def test_other_curves_are_no_overfitting(
    losses: Iterable[float], validation: Iterable[float]
) -> None:
    found = visit(make_dataset(make_sine(400)), epochs=draw_curve(losses, validation))
    assert "overfitting" not in found


def test_noise_in_the_validation_loss_is_seldom_called_overfitting() -> None:
    generator = np.random.default_rng(3)
    dataset = make_dataset(make_sine(400))
    told = 0
    for _ in range(100):
        validation = 0.5 * (1 + generator.normal(0, 0.05, 30))
        epochs = draw_curve(np.linspace(1.0, 0.2, 30), validation)
        told += "overfitting" in visit(dataset, epochs=epochs)
    assert told <= 1


def test_one_network_of_three_is_no_overfitting() -> None:
    validation = [*np.linspace(1.0, 0.5, 8), *np.linspace(0.52, 0.8, 12)]
    bad = draw_curve(np.linspace(1.0, 0.2, 20), validation)
    epochs = [*bad, *make_curve(2), *make_curve(3)]
    assert visit(make_dataset(make_sine(400)), epochs=epochs) == {}


def test_losses_that_still_fall_are_underfitting() -> None:
    losses = np.linspace(1.0, 0.2, 20)
    found = visit(make_dataset(make_sine(400)), epochs=draw_curve(losses, losses + 0.1))
    assert list(found) == ["underfitting"]
    assert "still falling" in found["underfitting"].evidence
    assert found["underfitting"].fix is not None
    assert found["underfitting"].fix.changes["training.epochs"] == 40


@pytest.mark.parametrize(("decay", "expected"), [(1.0, False), (0.8, True)])
def test_a_loss_that_falls_slowly_because_the_rate_has_decayed_is_underfitting(
    decay: float, expected: bool
) -> None:
    losses = np.linspace(1.0, 0.9, 20)
    spec = SPEC.with_values({"training.decay": decay})
    found = visit(make_dataset(make_sine(400)), spec=spec, epochs=draw_curve(losses, losses + 0.1))
    assert ("underfitting" in found) == expected
    assert not expected or "had all but decayed" in found["underfitting"].evidence


def test_a_longer_training_ends_at_the_same_rate() -> None:
    spec = SPEC.with_values({"training.decay": 0.81})
    losses = np.linspace(1.0, 0.2, 20)
    found = visit(make_dataset(make_sine(400)), spec=spec, epochs=draw_curve(losses, losses + 0.1))
    assert found["underfitting"].fix is not None
    assert found["underfitting"].fix.changes["training.decay"] == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("win", False), ("mixed", False), ("unclear", True), ("behind", True), ("loss", True)],
)
def test_who_beats_the_best_rule_has_learnt_enough(outcome: Outcome, expected: bool) -> None:
    losses = np.linspace(1.0, 0.2, 20)
    poor = draw_curve(losses, losses + 0.1)
    found = visit(make_dataset(make_sine(400)), epochs=poor, verdict=conclude(outcome, 0.3))
    assert ("underfitting" in found) == expected


def test_a_training_that_validation_ended_is_no_underfitting() -> None:
    losses = np.linspace(1.0, 0.2, 19)  # one less than the most
    epochs = draw_curve(losses, losses + 0.1)
    assert visit(make_dataset(make_sine(400)), epochs=epochs) == {}


def test_a_network_that_learns_from_validation_as_well_is_not_judged() -> None:
    losses = np.linspace(1.0, 0.2, 20)
    assert visit(make_dataset(make_sine(400)), epochs=draw_curve(losses, losses)) == {}


def test_a_training_loss_above_that_of_the_last_value_is_underfitting() -> None:
    flat = [2.0] * 20
    epochs = draw_curve(flat, [2.1] * 20)
    found = visit(make_dataset(make_sine(400)), epochs=epochs)
    assert list(found) == ["underfitting"]
    assert "repeating the last value" in found["underfitting"].evidence
    slow = SPEC.with_values({"training.learning_rate": 1e-5})
    fix = visit(make_dataset(make_sine(400)), spec=slow, epochs=epochs)["underfitting"].fix
    assert fix is not None
    assert "training.learning_rate" in fix.changes
    braked = slow.with_values({"model.dropout": 0.7})
    fix = visit(make_dataset(make_sine(400)), spec=braked, epochs=epochs)["underfitting"].fix
    assert fix is not None
    assert fix.changes["model.dropout"] == 0


def test_an_echo_is_not_called_underfitting_as_well() -> None:
    epochs = draw_curve([2.0] * 20, [2.1] * 20)
    assert list(visit(make_dataset(make_walk()), predict_last_value, epochs=epochs)) == ["echo"]


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        ("mae", 2.0),
        ("mse", 14 / 3),
        ("huber", 1.5),
        ("pinball", 1.8),
        ("log_cosh", float(np.log(np.cosh([1.0, 2.0, 3.0])).mean())),
    ],
)
def test_the_loss_of_the_last_value(loss: str, expected: float) -> None:
    values = np.arange(300.0)
    spec = SPEC.with_values(
        {"task.scaling": "none", "task.horizon": 3, "training.loss": loss}
        | {"training.pinball_level": 0.9}
    )
    dataset = make_dataset(values)
    spec, _ = resolve_spec(spec, dataset)
    spec = spec.update("task", {"transform": "none"})
    examples: WindowFeed = frame_dataset(dataset, spec).examples
    measure = partial(measure_losses, spec.training)
    assert measure_last_value(examples, measure) == pytest.approx(expected)


# --- data


def with_covariate(covariate: np.ndarray, target: np.ndarray) -> Dataset:
    return make_dataset(np.column_stack([target, covariate]))


def spec_with(**data: Any) -> ExperimentSpec:
    return SPEC.with_values({f"data.{key}": value for key, value in data.items()})


NOISY = make_sine(400, SEASON, noise=0.3)


@pytest.mark.parametrize("lead", [1, 2, HORIZON])
@pytest.mark.parametrize("scale", [1.0, -250.0])
def test_a_column_that_is_the_target_later_leaks(lead: int, scale: float) -> None:
    dataset = with_covariate(scale * np.roll(NOISY, -lead) + 3, NOISY)
    found = visit(dataset, spec=spec_with(past_covariates=["x0"]))
    assert list(found) == ["leaking_covariate"]
    later = "1 step later" if lead == 1 else f"{lead} steps later"
    assert f'"x0" tells what "y0" is {later}' in found["leaking_covariate"].evidence
    fix = found["leaking_covariate"].fix
    assert fix is not None
    assert fix.changes == {"data.past_covariates": []}


def test_nearly_the_target_later_leaks() -> None:
    covariate = np.roll(NOISY, -1) + np.random.default_rng(8).normal(0, 0.03, 400)
    assert "leaking_covariate" in visit(
        with_covariate(covariate, NOISY), spec=spec_with(past_covariates=["x0"])
    )


WALK = make_walk(400)
SLOW = make_sine(406, period=97, noise=0)


@pytest.mark.parametrize(
    ("target", "covariate"),
    [
        (NOISY, NOISY),  # a copy is known no later
        (NOISY, np.roll(NOISY, 1)),  # nor is what came before
        (NOISY, make_sine(400, SEASON, noise=0.3, seed=9)),  # the same season
        (make_sine(400, SEASON, noise=0), np.roll(make_sine(400, SEASON, noise=0), -1)),
        (WALK, WALK + np.random.default_rng(2).normal(0, 0.5, 400)),  # side by side
        (WALK, np.arange(400.0)),
        (SLOW[:400] + NOISY / 20, SLOW[6:] + make_sine(400, 5, noise=0.3) / 10),  # a wave ahead
        (NOISY, np.ones(400)),
    ],
)
def test_honest_columns_do_not_leak(target: np.ndarray, covariate: np.ndarray) -> None:
    dataset = with_covariate(covariate, target)
    assert "leaking_covariate" not in visit(dataset, spec=spec_with(past_covariates=["x0"]))


def test_only_the_training_part_is_looked_at() -> None:
    covariate = np.roll(NOISY, -1)
    covariate[290:] = np.random.default_rng(1).normal(size=110)
    dataset = with_covariate(covariate, NOISY)
    assert "leaking_covariate" in visit(dataset, spec=spec_with(past_covariates=["x0"]))


def test_what_is_only_so_in_the_test_part_is_not_looked_at() -> None:
    covariate = np.random.default_rng(1).normal(size=400)
    covariate[300:] = np.roll(NOISY, -1)[300:]
    dataset = with_covariate(covariate, NOISY)
    assert "leaking_covariate" not in visit(dataset, spec=spec_with(past_covariates=["x0"]))


def test_a_column_known_ahead_may_not_be_the_target_itself() -> None:
    ahead = {"series": np.zeros((HORIZON, 1))}
    spec = spec_with(known_future_covariates=["k0"])
    dataset = make_dataset(np.column_stack([NOISY, NOISY]), future=ahead)
    found = visit(dataset, spec=spec)
    assert 'says the value of "y0" itself' in found["leaking_covariate"].evidence
    fix = found["leaking_covariate"].fix
    assert fix is not None
    assert fix.changes == {"data.known_future_covariates": []}
    honest = make_dataset(np.column_stack([NOISY, make_sine(400, SEASON, seed=7)]), future=ahead)
    assert visit(honest, spec=spec) == {}


def test_of_several_columns_those_that_leak_are_left_out() -> None:
    noise = np.random.default_rng(4).normal(size=400)
    dataset = make_dataset(np.column_stack([NOISY, np.roll(NOISY, -1), noise, np.roll(NOISY, -3)]))
    found = visit(dataset, spec=spec_with(past_covariates=["x0", "x1", "x2"]))
    fix = found["leaking_covariate"].fix
    assert fix is not None
    assert fix.changes == {"data.past_covariates": ["x1"]}
    assert '"x2" tells what "y0" is 3 steps later' in found["leaking_covariate"].evidence


def test_a_level_that_jumps_is_told() -> None:
    values = make_sine(400, SEASON, noise=0.3) + 4 * (np.arange(400) > 335)
    found = visit(make_dataset(values))
    assert list(found) == ["level_shift"]
    assert found["level_shift"].fix is not None
    assert found["level_shift"].fix.changes == {"task.refit": True}
    spec = SPEC.with_values({"task.window_normalisation": "none"})
    fix = visit(make_dataset(values), spec=spec)["level_shift"].fix
    assert fix is not None
    assert fix.changes == {"task.window_normalisation": "last_value"}


@pytest.mark.parametrize("before", [0.0, 2e-6, 1.0, 1e9])
@pytest.mark.parametrize("after", [0.0, 5.0, 1e12])
def test_no_level_makes_a_sentence_that_nobody_can_read(before: float, after: float) -> None:
    values = np.where(np.arange(400) > 335, after, before)
    for diagnosis in visit(make_dataset(values), predict_mean).values():
        said = re.sub(r"from [\d.e+-]+ at|to [\d.e+-]+ in|\d,\d{3}", "", diagnosis.evidence)
        assert re.findall(r"inf|nan|\de[+-]|\d{5}", said) == [], diagnosis.evidence


def test_a_level_that_jumps_without_noise_is_told_in_finite_figures() -> None:
    values = make_sine(400, SEASON, noise=0) + 4 * (np.arange(400) > 335)
    assert "more than 100 times" in visit(make_dataset(values))["level_shift"].evidence


TIME = np.arange(400)


@pytest.mark.parametrize(
    "values",
    [
        0.05 * TIME + make_sine(400, SEASON, noise=0.3),  # a trend goes on
        make_sine(400, SEASON, noise=0.3) + 4 * (TIME > 150),  # training has seen such a jump
        make_sine(400, SEASON, noise=0.3) + 0.3 * (TIME > 335),  # lost in the spread
        np.exp(0.01 * TIME + 0.3 * make_sine(400, SEASON)),  # growth, seen as logarithms
    ],
)
def test_a_level_that_moves_as_before_is_well(values: np.ndarray) -> None:
    assert "level_shift" not in visit(make_dataset(values))


def test_random_walks_seldom_have_a_level_shift() -> None:
    told = sum(
        "level_shift" in visit(make_dataset(make_walk(seed=seed)), predict_last_value)
        for seed in range(40)
    )
    assert told <= 2


def test_a_level_that_training_has_seen_before_is_no_shift() -> None:
    rows = np.arange(400)
    high = (rows > 335) | ((rows > 100) & (rows < 124))
    values = make_sine(400, SEASON, noise=0.3) + 4 * high
    assert "level_shift" not in visit(make_dataset(values))


@pytest.mark.parametrize("num_rows", [330, 440])
@pytest.mark.parametrize("seed", range(6))
def test_a_winter_is_no_level_shift(num_rows: int, seed: int) -> None:
    """The first that is seen, of daily values: heating begins in the test part."""
    rng = np.random.default_rng(seed)
    cold = np.cos(2 * np.pi * (np.arange(num_rows) - num_rows) / 365)
    heating = 20 * np.maximum(cold, 0) + rng.normal(0, 0.5, num_rows)
    spec = SPEC.with_values({"task.season": 7})
    assert "level_shift" not in visit(make_dataset(50 + heating), spec=spec)


def test_a_level_that_jumps_within_a_year_is_told() -> None:
    values = make_sine(400, 7, noise=0.3) + 4 * (np.arange(400) > 345)
    spec = SPEC.with_values({"task.season": 7})
    assert "level_shift" in visit(make_dataset(values), spec=spec)


def test_few_rows_are_told() -> None:
    dataset = make_dataset(make_sine(110, SEASON))
    found = visit(dataset)
    assert "too_few_rows" in found
    assert "rows" in found["too_few_rows"].evidence
    spec = SPEC.with_values({"task.lookback": 150})
    fix = visit(make_dataset(make_sine(400, SEASON)), spec=spec)["too_few_rows"].fix
    assert fix is not None
    assert fix.changes == {"task.lookback": 75}


def test_few_rows_of_many_series_are_enough() -> None:
    dataset = make_dataset({f"s{number}": make_sine(80, seed=number) for number in range(12)})
    assert visit(dataset) == {}


def test_a_lookback_shorter_than_a_season_is_told() -> None:
    spec = SPEC.with_values({"task.lookback": 8})
    found = visit(make_dataset(make_sine(400, SEASON)), spec=spec)
    assert list(found) == ["unseen_season"]
    assert found["unseen_season"].fix is not None
    assert found["unseen_season"].fix.changes == {"task.lookback": 2 * SEASON}


def test_a_horizon_longer_than_half_of_what_was_seen_is_told() -> None:
    spec = SPEC.with_values({"task.horizon": 110, "task.lookback": 12})
    found = visit(make_dataset(make_sine(430, SEASON)), spec=spec)
    assert "2 times the horizon" in found["unseen_season"].evidence
    assert found["unseen_season"].fix is not None


def test_less_than_two_seasons_are_told() -> None:
    spec = SPEC.with_values({"task.season": 200})
    found = visit(make_dataset(make_sine(400, 200)), spec=spec)
    assert "2 seasons" in found["unseen_season"].evidence


def test_without_a_season_a_short_lookback_is_well() -> None:
    spec = SPEC.with_values({"task.lookback": 2, "task.season": 1})
    assert "unseen_season" not in visit(make_dataset(make_walk()), spec=spec)


# --- all of it


def test_many_long_series_are_examined_in_a_moment() -> None:
    generator = np.random.default_rng(0)
    tables = {f"s{number:03}": generator.normal(size=(200, 5)) for number in range(400)}
    dataset = make_dataset(tables)
    names = [f"x{number}" for number in range(4)]
    spec = spec_with(past_covariates=names).with_values({"task.horizon": 24})
    spec, _ = resolve_spec(spec, dataset)
    table = predict(dataset, spec, predict_mean)
    table = pd.concat([table] * (1 + 1_000_000 // len(table)), ignore_index=True)
    examples = frame_dataset(dataset, spec).examples
    started = time.perf_counter()
    found = examine(spec, dataset, table, make_curve(), examples, np.abs)
    assert time.perf_counter() - started < 5
    assert {diagnosis.name for diagnosis in found} >= {"flat_line"}


TRANSFORMS = ("none", "log", "boxcox")


@pytest.mark.parametrize("loss", get_args(Loss))
def test_the_doctor_has_an_answer_to_every_loss(loss: str) -> None:
    """Of every architecture, with every transform; trained badly, so that all is looked at."""
    dataset = make_dataset(3.0 + make_sine(150, SEASON))
    spec = SPEC.with_values({"task.lookback": 12, "training.loss": loss})
    poor = draw_curve(np.linspace(9.0, 8.0, 20), np.linspace(9.5, 8.5, 20))
    examined = frame_dataset(dataset, resolve_spec(spec, dataset)[0]).examples
    for architecture, transform in product(get_args(Architecture), TRANSFORMS):
        stack = ["custom", [{"kind": "lstm"}]] if architecture == "custom" else [architecture, []]
        asked = spec.with_values(
            {"model.architecture": stack[0], "model.stack": stack[1]}
            | {"task.transform": transform}
        )
        asked, _ = resolve_spec(asked, dataset)
        table = predict(dataset, asked, predict_mean)
        measure = partial(measure_losses, asked.training)
        found = examine(asked, dataset, table, poor, examined, measure)
        names = [diagnosis.name for diagnosis in found]
        expected = {"flat_line"} if asked.model.comes_trained else {"underfitting", "flat_line"}
        assert expected <= set(names), (architecture, transform)


@settings(max_examples=40, deadline=None)
@given(draw_datasets(), SPECS, st.sampled_from([predict_truth, predict_mean, predict_last_value]))
def test_the_doctor_has_an_answer_to_everything(
    dataset: Dataset, spec: ExperimentSpec, model: PredictRows
) -> None:
    roles = dataset.roles
    covariates = {
        "data.past_covariates": roles.past_covariates,
        "data.known_future_covariates": roles.known_future_covariates,
    }
    try:
        spec, _ = resolve_spec(spec.with_values(covariates), dataset)
    except DataError:
        assume(False)
    table = predict(dataset, spec, model)
    examples = frame_dataset(dataset, spec).examples
    for diagnosis in examine(spec, dataset, table, make_curve(), examples, np.abs):
        assert "nan" not in json.dumps(diagnosis.to_json(), allow_nan=False)


def test_the_doctor_loads_no_engine() -> None:
    code = f"import sys, {doctor.__name__}; print({{'keras', 'statsmodels'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
