"""Any valid spec."""

from __future__ import annotations

from hypothesis import strategies as st

from lstm_core.spec import (
    ExperimentSpec,
    ForecastingSpec,
    ModelSpec,
    SeriesDataSpec,
    TrainingSpec,
)
from lstm_core.spec.tasks.forecasting import CYCLES

column_names = st.text(min_size=1, max_size=20)
fractions = st.floats(0.01, 0.49)


@st.composite
def data_specs(draw: st.DrawFn) -> SeriesDataSpec:
    names = draw(st.lists(column_names, min_size=2, max_size=6, unique=True))
    return SeriesDataSpec(
        source=draw(st.sampled_from(["csv", "yahoo", "fred", "sample"])),
        name=draw(st.text(max_size=200)),
        time=names[0],
        targets=tuple(names[1:3]),
        past_covariates=tuple(names[3:4]),
        known_future_covariates=tuple(names[4:5]),
        frequency=draw(st.none() | st.sampled_from(["h", "B", "W-MON"])),
    )


@st.composite
def model_specs(draw: st.DrawFn) -> ModelSpec:
    architecture = draw(st.sampled_from(["vanilla", "stacked", "bidirectional", "gru"]))
    layers = {"vanilla": st.just(1), "stacked": st.integers(2, 6)}.get(
        architecture, st.integers(1, 6)
    )
    return ModelSpec(
        architecture=architecture,
        layers=draw(st.none() | layers),
        units=draw(st.integers(1, 2_048)),
        dropout=draw(st.floats(0, 1, exclude_max=True)),
    )


experiments = st.builds(
    ExperimentSpec,
    data=data_specs(),
    task=st.builds(
        ForecastingSpec,
        lookback=st.none() | st.integers(1, 10_000),
        horizon=st.none() | st.integers(1, 5_000),
        validation_fraction=fractions,
        test_fraction=st.none() | fractions,
        calendar=st.lists(st.sampled_from(CYCLES), max_size=4).map(tuple),
        window=st.sampled_from(["expanding", "sliding"]),
        shrink=st.none() | st.booleans(),
        num_folds=st.none() | st.integers(1, 20),
        refit=st.none() | st.booleans(),
        gap=st.integers(0, 5_000),
        stride=st.none() | st.integers(1, 5_000),
    ),
    model=model_specs(),
    training=st.builds(
        TrainingSpec,
        learning_rate=st.floats(1e-8, 10),
        clip_norm=st.none() | st.floats(1e-3, 1e6),
        seed=st.integers(0, 2**31 - 1),
    ),
)
