"""Whatever is proposed can be run; and it holds what a search should look at."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.searches.space.points import count_points, list_values
from lstm_core.searches.space.settings import apply_values, check_space, list_extremes
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.search import SIZES, Size, Space
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.calendar import list_cycles
from lstm_core.tasks.forecasting.framing.cutting import cut_series
from lstm_core.tasks.forecasting.proposing import propose_space
from tests.searches.spaces import draw_point
from tests.shares import pair_up, share_combinations
from tests.tasks.datasets import NUMBERED, make_dataset, make_sine

HOURLY = Frequency("h")

DATASETS: dict[str, Dataset] = {
    "season": make_dataset(10 + make_sine(600, 24), frequency=HOURLY),
    "walk": make_dataset(100 + np.cumsum(np.random.default_rng(0).normal(size=500))),
    "few rows": make_dataset(10 + make_sine(90), frequency=NUMBERED),
    "several targets": make_dataset(
        np.stack([make_sine(400), make_sine(400, 7)], 1), num_targets=2
    ),
}
DRAFTS: dict[str, dict[str, Any]] = {
    "as it comes": {},
    "recursive": {"task.strategy": "recursive"},
    "stateful": {"training.stateful": True, "model.architecture": "gru"},
    "deep": {"model.architecture": "stacked", "model.layers": 3, "model.units": 48},
    "decoded": {"model.architecture": "vanilla", "model.decoder": {"kind": "sequence"}},
    "short": {"task.lookback": 3, "task.horizon": 2},
    "long": {"task.lookback": 40},
    "designed": {
        "model.architecture": "custom",
        "model.stack": [
            {"kind": "conv1d", "filters": 4, "kernel_size": 5, "padding": "valid"},
            {"kind": "pooling", "size": 2},
            {"kind": "lstm", "units": 4},
        ],
    },
}


@cache
def propose(data: str, draft: str, size: Size) -> tuple[ExperimentSpec, ExperimentSpec, Space]:
    dataset = DATASETS[data]
    spec = ExperimentSpec().with_values(DRAFTS[draft])
    resolved, _ = resolve_spec(spec, dataset)
    num_rows = min(rows.stop - rows.start for _, rows in dataset.iterate_series())
    space = propose_space(
        resolved,
        cut_series(num_rows, resolved).train_end,
        size,
        is_positive=True,
        cycles=list_cycles(dataset),
    )
    return spec, resolved, space


@pytest.mark.parametrize(
    ("data", "draft", "size"),
    share_combinations(product(DATASETS, DRAFTS, SIZES), pair_up(DATASETS, DRAFTS, SIZES)),
)
def test_what_is_proposed_passes_the_check_and_its_ends_can_be_run(
    data: str, draft: str, size: Size
):
    spec, resolved, space = propose(data, draft, size)
    check_space(space, spec)
    for point in list_extremes(space, spec):
        for base in (spec, resolved):
            resolve_spec(apply_values(base, point), DATASETS[data])


@tries(max_examples=150)
@given(
    st.sampled_from(sorted(DATASETS)),
    st.sampled_from(sorted(DRAFTS)),
    st.sampled_from(SIZES),
    st.integers(0, 10**6),
)
def test_every_point_of_it_can_be_run(data: str, draft: str, size: Size, seed: int):
    spec, _, space = propose(data, draft, size)
    tried = apply_values(spec, draw_point(space, seed))
    resolve_spec(tried, DATASETS[data])


def test_larger_sizes_hold_the_smaller_ones():
    small, medium, large = (propose("season", "as it comes", size)[2] for size in SIZES)
    assert small.keys() < medium.keys() < large.keys()
    assert set(small) == {
        *("model.architecture", "model.units", "model.fine_tune"),
        *("training.learning_rate", "task.lookback"),
    }
    assert {"model.layers", "model.segment", "model.dropout", "training.batch_size"} <= set(medium)
    assert {"task.window_normalisation", "task.transform"} <= set(medium)
    assert {"training.loss", "task.calendar", "task.scaling"} <= set(large)


def test_the_drafts_own_network_stands_first_and_its_values_are_inside():
    _, resolved, space = propose("season", "as it comes", "medium")
    assert resolved.model.architecture == "segment"
    assert list_values(space["model.architecture"])[0] == "segment"
    for path in ("model.units", "model.segment", "task.lookback", "training.batch_size"):
        section, key = path.split(".")
        assert getattr(getattr(resolved, section), key) in list_values(space[path]), path


def test_what_depends_on_the_network_says_so():
    _, _, space = propose("season", "as it comes", "large")
    architectures = list_values(space["model.architecture"])
    for path, expected in (
        ("model.layers", {"stacked", "residual", "transformer"}),
        ("model.segment", {"segment", "conv_lstm"}),
    ):
        assert set(space[path].when["model.architecture"]) == expected & set(architectures)


def test_lookbacks_are_whole_seasons_and_leave_room():
    _, resolved, space = propose("season", "as it comes", "small")
    lookbacks = list_values(space["task.lookback"])
    num_rows = cut_series(600, resolved).train_end
    assert all(steps % 24 == 0 for steps in lookbacks)
    assert max(lookbacks) + (resolved.task.horizon or 0) <= num_rows
    assert len(lookbacks) >= 3


def test_a_network_of_ones_own_keeps_its_layers():
    for size in SIZES:
        _, _, space = propose("season", "designed", size)
        assert not [path for path in space if path.startswith("model.")]
        assert "training.learning_rate" in space


def test_no_logarithm_where_values_may_be_negative_and_no_calendar_without_one():
    resolved, _ = resolve_spec(ExperimentSpec(), DATASETS["several targets"])
    space = propose_space(resolved, 300, "large")
    assert not {"task.transform", "task.calendar"} & space.keys()
    _, _, numbered = propose("few rows", "as it comes", "large")
    assert "task.calendar" not in numbered


def test_an_architecture_that_the_draft_rules_out_is_not_offered():
    _, _, recursive = propose("season", "recursive", "large")
    _, _, stateful = propose("season", "stateful", "large")
    assert "seq2seq" not in list_values(recursive["model.architecture"])
    assert not {"bidirectional", "transformer"} & {*list_values(stateful["model.architecture"])}


def test_a_small_space_can_be_searched_and_a_large_one_is_larger():
    for data in DATASETS:
        counts = [count_points(propose(data, "as it comes", size)[2]) for size in SIZES]
        assert all(count is None or count > 10 for count in counts)


def test_the_pre_trained_network_is_looked_at_where_it_can_do_what_is_asked() -> None:
    _, _, space = propose("season", "as it comes", "small")
    assert "pretrained" in list_values(space["model.architecture"])
    assert list(list_values(space["model.fine_tune"])) == ["none", "head", "all"]
    assert space["model.fine_tune"].when == {"model.architecture": ("pretrained",)}
    assert "pretrained" not in space["model.units"].when["model.architecture"]
    for draft in ("recursive", "stateful"):
        _, _, space = propose("season", draft, "small")
        assert "pretrained" not in list_values(space["model.architecture"])
        assert "model.fine_tune" not in space
        assert not space["model.units"].when
