"""Where a network with attention looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import numpy as np
import pytest

from lstm_core.learning.feeds.windows import WindowFeed, gather_inputs
from lstm_core.learning.probes.attention import read_attention
from lstm_core.models.attention import AttentionPooling
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.examples import Framing, frame_dataset
from lstm_core.tasks.forecasting.network.building import build_network
from lstm_core.tasks.forecasting.network.looking import locate_attention
from tests.tasks.datasets import make_dataset, make_sine

pytestmark = pytest.mark.backend

LOOKBACK = 9


def make_spec(architecture: str = "attention", **values: Any) -> ExperimentSpec:
    return ExperimentSpec().with_values(
        {
            "task.lookback": LOOKBACK,
            "task.horizon": 3,
            "task.ranges": "residuals",
            "task.window_normalisation": "none",
            "task.scaling": "none",
            "model.architecture": architecture,
            "model.units": 4,
            "model.mixing": True,
            **values,
        }
    )


def frame(spec: ExperimentSpec, num_targets: int = 2) -> tuple[Any, Framing]:
    columns = [make_sine(120, period) for period in (7, 9, 5)]
    dataset = make_dataset(np.column_stack(columns), num_targets=num_targets)
    return dataset, frame_dataset(dataset, spec)


def read(
    spec: ExperimentSpec, examples: WindowFeed, num_members: int = 1
) -> tuple[np.ndarray | None, keras.Model, list[list[np.ndarray]]]:
    members = []
    for seed in range(num_members):
        keras.utils.set_random_seed(seed)
        network = build_network(examples.shape, spec)
        members.append(network.get_weights())
    return read_attention(network, members, gather(network, examples)), network, members


def gather(network: keras.Model, examples: WindowFeed) -> Callable[[], list[np.ndarray]]:
    return partial(gather_inputs, network, examples, examples.cutoffs["forecast"])


def test_a_network_without_attention_has_none() -> None:
    spec = make_spec("vanilla")
    assert read(spec, frame(spec)[1].examples)[0] is None


def test_weights_are_what_the_layer_weighs_by() -> None:
    spec = make_spec()
    examples = frame(spec)[1].examples
    weights, network, _ = read(spec, examples)
    assert weights is not None
    assert weights.shape == (1, LOOKBACK)
    np.testing.assert_allclose(weights.sum(axis=1), 1, atol=1e-5)
    (layer,) = [layer for layer in network.layers if isinstance(layer, AttentionPooling)]
    steps = keras.Model(network.inputs, layer.input)(
        gather_inputs(network, examples, examples.cutoffs["forecast"])
    )
    np.testing.assert_allclose(weights, layer.weigh(steps), atol=1e-6)


def test_members_are_averaged_and_the_network_is_left_as_it_was() -> None:
    spec = make_spec()
    examples = frame(spec)[1].examples
    both, network, members = read(spec, examples, num_members=2)
    each = [read_attention(network, [member], gather(network, examples)) for member in members]
    assert both is not None
    assert not np.allclose(each[0], each[1])
    np.testing.assert_allclose(both, np.mean(each, axis=0), atol=1e-6)
    for ours, theirs in zip(network.get_weights(), members[-1], strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_targets_together_share_their_weights_and_one_by_one_have_their_own() -> None:
    for mixing, num_different in ((True, 1), (False, 2)):
        spec = make_spec(**{"model.mixing": mixing})
        dataset, framing = frame(spec)
        weights, *_ = read(spec, framing.examples)
        assert weights is not None
        table = locate_attention(weights, dataset, framing, LOOKBACK)
        lines = [own["weight"].to_numpy() for _, own in table.groupby("target", sort=False)]
        assert len(lines) == 2
        assert len({tuple(line.round(6)) for line in lines}) == num_different


def test_each_weight_stands_at_the_last_row_of_its_step() -> None:
    stack = [{"kind": "pooling", "size": 2}, {"kind": "gru", "units": 3}, {"kind": "attention"}]
    spec = make_spec("custom", **{"model.units": None, "model.stack": stack})
    dataset, framing = frame(spec, num_targets=1)
    weights, *_ = read(spec, framing.examples)
    assert weights is not None
    table = locate_attention(weights, dataset, framing, LOOKBACK)
    times = dataset.frame.index.get_level_values("time")
    assert table["timestamp"].tolist() == times[[-7, -5, -3, -1]].tolist()
    assert table["weight"].sum() == pytest.approx(1, abs=1e-5)
