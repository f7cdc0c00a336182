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
from lstm_core.spec.layers.steps import Call

SEED = 7
BATCH, STEPS, WIDTH = 3, 6, 4
WINDOW = Size(STEPS, WIDTH)
ITEM = Size(STEPS, WIDTH, is_uneven=True)
LENGTHS = (STEPS, 5, 1)
"""Of items that are padded to more than the longest: some are shorter than a layer's pattern."""


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
    _check_items(layer)
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
    values = make_inputs(flow)
    given = list(values.values())
    carry_out(layer.list_steps(flow), values)
    return keras.Model(given, _pick(flow, values))


def make_inputs(flow: Flow) -> dict[str, Any]:
    if not flow.is_uneven:
        return {"x": keras.Input(flow.before.shape)}
    steps = keras.Input((None, flow.before.width))
    return {"x": steps, "lengths": keras.Input((), dtype="int32")}


def _pick(flow: Flow, values: dict[str, Any]) -> list[Any]:
    kept = [values["x"]]
    kept += [values["lengths"]] if flow.is_uneven else []
    kept += [values["cell"]] if flow.keeps_cell else []
    return kept + ([values["steps"]] if flow.keeps_steps else [])


def answer(model: keras.Model, inputs: list[Any]) -> np.ndarray:
    """Return what it gives, or the first of several."""
    given = model(inputs)
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
    given = make_inputs(flow)
    values |= given
    exec("\n".join(lines), values)
    written = keras.Model(list(given.values()), _pick(flow, values))
    inputs: list[Any] = [draw(flow)]
    inputs += [np.array(LENGTHS, "int32")] if flow.is_uneven else []
    given_back, expected = answer(written, inputs), answer(build(layer, flow), inputs)
    # A fused kernel adds up in another order: the last digit may differ.
    np.testing.assert_allclose(given_back, expected, atol=1e-6, err_msg="\n".join(lines))


def _check_items(layer: Layer) -> None:
    """An item gives alone what it gives among longer ones, whatever stands behind its end."""
    flows = [_flow(layer, wants_steps=wants, size=ITEM) for wants in (True, False)]
    if flows[0].after == flows[1].after:
        flows = flows[:1]
    _check_whole_item(layer, flows[0])
    rubbish = np.random.default_rng(SEED).normal(0, 100, (len(LENGTHS), STEPS + 2, WIDTH))
    items = [draw(flows[0])[0, :length] for length in LENGTHS]
    batch = rubbish.astype("float32")
    for row, item in zip(batch, items, strict=True):
        row[: len(item)] = item
    _check_what_is_written(layer, flows[-1])
    for flow in flows:
        model = build(layer, flow)
        _check_masking(layer, flow)
        assert tuple(model.outputs[0].shape)[-1] == flow.after.width
        count = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
        assert layer.count(flow).num_weights == count
        together, lengths = answer_items(model, batch, np.array(LENGTHS))
        for row, length, item in list(zip(together, lengths, items, strict=True))[1:]:
            alone, (own_length,) = answer_items(model, item[None], np.array([len(item)]))
            assert own_length == length >= 1
            own = slice(None, length) if flow.returns_steps else slice(None)
            np.testing.assert_allclose(row[own], alone[0][own], atol=1e-5)


def answer_items(
    model: keras.Model, steps: np.ndarray, lengths: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return what it gives, and how many steps of that are each item's own."""
    found = model([steps, lengths.astype("int32")])
    values, counts = (keras.ops.convert_to_numpy(value) for value in found)
    return values, counts


def _check_whole_item(layer: Layer, flow: Flow) -> None:
    """An item that needs no padding is read as a window is, but for stretches it fills in part."""
    even = _flow(layer, wants_steps=True)
    if even.after.shape != flow.after.shape:
        return
    window, item = build(layer, even), build(layer, flow)
    for model in (window, item):  # which direction comes first among the weights is Keras's affair
        model.set_weights([_fill(weight.shape) for weight in model.weights])
    steps = draw(even)
    read, (length, *_) = answer_items(item, steps, np.full(BATCH, STEPS))
    own = read[:, :length] if flow.returns_steps else read
    np.testing.assert_allclose(own, answer(window, [steps]), atol=1e-5)


def _fill(shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(SEED).normal(0, 0.5, shape)


def _check_masking(layer: Layer, flow: Flow) -> None:
    """Which of the three ways a layer has with padding shows in its steps."""
    steps = layer.list_steps(flow)
    told = any("lengths" in str(step.takes) for step in steps if step.gives != ("lengths",))
    silenced = isinstance(steps[0].does, Call) and steps[0].does.name == "Silence"
    if layer.masking == "each":
        assert not told
    assert silenced == (layer.masking == "zeros")


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
