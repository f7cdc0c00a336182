from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.errors import DataError
from lstm_core.spec import ExperimentSpec, ForecastingSpec
from lstm_core.tasks.forecasting.defaults import MAX_LOOKBACK, resolve_spec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from tests.tasks.datasets import NUMBERED, make_dataset, make_sine

OPEN_FIELDS = {
    "task": {
        *("season", "horizon", "lookback", "test_fraction", "transform", "ranges", "shrink"),
        *("num_folds", "refit", "stride", "season_ahead", "calendar_tried"),
    },
    "model": {"architecture", "units", "segment", "mixing"},
    "training": {
        *("num_seeds", "learning_rate", "decay", "batch_size", "epochs", "windows_per_epoch"),
    },
}
"""What is filled in where there is a season; the window's normalisation is left to validation."""

WALK = np.random.default_rng(0).normal(size=500).cumsum()


def make_spec(**values: object) -> ExperimentSpec:
    return ExperimentSpec(task=ForecastingSpec.model_validate(values))


def test_every_open_field_is_filled_with_a_reason() -> None:
    resolved, reasons = resolve_spec(make_spec(), make_dataset(make_sine(400, period=7)))
    assert set(reasons) == {
        f"{section}.{name}" for section, names in OPEN_FIELDS.items() for name in names
    }
    assert all(
        reason.endswith(".") and reason[0] == reason[0].upper() for reason in reasons.values()
    )
    for section, names in OPEN_FIELDS.items():
        assert all(getattr(getattr(resolved, section), name) is not None for name in names)
    found = resolved.task
    assert (found.season, found.horizon, found.lookback) == (7, 30, 56)
    assert found.window_normalisation is None
    assert (resolved.model.architecture, resolved.model.segment) == ("segment", 7)
    data = resolved.data
    assert (data.time, data.targets, data.frequency) == ("time", ("y0",), "D")


def test_without_a_season_the_last_value_is_the_level() -> None:
    resolved, _ = resolve_spec(make_spec(), make_dataset(WALK))
    found = resolved.task
    assert (found.season, found.window_normalisation) == (1, "last_value")
    assert found.lookback == 2 * 30
    assert (found.shrink, found.ranges) == (True, "residuals")
    assert resolved.model.architecture == "vanilla"


def test_numbered_rows_have_a_horizon_of_one_season() -> None:
    dataset = make_dataset(make_sine(400, period=25), frequency=NUMBERED)
    resolved, reasons = resolve_spec(make_spec(), dataset)
    assert (resolved.task.season, resolved.task.horizon) == (25, 25)
    assert reasons["task.horizon"] == "One season."


def test_what_is_given_is_kept_and_has_no_reason() -> None:
    spec = ExperimentSpec().with_values(
        {
            "task.season": 3,
            "task.season_ahead": 6,
            "task.calendar_tried": [],
            "task.horizon": 4,
            "task.lookback": 5,
            "task.test_fraction": 0.2,
            "task.transform": "boxcox",
            "task.window_normalisation": "none",
            "task.ranges": "quantile",
            "task.shrink": False,
            "task.num_folds": 2,
            "task.refit": True,
            "task.stride": 3,
            "model.architecture": "gru",
            "model.units": 5,
            "model.mixing": False,
            "training.num_seeds": 2,
            "training.learning_rate": 0.1,
            "training.decay": 0.9,
            "training.batch_size": 7,
            "training.windows_per_epoch": 100,
            "training.epochs": 3,
            "training.schedule": "plateau",
            "training.retrain": True,
        }
    )
    resolved, reasons = resolve_spec(spec, make_dataset(WALK))
    assert resolved.model_copy(update={"data": spec.data}) == spec
    assert reasons == {}


def test_few_rows_shorten_the_horizon() -> None:
    resolved, reasons = resolve_spec(make_spec(), make_dataset(WALK[:60]))
    assert resolved.task.horizon == 6
    assert reasons["task.horizon"] == "A tenth of the 60 rows."


def test_the_lookback_has_a_limit() -> None:
    dataset = make_dataset(make_sine(3_000, period=365))
    resolved, reasons = resolve_spec(make_spec(season=365), dataset)
    assert resolved.task.lookback == 365 > MAX_LOOKBACK
    assert reasons["task.lookback"] == "One season: longer ones cost more than they tell."
    resolved, _ = resolve_spec(make_spec(season=200), dataset)
    assert resolved.task.lookback == MAX_LOOKBACK
    resolved, _ = resolve_spec(make_spec(season=1, horizon=300), dataset)
    assert resolved.task.lookback == MAX_LOOKBACK


def test_a_given_lookback_shortens_the_horizon() -> None:
    resolved, reasons = resolve_spec(make_spec(lookback=80), make_dataset(WALK[:120]))
    assert resolved.task.horizon == 4
    assert "a lookback of 80 allow" in reasons["task.horizon"]


OPTIONAL = st.one_of(st.none(), st.integers(1, 60))
FRACTIONS = st.sampled_from([0.02, 0.15, 0.3])


