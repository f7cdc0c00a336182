"""What is computed of a network has to be what Keras builds."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import product
from typing import Any

import numpy as np
import pytest

from lstm_core.errors import SpecError
from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.models.costs import NetworkCost, check_size
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures import BUILT
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset, shape_examples
from lstm_core.tasks.forecasting.network.building import build_network
from lstm_core.tasks.forecasting.network.cost import measure_cost
from tests.shares import share_combinations, take_turns
from tests.tasks.datasets import make_dataset, make_sine

ONE = WindowShape(lookback=9, horizon=5, num_targets=1, num_past=1, num_future=0)
SHAPES = {
    "one target": (ONE, {}),
    "two targets together": (WindowShape(9, 5, 2, 3, 0), {"model.mixing": True}),
    "two targets one by one": (WindowShape(9, 5, 2, 3, 0), {"model.mixing": False}),
    "known future": (WindowShape(9, 5, 1, 3, 2), {}),
    "several series": (WindowShape(9, 5, 2, 3, 1, 4), {"model.mixing": False}),
    "categories": (
        WindowShape(9, 5, 2, 12, 5, 1, ((2, 3), (4, 5, 6), (7, 8, 9)), ((0, 1, 2),)),
        {},
    ),
    "earlier seasons": (
        WindowShape(9, 5, 2, 3, 1, has_earlier=True),
        {"model.mixing": False},
    ),
}


def make_spec(architecture: str, **values: Any) -> ExperimentSpec:
    return ExperimentSpec().with_values(
        {
            "model.architecture": architecture,
            "model.units": 8,
            "model.segment": 4,
            "model.mixing": True,
            "task.ranges": "quantile",
            "training.batch_size": 32,
            **{name.replace("__", "."): value for name, value in values.items()},
        }
    )


def count_weights(shape: WindowShape, spec: ExperimentSpec) -> int:
    network = build_network(shape, spec)
    return sum(int(np.prod(weight.shape)) for weight in network.trainable_variables)


@pytest.mark.parametrize(
    ("architecture", "name"),
    share_combinations(product(BUILT, SHAPES), take_turns(BUILT, SHAPES)),
)
def test_the_parameters_are_those_of_the_built_network(architecture: str, name: str) -> None:
    shape, values = SHAPES[name]
    spec = make_spec(architecture).with_values(values)
    cost = measure_cost(spec, shape)
    assert cost.num_parameters == count_weights(shape, spec)
    assert all(layer.flops >= 0 for layer in cost.layers)
    assert cost.flops > 0


@pytest.mark.parametrize("attention", [None, "additive", "dot"])
@pytest.mark.parametrize("ranges", ["quantile", "residuals"])
def test_each_decoder_and_head_is_counted(attention: str | None, ranges: str) -> None:
    decoder = {"kind": "sequence", "attention": attention}
    spec = make_spec("vanilla", model__decoder=decoder, forecast__ranges=ranges)
    shape, _ = SHAPES["known future"]
    assert measure_cost(spec, shape).num_parameters == count_weights(shape, spec)


@pytest.mark.parametrize(
    "layer",
    [
        {"kind": "lstm", "units": 6, "bidirectional": "concat", "residual": True},
        {"kind": "slstm", "units": 6, "heads": 3},
        {"kind": "peephole_lstm", "units": 3, "bidirectional": "ave"},
        {"kind": "conv_lstm", "filters": 3, "kernel_size": 2, "frame": 4},
    ],
)
def test_each_option_that_changes_the_weights_is_counted(layer: dict[str, Any]) -> None:
    front = [{"kind": "conv1d", "filters": 5, "padding": "valid", "kernel_size": 2, "dilation": 2}]
    spec = make_spec("vanilla").with_values(
        {"model.architecture": "custom", "model.stack": [*front, layer]}
    )
    assert measure_cost(spec, ONE).num_parameters == count_weights(ONE, spec)


@pytest.mark.parametrize("architecture", BUILT)
def test_a_wider_network_costs_more_of_everything(architecture: str) -> None:
    small, large = (
        measure_cost(make_spec(architecture, model__units=units), ONE) for units in (8, 16)
    )
    assert large.num_parameters > small.num_parameters
    assert large.flops > small.flops
    assert large.training_bytes > small.training_bytes


def test_the_products_of_an_lstm_are_counted_as_the_field_does() -> None:
    cost = measure_cost(make_spec("vanilla", forecast__ranges="residuals"), ONE)
    (lstm,), (head,) = cost.layers, cost.behind
    steps, units = 9, 8
    assert lstm.flops == steps * (2 * 4 * units * (1 + units) + 10 * units)
    assert head.flops == 2 * units * 5


@pytest.mark.parametrize(
    ("stack", "words"),
    [
        ([{"kind": "lstm"}], ""),
        ([{"kind": "gru"}], ""),
        ([{"kind": "lstm", "dropout": 0.5, "l2": 0.1}], ""),
        ([{"kind": "lstm", "activation": "relu"}], "activation is relu"),
        ([{"kind": "lstm", "recurrent_activation": "hard_sigmoid"}], "hard_sigmoid"),
        ([{"kind": "lstm", "recurrent_dropout": 0.5}], "recurrent dropout"),
        ([{"kind": "peephole_lstm"}], "no fast kernel for Peephole LSTM"),
    ],
)
def test_what_loses_the_fast_kernel_is_named(stack: list[dict[str, Any]], words: str) -> None:
    spec = make_spec("vanilla").with_values({"model.architecture": "custom", "model.stack": stack})
    cost = measure_cost(spec, ONE)
    assert cost.is_fast == (not words)
    assert words in cost.layers[0].slow_because


def test_the_sizes_are_those_of_the_examples() -> None:
    dataset = make_dataset(np.column_stack([make_sine(120), make_sine(120, 5)]), num_targets=1)
    spec, _ = resolve_spec(ExperimentSpec(), dataset)
    assert shape_examples(dataset, spec) == frame_dataset(dataset, spec).examples.shape


def test_a_giant_is_refused_at_once() -> None:
    dataset = make_dataset(make_sine(400))
    layer = {"kind": "lstm", "units": 4_096}
    spec = ExperimentSpec().with_values(
        {"model.architecture": "custom", "model.stack": [layer] * 24, "training.batch_size": 4_096}
    )
    resolve_spec(ExperimentSpec(), dataset)  # whatever is only done once
    began = time.perf_counter()
    with pytest.raises(SpecError, match="would need about"):
        resolve_spec(spec, dataset)
    assert time.perf_counter() - began < 0.1


def test_what_fits_is_not_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    cost = NetworkCost((), (), (), 1_000, 1_000, 2**30)
    where = "lstm_core.models.costs.measure_memory_bytes"
    for room in (None, 2**30):
        monkeypatch.setattr(where, lambda room=room: room)
        check_size(cost, shorten="the items")
    monkeypatch.setattr(where, lambda: 2**30 - 1)
    with pytest.raises(SpecError, match="Make it narrower"):
        check_size(cost, shorten="the items")


def test_counting_loads_no_engine() -> None:
    code = (
        "import sys, lstm_core.tasks.forecasting.defaults, lstm_core.models.costs; "
        "sys.exit(bool({'keras', 'tensorflow', 'jax', 'torch'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
