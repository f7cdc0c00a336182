"""What is computed of a network for labels has to be what Keras builds."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from lstm_core.learning.feeds.items import ItemShape
from lstm_core.tasks.classification.network.building import build_network
from lstm_core.tasks.classification.network.cost import measure_cost
from tests.tasks.classification.network.networks import (
    CLASSIFYING,
    LETTERS,
    NUMBERS,
    TOKENS,
    make_spec,
)

LARGE = ItemShape(5, 30_000, 0, usual_steps=400, most_steps=2_000, has_one_length=False)


def check_parameters(shape: ItemShape, **values: Any) -> None:
    spec = make_spec(**values)
    cost = measure_cost(spec, shape)
    built = build_network(shape, spec).trainable_variables
    assert cost.num_parameters == sum(int(np.prod(weight.shape)) for weight in built)
    assert cost.flops > 0
    assert cost.training_bytes > 4 * cost.num_parameters
    for layer in (*cost.before, *cost.layers, *cost.behind):
        assert layer.flops >= 0
        assert all(size > 0 for size in layer.shape), layer.title


@pytest.mark.parametrize("architecture", CLASSIFYING)
def test_the_parameters_are_those_of_the_built_network(architecture: str) -> None:
    check_parameters(NUMBERS, model__architecture=architecture, task__convolutions=2)


@pytest.mark.parametrize("pooling", ["mean_max", "mean", "max", "last", "attention", "each"])
def test_each_stem_and_pooling_is_counted(pooling: str) -> None:
    check_parameters(
        LETTERS, task__pooling=pooling, task__places=True, task__convolutions=1, task__shorten=4
    )
    if pooling != "each":
        check_parameters(TOKENS, task__pooling=pooling)


def test_what_a_large_one_would_cost_is_told_without_an_engine() -> None:
    cost = measure_cost(make_spec(model__units=512, task__embedding=256), LARGE)
    assert [layer.title for layer in cost.before] == ["Embedding"]
    assert cost.before[0].num_parameters == 30_000 * 256
    code = (
        "import sys\n"
        "import lstm_core.tasks.classification.network.cost\n"
        "sys.exit(bool({'keras', 'tensorflow', 'jax', 'torch'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
