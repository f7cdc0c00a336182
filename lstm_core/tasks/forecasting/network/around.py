"""What stands around encoder and decoder: inputs, a window's own level, one channel at a time.

The network's layers take any kind of level, as validation may choose it; a script takes the one
that was chosen, and needs no scale where there is none.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_core.learning.feeds.windows import EARLIER, TAUGHT
from lstm_core.spec.layers import SegmentDecoder
from lstm_core.spec.layers.steps import Call, Named, Step
from lstm_core.tasks.forecasting.framing.earlier import SEASONAL
from lstm_core.tasks.forecasting.levels import CALENDAR, COVARIATES, LEVELS, NORMALISE
from lstm_core.tasks.forecasting.network.covariates import list_masks
from lstm_core.tasks.forecasting.network.frame import LEAST_SPREAD, NetworkFrame


def list_front(frame: NetworkFrame) -> list[Step]:
    """Return the steps behind the inputs to ``x``, a window that the encoder reads.

    Beside it, as far as the decoder asks for them: ``actual``, ``first``, what is known ahead,
    ``who``; and ``begin`` and ``scale`` to restore by.
    """
    return [
        *_normalise(frame),
        *_read_covariates(frame),
        *_read_calendar(frame),
        *_embed_categories(frame),
        *_split_channels(frame),
    ]


def list_inputs(frame: NetworkFrame) -> list[Step]:
    """Return a step for each input; a script has those alone that the network needs."""
    shape = frame.shape
    inputs = {"past": _input("past", (frame.lookback, shape.num_past))}
    if shape.num_future:
        inputs["future"] = _input("future", (frame.horizon, shape.num_future))
    if shape.has_earlier:
        inputs[EARLIER] = _input(EARLIER, (frame.horizon, 2 * shape.num_targets))
    if shape.num_series > 1:
        series = _input("series", (), dtype="int32")
        inputs["series"] = series if frame.names_series else replace(series, says=())
    if frame.is_taught:
        inputs[TAUGHT] = _input(TAUGHT, (frame.horizon, shape.num_targets))
    return list(inputs.values())


def _input(name: str, shape: tuple[int, ...], dtype: str | None = None) -> Step:
    return Step((name,), Call("keras.Input", (shape,), {"dtype": dtype, "name": name}), ())


def _normalise(frame: NetworkFrame) -> list[Step]:
    """Take a window's level, and its spread, from its targets, and from earlier seasons."""
    count, kind = frame.shape.num_targets, frame.normalisation
    # What is taken from a window and given back stays exact, whatever the layers compute in.
    taken = Call("NormaliseWindow", (count, kind), {"dtype": "float32"}, label=NORMALISE)
    has_earlier = frame.shape.has_earlier
    source = "targets" if frame.num_others else "past"
    lines = [f"targets = past[:, :, :{count}]"] if frame.num_others else []
    if kind == "none":
        lines, normalised, actual = [], "past", TAUGHT
    elif kind == "last_value":
        lines.append(f"offset = {source}[:, -1:, :]")
        normalised, actual = f"{source} - offset", f"{TAUGHT} - offset"
    else:
        lines.append(f"offset = ops.mean({source}, axis=1, keepdims=True)")
        lines.append(f"scale = ops.std({source}, axis=1, keepdims=True) + {LEAST_SPREAD}")
        begin = "begin" if kind in SEASONAL else "offset"
        normalised, actual = f"({source} - offset) / scale", f"({TAUGHT} - {begin}) / scale"
    if frame.num_others and kind != "none":
        normalised = f"ops.concatenate([{normalised}, past[:, :, {count}:]], axis=-1)"
    lines.append(f"x = {normalised}")
    gives: tuple[str, ...] = ("x", "begin", "scale")
    if has_earlier:
        lines += _say_telling(frame)
        gives = (*gives, "told")
    takes = ("past", EARLIER) if has_earlier else ("past",)
    steps = [Step(gives, taken, takes, says=tuple(lines))]
    if frame.is_taught:
        steps.append(
            Step(
                ("actual",),
                lambda taught, begin, scale: (taught - begin) / scale,
                (TAUGHT, "begin", "scale"),
                says=actual,
            )
        )
    return steps


def _say_telling(frame: NetworkFrame) -> list[str]:
    """Say what is told of earlier seasons, as they were and at the last one's level, if it is."""
    count, kind = frame.shape.num_targets, frame.normalisation
    if kind not in SEASONAL:
        return [f"told = ops.zeros_like({EARLIER})"]
    columns = {"season": f":{count}", "season_level": f"{count}:"}
    both, spread = "offset", "scale"
    if count > 1:
        both, spread = (f"ops.concatenate([{each}, {each}], axis=-1)" for each in (both, spread))
    return [
        f"begin = {EARLIER}[:, :, {columns[kind]}]",
        f"told = ({EARLIER} - {both}) / {spread}",
    ]