@settings(max_examples=40)
@given(OPTIONAL, OPTIONAL, FRACTIONS, FRACTIONS)
def test_the_number_of_rows_asked_for_is_exact(
    lookback: int | None, horizon: int | None, validation: float, test: float
) -> None:
    spec = make_spec(
        lookback=lookback, horizon=horizon, validation_fraction=validation, test_fraction=test
    )
    with pytest.raises(DataError, match="too few rows: 3") as caught:
        resolve_spec(spec, make_dataset(WALK[:3]))
    found = re.search(r"at least (\d+)", caught.value.what)
    assert found
    needed = int(found[1])
    for num_rows in range(needed, needed + 15):
        dataset = make_dataset(WALK[:num_rows])
        resolved, _ = resolve_spec(spec, dataset)
        frame_dataset(dataset, resolved)
    with pytest.raises(DataError, match=rf"at least {needed}\b"):
        resolve_spec(spec, make_dataset(WALK[: needed - 1]))


@settings(max_examples=30)
@given(
    st.integers(40, 200),
    OPTIONAL.filter(lambda horizon: horizon is None or horizon < 8),
    FRACTIONS,
    FRACTIONS,
)
def test_defaults_are_read_from_the_training_part_only(
    num_rows: int, horizon: int | None, validation: float, test: float
) -> None:
    spec = make_spec(horizon=horizon, validation_fraction=validation, test_fraction=test)
    values = make_sine(num_rows, period=7, noise=0.6)
    resolved, reasons = resolve_spec(spec, make_dataset(values))
    (part,) = frame_dataset(make_dataset(values), resolved).parts
    cut = part.cuts.train_end
    values[cut:] = 1e6 * np.cos(np.arange(num_rows - cut) * np.pi / 2)
    again, same_reasons = resolve_spec(spec, make_dataset(values))
    assert again == resolved
    assert same_reasons == reasons


def test_a_future_that_is_too_short_is_refused_at_once() -> None:
    dataset = make_dataset(np.column_stack([WALK, WALK]), future={"series": np.zeros((5, 1))})
    named = make_spec(horizon=6).update("data", {"known_future_covariates": ("k0",)})
    with pytest.raises(DataError, match=r"given for 5 steps .* horizon is 6"):
        resolve_spec(named, dataset)


def test_a_future_that_nobody_named_is_done_without_where_it_is_too_short() -> None:
    dataset = make_dataset(np.column_stack([WALK, WALK]), future={"series": np.zeros((5, 1))})
    resolved, reasons = resolve_spec(make_spec(horizon=6), dataset)
    assert resolved.data.missing_future == "ignore"
    assert "their past alone" in reasons["data.missing_future"]


@pytest.mark.parametrize(
    ("alias", "horizon"), [("h", 24), ("B", 20), ("W-MON", 13), ("MS", 12), ("QE", 8), ("YS", 5)]
)
def test_the_horizon_is_usual_for_the_frequency(alias: str, horizon: int) -> None:
    dataset = make_dataset(WALK[:280], frequency=Frequency(alias), first="1900-01-01")
    assert resolve_spec(make_spec(), dataset)[0].task.horizon == horizon


def test_the_horizon_goes_no_further_than_what_is_known_ahead() -> None:
    table = np.column_stack([make_sine(400, period=7), np.ones(400)])
    dataset = make_dataset(table, future={"series": np.ones((5, 1))})
    resolved, reasons = resolve_spec(make_spec(), dataset)
    assert resolved.task.horizon == 5
    assert "known-future" in reasons["task.horizon"]
    named = make_spec(horizon=6).update("data", {"known_future_covariates": ("k0",)})
    with pytest.raises(DataError, match="horizon is 6"):
        resolve_spec(named, dataset)


def test_series_that_are_too_short_are_named() -> None:
    dataset = make_dataset({"long": make_sine(400, period=7), "short": np.arange(9.0)})
    _, reasons = resolve_spec(make_spec(horizon=5, lookback=14), dataset)
    assert reasons["data.series"] == "Too short and left out: 1 series (short)."


def test_a_forecast_beyond_the_calendar_is_refused_before_anything_is_trained() -> None:
    dataset = make_dataset(
        make_sine(400, period=7), frequency=Frequency(alias="YS"), first="1850-01-01"
    )
    with pytest.raises(DataError, match="2262"):
        resolve_spec(make_spec(horizon=30, lookback=14), dataset)


def test_what_is_never_negative_is_told() -> None:
    generator = np.random.default_rng(0)
    counts, amounts = generator.poisson(3, 300), generator.lognormal(size=300)
    level = generator.normal(size=300)
    dataset = make_dataset(np.stack([counts, amounts, level], axis=1), num_targets=3)
    resolved, reasons = resolve_spec(make_spec(), dataset)
    assert resolved.task.floor is None
    said = reasons["task.floor"]
    assert said.startswith('Whole numbers, none below zero: "y0". ')
    assert '"y1"' in said
    assert '"y2"' not in said
    _, reasons = resolve_spec(make_spec(floor="none"), dataset)
    assert "task.floor" not in reasons
