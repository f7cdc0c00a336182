"""Any loss goes with any network and any transform, from the data to the doctor."""

from __future__ import annotations

import json
from itertools import product
from typing import get_args

import numpy as np
import pytest

from lstm_core.pipeline import run_experiment
from lstm_core.spec import parse_spec
from lstm_core.spec.model import Architecture
from lstm_core.spec.training import Loss
from tests.tasks.datasets import make_dataset, make_sine

SIZES = {"lookback": 12, "horizon": 6, "season": 12, "window_normalisation": "last_value"}
OWN = {"architecture": "custom", "stack": [{"kind": "gru", "units": 4}]}


def run(loss: str, architecture: str, transform: str) -> None:
    """Train for two epochs, and look at all that comes of it."""
    network = OWN if architecture == "custom" else {"architecture": architecture, "units": 4}
    spec = parse_spec(
        {
            "training": {"preset": "fast", "epochs": 2, "batch_size": 64, "loss": loss},
            "task": SIZES | {"transform": transform},
            "model": network,
        }
    )
    result = run_experiment(spec, make_dataset(3.0 + make_sine(120)))
    assert result.diagnoses is not None, "the doctor fell"
    json.dumps([result.diagnoses, result.verdict, result.metrics], allow_nan=False)
    assert np.isfinite(result.tables["forecast"]["value"]).all()


@pytest.mark.parametrize(
    ("loss", "architecture", "transform"),
    [("pinball", "simple_rnn", "boxcox"), ("log_cosh", "custom", "log")],
)
def test_a_rare_loss_comes_to_a_result(loss: str, architecture: str, transform: str) -> None:
    run(loss, architecture, transform)


@pytest.mark.slow
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("architecture", get_args(Architecture))
def test_every_loss_and_transform_comes_to_a_result(architecture: str) -> None:
    for loss, transform in product(get_args(Loss), ("none", "log", "boxcox")):
        run(loss, architecture, transform)