def _read_covariates(frame: NetworkFrame) -> list[Step]:
    """Hide those of the table's covariates that the network does without."""
    shape = frame.shape
    if not shape.covariates:
        return []
    columns, ahead, kind = shape.covariates, shape.covariates_ahead, frame.reading
    # In the same numbers as the window, whatever the layers compute in.
    read = Call("ReadCovariates", (columns, ahead, kind), {"dtype": "float32"}, label=COVARIATES)
    masks = list_masks(kind, _list_widths(frame), columns, ahead)
    names = ("future", frame.read_ahead)
    return [
        _hide(frame, read, names, masks, "Covariates that the network does without say nothing.")
    ]


def _read_calendar(frame: NetworkFrame) -> list[Step]:
    """Hide what is tried of the calendar where that does not help."""
    shape = frame.shape
    if not shape.calendar:
        return []
    columns, ahead, kind = shape.calendar, shape.calendar_ahead, frame.calendar_reading
    read = Call("ReadCalendar", (columns, ahead, kind), {"dtype": "float32"}, label=CALENDAR)
    masks = list_masks(kind, _list_widths(frame), columns, ahead)
    names = (frame.read_ahead, frame.told_ahead)
    return [_hide(frame, read, names, masks, "What did not help of the calendar says nothing.")]


def _list_widths(frame: NetworkFrame) -> list[int]:
    """Return the columns of a window, and of what is known ahead, if anything is."""
    shape = frame.shape
    return [shape.num_past, *([shape.num_future] if shape.num_future else [])]


def _hide(
    frame: NetworkFrame,
    read: Call,
    names: tuple[str, str],
    masks: list[np.ndarray],
    why: str,
) -> Step:
    """Return the step that multiplies by masks; ``names``: of what is known ahead, and after."""
    takes, gives = (("x", *([name] if frame.shape.num_future else [])) for name in names)
    hiding = [
        f"{given} = {taken} * np.float32({mask.astype(int).tolist()})"
        for taken, given, mask in zip(takes, gives, masks, strict=True)
        if not mask.all()
    ]
    heading = [f"# {why}"] if hiding else []
    return Step(gives, read, (takes,), says=(*heading, *hiding))


def _embed_categories(frame: NetworkFrame) -> list[Step]:
    """Look each category's level up, in the window and in what is known ahead."""
    columns, ahead = frame.shape.categories, frame.shape.categories_ahead
    if not columns:
        return []
    embed = Call("EmbedCategories", (columns, *((ahead,) if ahead else ())), label="categories")
    if not ahead:
        return [Step(("x",), embed, (("x",),))]
    return [Step(("x", frame.future), embed, (("x", frame.told_ahead),))]


def _split_channels(frame: NetworkFrame) -> list[Step]:
    """Make windows of one target each of windows of several."""
    steps = _split(frame) if frame.is_one_by_one else []
    if frame.shape.has_earlier and frame.shape.num_future:
        known = "future_of_each" if frame.is_one_by_one else frame.future
        join = Call("keras.layers.Concatenate")
        steps.append(Step(("known_ahead",), join, ((known, "told"),)))
    if not frame.is_taught:
        return steps
    outputs = frame.num_outputs
    first = f"x[:, -1, :{outputs}]"
    return [*steps, Step(("first",), lambda x: x[:, -1, :outputs], ("x",), says=first)]


def _split(frame: NetworkFrame) -> list[Step]:
    count = frame.shape.num_targets
    fold = Call("FoldChannels", (count,))
    own = f"x = ops.reshape(ops.transpose(x[:, :, :{count}], (0, 2, 1)), (-1, LOOKBACK, 1))"
    folded: tuple[str, ...] = (own,)
    if frame.num_others:
        rest = f"rest = ops.repeat(x[:, :, {count}:], {count}, axis=0)"
        folded = (rest, own, "x = ops.concatenate([x, rest], axis=-1)")
    heading = f"# From here on, each target by itself: {count} times as many windows."
    steps = [Step(("x",), fold, ("x",), above=("", heading), says=folded)]
    if frame.is_taught:
        turned = "ops.transpose(actual, (0, 2, 1))"
        said = f"ops.reshape({turned}, (-1, {frame.horizon!r}, 1))"
        steps.append(Step(("actual",), fold, ("actual",), says=said))
    if frame.shape.has_earlier:
        steps.append(_fold_earlier(count, frame.horizon))
    if frame.shape.num_future:
        repeat = Call("RepeatChannels", (count,))
        said = f"ops.repeat({frame.future}, {count}, axis=0)"
        steps.append(Step(("future_of_each",), repeat, (frame.future,), says=said))
    return steps + (_number(frame) if isinstance(frame.plan.decoder, SegmentDecoder) else [])


