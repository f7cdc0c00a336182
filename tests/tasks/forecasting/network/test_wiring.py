"""One description of the network: what is built of it and what a script says have to agree."""

from __future__ import annotations

from itertools import product
from typing import Any

import keras
import numpy as np
import pytest

from lstm_core.learning.feeds.windows import EARLIER, TAUGHT, WindowShape
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.export.network_code import write_network
from lstm_core.tasks.forecasting.framing.earlier import SEASONAL
from lstm_core.tasks.forecasting.levels import LEVELS
from lstm_core.tasks.forecasting.network.building import build_network
from lstm_core.tasks.forecasting.network.frame import NetworkFrame
from tests.shares import pair_up, share_combinations

pytestmark = pytest.mark.backend(each=("decoder",))

SEED = 7
BATCH = 4
SHAPES = {
    "one": (WindowShape(9, 5, 1, 1, 0), True),
    "together": (WindowShape(9, 5, 2, 3, 1), True),
    "apart": (WindowShape(9, 5, 2, 3, 0), False),
    "named": (WindowShape(9, 5, 2, 2, 1, 3), False),
    "a category before": (WindowShape(9, 5, 1, 5, 1, 1, ((1, 2, 3),)), True),
    "categories ahead": (
        WindowShape(9, 5, 2, 9, 4, 1, ((2, 3, 4), (5, 6, 7)), ((0, 1, 2),)),
        False,
    ),
    "earlier seasons": (WindowShape(9, 5, 1, 1, 0, has_earlier=True), True),
    "earlier seasons of each": (WindowShape(9, 5, 2, 3, 1, has_earlier=True), False),
}
DECODERS: dict[str, dict[str, Any]] = {
    "direct": {"kind": "direct"},
    "segments": {"kind": "segments", "length": 2},
    "sequence": {"kind": "sequence", "attention": "dot"},
}

HEADS = {
    **{"last_value": "quantile", "mean_std": "quantile", "none": "residuals"},
    **dict.fromkeys(SEASONAL, "quantile"),
}
CASES = [
    (decoder, name, normalisation)
    for decoder, name, normalisation in product(DECODERS, SHAPES, HEADS)
    if normalisation not in SEASONAL or SHAPES[name][0].has_earlier
]


def make_frame(decoder: str, name: str, normalisation: str, ranges: str) -> NetworkFrame:
    shape, mixing = SHAPES[name]
    spec = ExperimentSpec().with_values(
        {
            "model.architecture": "vanilla",
            "model.units": 4,
            "model.mixing": mixing,
            "model.decoder": DECODERS[decoder],
            "task.window_normalisation": normalisation,
            "task.ranges": ranges,
        }
    )
    return NetworkFrame.of(spec, shape)


def build_written(frame: NetworkFrame) -> keras.Model:
    """Run what a script says of the network."""
    values: dict[str, Any] = {
        **{"keras": keras, "ops": keras.ops, "np": np, "Any": Any},
        **{"LOOKBACK": frame.shape.lookback, "HORIZON": frame.shape.horizon},
    }
    for section in write_network(frame):
        exec(section.code, values)
    model: keras.Model = values["build_network"]()
    return model


def draw_inputs(frame: NetworkFrame) -> dict[str, np.ndarray]:
    shape, generator = frame.shape, np.random.default_rng(SEED)
    sizes = {
        "past": (BATCH, shape.lookback, shape.num_past),
        "future": (BATCH, shape.horizon, shape.num_future),
        TAUGHT: (BATCH, shape.horizon, shape.num_targets),
        EARLIER: (BATCH, shape.horizon, 2 * shape.num_targets),
    }
    drawn = {name: generator.normal(size=size).astype("float32") for name, size in sizes.items()}
    return drawn | {"series": generator.integers(0, shape.num_series, BATCH).astype("int32")}


def predict(model: keras.Model, inputs: dict[str, np.ndarray]) -> np.ndarray:
    given: Any = {name: inputs[name] for name in [tensor.name for tensor in model.inputs]}
    if isinstance(model.input, list):
        given = list(given.values())
    elif len(given) == 1:
        (given,) = given.values()
    found = keras.ops.convert_to_numpy(model(given))
    return found if found.ndim == 4 else found[..., None]


def fill_tables(models: list[keras.Model]) -> None:
    """Give what begins at zero something to say: tables of categories, and heads."""
    for model in models:
        generator = np.random.default_rng(SEED)
        for weight in model.trainable_weights:
            if not keras.ops.convert_to_numpy(weight).any():
                weight.assign(generator.normal(size=weight.shape))


@pytest.mark.parametrize(
    ("decoder", "name", "normalisation"),
    share_combinations(CASES, [case for case in pair_up(DECODERS, SHAPES, HEADS) if case in CASES]),
)
def test_what_is_written_is_what_is_built(decoder: str, name: str, normalisation: str) -> None:
    ranges = HEADS[normalisation]
    frame = make_frame(decoder, name, normalisation, ranges)
    keras.utils.set_random_seed(SEED)
    built = build_network(frame.shape, frame.spec)
    keras.utils.set_random_seed(SEED)
    written = build_written(frame)
    assert {tensor.name for tensor in written.inputs} == {*frame.inputs}
    drawn = [keras.ops.convert_to_numpy(weight) for weight in built.trainable_weights]
    for own, theirs in zip(drawn, written.trainable_weights, strict=True):
        np.testing.assert_array_equal(own, keras.ops.convert_to_numpy(theirs))
    fill_tables([built, written])
    inputs = draw_inputs(frame)
    found = predict(built, inputs)
    levels = 1 + 2 * len(LEVELS) if ranges == "quantile" else 1
    assert found.shape == (BATCH, frame.shape.horizon, frame.shape.num_targets, levels)
    np.testing.assert_allclose(predict(written, inputs), found, atol=1e-5)
