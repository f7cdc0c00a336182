"""``check_layer``: what every kind of layer has to do. Adding one means passing this."""

from __future__ import annotations

from typing import Any, get_args

import keras
import numpy as np

from lstm_core.export.source import cut_definitions
from lstm_core.export.steps_code import write_steps
from lstm_core.models.building import carry_out
from lstm_core.spec.layers import Layer
from lstm_core.spec.layers.layer import Flow, Group, Masking, Role, Size
from lstm_core.spec.layers.options import find_words

SEED = 7
BATCH, STEPS, WIDTH = 3, 6, 4
WINDOW = Size(STEPS, WIDTH)


def check_layer(layer: Layer) -> None:
    """Check one layer with its options, on a sequence that it has room in."""
    _check_words(layer)
    flows = [_flow(layer, wants_steps=True), _flow(layer, wants_steps=False)]
    if not layer.reads_steps:
        flows.append(_flow(layer, wants_steps=False, size=Size(None, WIDTH)))
    if layer.has_cell:
        vector = flows[1]
        flows += [Flow(1, vector.before, vector.after, True, keeps) for keeps in (False, True)]
    for flow in flows:
        _check_what_is_built(layer, flow)
        _check_what_is_written(layer, flow)
    _check_masking(layer, flows[0])
    _check_states(layer, flows[1])


def _flow(layer: Layer, *, wants_steps: bool, size: Size = WINDOW) -> Flow:
    return Flow(1, size, layer.resize(size, "Layer 1", wants_steps))


def _check_words(layer: Layer) -> None:
    words = layer.words
    assert words.title
    assert words.sentence.endswith(".")
    assert words.equations
    assert words.legend.endswith(".")
    assert layer.group in get_args(Group)
    assert layer.role in get_args(Role)
    assert layer.masking in get_args(Masking)
    for option in set(type(layer).model_fields) - {"kind"}:
        told = find_words(type(layer), option)
        assert all((told.title, told.question, told.help))
    if layer.fitting is not None:
        smallest = layer.model_copy(update={layer.fitting.option: layer.fitting.sizes[-1]})
        assert smallest.resize(Size(1, WIDTH), "Layer 1", False).width > 0


def build(layer: Layer, flow: Flow) -> keras.Model:
    """Build a layer alone; the same weights every time."""
    keras.utils.set_random_seed(SEED)
    values = {"x": keras.Input(flow.before.shape)}
    window = values["x"]
    carry_out(layer.list_steps(flow), values)
    return keras.Model(window, _pick(flow, values))


def _pick(flow: Flow, values: dict[str, Any]) -> list[Any]:
    kept = [values["x"]]
    kept += [values["cell"]] if flow.keeps_cell else []
    return kept + ([values["steps"]] if flow.keeps_steps else [])


def answer(model: keras.Model, windows: np.ndarray) -> np.ndarray:
    """Return what it gives, or the first of several."""
    given = model(windows)
    return keras.ops.convert_to_numpy(given[0] if isinstance(given, list) else given)


def draw(flow: Flow) -> np.ndarray:
    return np.random.default_rng(SEED).normal(size=(BATCH, *flow.before.shape)).astype("float32")


def _check_what_is_built(layer: Layer, flow: Flow) -> None:
    model = build(layer, flow)
    assert tuple(model.outputs[0].shape) == (None, *flow.after.shape)
    count = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    counts = layer.count(flow)
    assert counts.num_weights == count
    assert counts.flops >= 0
    assert counts.num_values > 0


def _check_what_is_written(layer: Layer, flow: Flow) -> None:
    """The lines of a script have to draw the same weights and to compute the same."""
    lines = write_steps(layer.list_steps(flow))
    values: dict[str, Any] = {"keras": keras, "ops": keras.ops, "np": np, "Any": Any}
    for definition in cut_definitions("\n".join(lines)):
        exec(definition, values)
    keras.utils.set_random_seed(SEED)
    window = values["x"] = keras.Input(flow.before.shape)
    exec("\n".join(lines), values)
    written = keras.Model(window, _pick(flow, values))
    windows = draw(flow)
    np.testing.assert_array_equal(
        answer(written, windows), answer(build(layer, flow), windows), err_msg="\n".join(lines)
    )


def _check_masking(layer: Layer, flow: Flow) -> None:
    if layer.masking not in ("each", "zeros"):
        return
    model, windows = build(layer, flow), draw(flow)
    windows[:, -2:] = 0.0
    whole = answer(model, windows)
    if layer.masking == "each":
        windows[:, -2:] = 100.0
        shorter = answer(model, windows)
        np.testing.assert_array_equal(shorter[:, :-2], whole[:, :-2])
        return
    short_flow = _flow(layer, wants_steps=True, size=Size(STEPS - 2, WIDTH))
    alone = build(layer, short_flow)
    alone.set_weights(model.get_weights())
    expected = answer(alone, windows[:, :-2])
    np.testing.assert_allclose(whole[:, : expected.shape[1]], expected, atol=1e-6)


def _check_states(layer: Layer, flow: Flow) -> None:
    """A state that goes on has to be taken in, and given back."""
    if not layer.num_states or layer.why_not_carried:
        return
    window = keras.Input(flow.before.shape)
    width = flow.after.width
    start = [keras.Input((width,)) for _ in range(layer.num_states)]
    values = {"x": window}
    ends = carry_out(layer.list_steps(flow), values, {1: start})
    assert [tuple(end.shape) for end in ends[1]] == [(None, width)] * layer.num_states
    model = keras.Model([window, *start], values["x"])
    windows, zeros = draw(flow), np.zeros((BATCH, width), "float32")
    cold, warm = (
        keras.ops.convert_to_numpy(model([windows, *[zeros + begin] * layer.num_states]))
        for begin in (0.0, 0.5)
    )
    assert not np.allclose(cold, warm)