def _fold_earlier(count: int, horizon: Named) -> Step:
    """``(batch, horizon, 2 * targets)`` to ``(batch * targets, horizon, 2)``."""
    pairs = f"ops.reshape(told, (-1, {horizon!r}, 2, {count}))"
    turned = f"ops.transpose({pairs}, (0, 3, 1, 2))"
    said = f"ops.reshape({turned}, (-1, {horizon!r}, 2))"
    return Step(("told",), Call("FoldEarlier", (count,)), ("told",), says=said)


def _number(frame: NetworkFrame) -> list[Step]:
    """Number each window by its series and target."""
    count = frame.shape.num_targets
    number = Call("NumberChannels", (count,))
    flatten = "who = ops.reshape(who, (-1,))"
    if frame.names_series:
        said = f"who = ops.expand_dims(series, -1) * {count} + ops.arange({count})"
        return [Step(("who",), number, ("series",), says=(said, flatten))]
    only = 'who = ops.cast(ops.zeros_like(past[:, 0, :1]), "int32")'
    said = f"who = who + ops.arange({count})"
    return [
        Step(("who",), Call("OnlySeries"), ("past",), says=(only,)),
        Step(("who",), number, ("who",), says=(said, flatten)),
    ]


def list_back(frame: NetworkFrame) -> list[Step]:
    """Return the steps from ``point`` and ``widths`` to ``restored``."""
    steps: list[Step] = []
    prediction = "point"
    if frame.has_ranges:
        join = Call("keras.layers.Concatenate", (), {"axis": -1})
        steps.append(Step(("prediction",), join, (("point", "widths"),), says=()))
        prediction = "prediction"
    if frame.is_one_by_one:
        unfold = Call("UnfoldChannels", (frame.shape.num_targets,))
        steps.append(Step(("prediction",), unfold, (prediction,), says=_say_unfolding(frame)))
        prediction = "prediction"
    *lines, restored = _say_restoring(frame)
    restore = Call("RestoreWindow", (), {"dtype": "float32"})
    taken = ((prediction, "begin", "scale"),)
    return [
        *steps,
        Step(("restored",), restore, taken, above=tuple(lines), says=restored, is_inline=True),
    ]


def _say_unfolding(frame: NetworkFrame) -> tuple[str, ...]:
    """Put the targets together again."""
    count, steps, levels = frame.shape.num_targets, frame.horizon, frame.num_levels
    point = f"ops.reshape(point, (-1, {count}, {steps!r}))"
    lines = ["", f"point = ops.transpose({point}, (0, 2, 1))"]
    if frame.has_ranges:
        widths = f"ops.reshape(widths, (-1, {count}, {steps!r}, {levels}))"
        lines.append(f"widths = ops.transpose({widths}, (0, 2, 1, 3))")
    return tuple(lines)


def _say_restoring(frame: NetworkFrame) -> list[str]:
    """Give back what was taken from the window: lines, then the expression of the prediction."""
    # The offset comes first: between symbolic tensors, Keras 3.15 takes what is added last for a
    # bias along the steps wherever a batch has as many windows as there are steps.
    restored = {
        "last_value": "offset + point",
        "mean_std": "offset + point * scale",
        **dict.fromkeys(SEASONAL, "begin + point * scale"),
        "none": "point",
    }[frame.normalisation]
    lines = []
    if restored == "point" and frame.spec.training.precision != "float32":
        lines.append('point = ops.cast(point, "float32")')
    if not frame.has_ranges:
        return [*lines, restored]
    if restored != "point":
        lines.append(f"point = {restored}")
    if frame.has_scale:
        lines.append("widths = widths * scale[..., None]")
    return [
        *lines,
        "# Low and high end of each range, from the inside out: they never cross.",
        "low = high = ops.stop_gradient(point)",
        "ends = [point]",
        f"for level in range({len(LEVELS)}):",
        "    low = low - widths[..., 2 * level]",
        "    high = high + widths[..., 2 * level + 1]",
        "    ends += [low, high]",
        "ops.stack(ends, axis=-1)",
    ]
