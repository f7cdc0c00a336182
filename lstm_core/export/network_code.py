"""The network as a function that builds it: ``tasks.forecasting.network.building``, written out.

Only what the spec needs is in it: what a window's level needs no scale for has none.
"""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.export.code import Section, join_definitions, write_call, write_function, write_step
from lstm_core.export.layer_code import write_steps
from lstm_core.export.source import cut_definitions, read_constant
from lstm_core.learning.feeds.windows import TAUGHT, WindowShape
from lstm_core.models.plan import Plan
from lstm_core.models.recipes import plan_model
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.layers import SegmentDecoder, SequenceDecoder
from lstm_core.tasks.forecasting.levels import LEVELS
from lstm_core.tasks.forecasting.network.decoder_sizes import KNOWN_WIDTH, MIX_WIDTH

_LEAST_SPREAD: float = read_constant("tasks/forecasting/network/window_layers.py", "LEAST_SPREAD")


@dataclass(frozen=True)
class NetworkFrame:
    """What the network is built around, told from the spec and the examples' sizes."""

    spec: ExperimentSpec
    shape: WindowShape
    plan: Plan

    @classmethod
    def of(cls, spec: ExperimentSpec, shape: WindowShape) -> NetworkFrame:
        """Plan the network.

        Raises:
            SpecError: its layers don't go together.
        """
        is_one_by_one = _is_one_by_one(spec, shape)
        others = shape.num_past - shape.num_targets
        num_features = (1 if is_one_by_one else shape.num_targets) + others
        return cls(spec, shape, plan_model(spec.model, shape.lookback, num_features))

    @property
    def is_one_by_one(self) -> bool:
        """Whether each target is predicted from its own past."""
        return _is_one_by_one(self.spec, self.shape)

    @property
    def num_outputs(self) -> int:
        return 1 if self.is_one_by_one else self.shape.num_targets

    @property
    def normalisation(self) -> str:
        return self.spec.task.window_normalisation or "last_value"

    @property
    def has_ranges(self) -> bool:
        return self.spec.task.ranges == "quantile"

    @property
    def is_taught(self) -> bool:
        return isinstance(self.plan.decoder, SequenceDecoder)

    @property
    def names_series(self) -> bool:
        """Whether the network is told which series a window is of."""
        return isinstance(self.plan.decoder, SegmentDecoder) and self.shape.num_series > 1

    @property
    def steps(self) -> str:
        """How the code calls the steps that are predicted at once."""
        return "1" if self.spec.task.strategy == "recursive" else "HORIZON"

    @property
    def inputs(self) -> list[str]:
        """The names of the network's inputs, in order."""
        inputs = ["past"]
        inputs += ["future"] if self.shape.num_future else []
        inputs += ["series"] if self.names_series else []
        return inputs + ([TAUGHT] if self.is_taught else [])


def _is_one_by_one(spec: ExperimentSpec, shape: WindowShape) -> bool:
    return not spec.model.mixing and shape.num_targets > 1


def write_network(frame: NetworkFrame) -> list[Section]:
    """Return the layers that Keras does not bring, where there are any, and the network."""
    body = [
        *_write_inputs(frame),
        *_write_normalisation(frame),
        *_write_channels(frame),
        "",
        *write_steps(frame.plan.list_steps()),
        "",
        *_write_decoder(frame),
        *_write_output(frame),
    ]
    precision = frame.spec.training.precision
    blocks: list[str] = []
    if precision != "float32":
        blocks.append(write_call("keras.config.set_dtype_policy", precision))
    network = write_function(
        "build_network()", "From windows to predictions, all of them scaled.", body
    )
    blocks.append(network)
    sections = []
    definitions = cut_definitions(network)
    if definitions:
        note = "What Keras does not bring."
        sections.append(Section("Own layers", note, join_definitions(definitions)))
    note = "Each call draws new weights. Behind each layer stands the shape that it gives."
    sections.append(Section("The network", note, join_definitions(blocks)))
    return sections


def _write_inputs(frame: NetworkFrame) -> list[str]:
    shape, steps = frame.shape, frame.steps
    lines = {
        "past": f'past = keras.Input((LOOKBACK, {shape.num_past}), name="past")',
        "future": f'future = keras.Input(({steps}, {shape.num_future}), name="future")',
        "series": 'series = keras.Input((), dtype="int32", name="series")',
        TAUGHT: f'taught = keras.Input(({steps}, {shape.num_targets}), name="taught")',
    }
    return [lines[name] for name in frame.inputs]


def _write_normalisation(frame: NetworkFrame) -> list[str]:
    """Take a window's level, and its spread, from its targets."""
    count = frame.shape.num_targets
    has_others = frame.shape.num_past > count
    kind = frame.normalisation
    if kind == "none":
        lines = ["x = past"]
        return [*lines, "actual = taught"] if frame.is_taught else lines
    source = "targets" if has_others else "past"
    lines = [f"targets = past[:, :, :{count}]"] if has_others else []
    if kind == "last_value":
        lines.append(f"offset = {source}[:, -1:, :]")
        normalised, taught = f"{source} - offset", "taught - offset"
    else:
        lines.append(f"offset = ops.mean({source}, axis=1, keepdims=True)")
        lines.append(f"scale = ops.std({source}, axis=1, keepdims=True) + {_LEAST_SPREAD}")
        normalised, taught = f"({source} - offset) / scale", "(taught - offset) / scale"
    if has_others:
        normalised = f"ops.concatenate([{normalised}, past[:, :, {count}:]], axis=-1)"
    lines.append(f"x = {normalised}")
    return [*lines, f"actual = {taught}"] if frame.is_taught else lines


def _write_channels(frame: NetworkFrame) -> list[str]:
    """Make windows of one target each of windows of several."""
    first = [f"first = x[:, -1, :{frame.num_outputs}]"] if frame.is_taught else []
    if not frame.is_one_by_one:
        return first
    count = frame.shape.num_targets
    others = frame.shape.num_past - count
    own = f"x = ops.reshape(ops.transpose(x[:, :, :{count}], (0, 2, 1)), (-1, LOOKBACK, 1))"
    lines = ["", f"# From here on, each target by itself: {count} times as many windows."]
    if others:
        lines += [
            f"rest = ops.repeat(x[:, :, {count}:], {count}, axis=0)",
            own,
            "x = ops.concatenate([x, rest], axis=-1)",
        ]
    else:
        lines.append(own)
    if frame.is_taught:
        turned = "ops.transpose(actual, (0, 2, 1))"
        lines.append(f"actual = ops.reshape({turned}, (-1, {frame.steps}, 1))")
    if frame.shape.num_future:
        lines.append(f"future_of_each = ops.repeat(future, {count}, axis=0)")
    if isinstance(frame.plan.decoder, SegmentDecoder):
        if frame.names_series:
            lines.append(f"who = ops.expand_dims(series, -1) * {count} + ops.arange({count})")
        else:
            lines.append('who = ops.cast(ops.zeros_like(past[:, 0, :1]), "int32")')
            lines.append(f"who = who + ops.arange({count})")
        lines.append("who = ops.reshape(who, (-1,))")
    return lines + first


def _known(frame: NetworkFrame) -> str | None:
    if not frame.shape.num_future:
        return None
    return "future_of_each" if frame.is_one_by_one else "future"


def _write_decoder(frame: NetworkFrame) -> list[str]:
    """From ``x`` to ``point``, and ``widths`` where ranges are learnt."""
    decoder = frame.plan.decoder
    if isinstance(decoder, SequenceDecoder):
        return [*_write_sequence(frame, decoder), *_write_widths(frame, 1, 0)]
    if isinstance(decoder, SegmentDecoder):
        length = min(decoder.length, frame.shape.lookback)
        count = -(-frame.shape.horizon // length)
        lines = _write_segments(frame, length, count)
    elif _known(frame) is not None:
        length, count = 1, 0
        lines = [
            f"x = keras.layers.Dense({frame.steps} * {KNOWN_WIDTH})(x)",
            f"x = keras.layers.Reshape(({frame.steps}, {KNOWN_WIDTH}))(x)",
            f"x = keras.layers.Concatenate()([x, {_known(frame)}])",
            f'x = keras.layers.Dense({MIX_WIDTH}, activation="relu")(x)',
        ]
    else:
        length, count = 0, 0
        lines = []
    return [*lines, *_write_point(frame, length, count), *_write_widths(frame, length, count)]


def _size_of_group(frame: NetworkFrame, length: int, num_levels: int) -> str:
    """Predictions that one group of features makes; a length of 0: of all steps at once."""
    each = frame.num_outputs * num_levels
    if length:
        return str(length * each)
    if frame.steps == "1":
        return str(each)
    return "HORIZON" if each == 1 else f"HORIZON * {each}"


def _write_point(frame: NetworkFrame, length: int, count: int) -> list[str]:
    lines = [f"point = keras.layers.Dense({_size_of_group(frame, length, 1)})(x)"]
    return lines + _arrange("point", frame, length, count, str(frame.num_outputs))


def _write_widths(frame: NetworkFrame, length: int, count: int) -> list[str]:
    if not frame.has_ranges:
        return []
    num_levels = 2 * len(LEVELS)
    size = _size_of_group(frame, length, num_levels)
    dense = f'keras.layers.Dense({size}, activation="softplus")'
    return [
        "# How wide the ranges are is learnt from features that it can't change.",
        f"widths = {dense}(ops.stop_gradient(x))",
        *_arrange("widths", frame, length, count, f"{frame.num_outputs}, {num_levels}"),
    ]


def _arrange(name: str, frame: NetworkFrame, length: int, count: int, rest: str) -> list[str]:
    """Bring ``(batch, groups, values)`` to ``(batch, horizon, ...)``."""
    if length == 1 and "," not in rest:
        return []
    steps = count * length if count else frame.steps
    lines = [f"{name} = keras.layers.Reshape(({steps}, {rest}))({name})"]
    if count and count * length > frame.shape.horizon:
        lines.append(f"{name} = {name}[:, :{frame.steps}]")
    return lines


def _write_segments(frame: NetworkFrame, length: int, count: int) -> list[str]:
    units = frame.plan.state.width
    identities = 0
    if frame.names_series or frame.is_one_by_one:
        identities = frame.shape.num_series * (
            frame.shape.num_targets if frame.is_one_by_one else 1
        )
    who = "who" if frame.is_one_by_one else "series"
    asked = f"[x, {who}]" if identities else "[x]"
    query = write_call("SegmentQuery", count, units, identities)
    lines = [write_step("query", f"{query}({asked})", "what each segment ahead asks with")]
    known = _known(frame)
    if known is not None:
        missing = count * length - frame.shape.horizon
        if missing:
            lines.append(f"known = keras.layers.ZeroPadding1D((0, {missing}))({known})")
        source = "known" if missing else known
        width = length * frame.shape.num_future
        lines += [
            f"known = keras.layers.Reshape(({count}, {width}))({source})",
            f"query = keras.layers.Add()([query, keras.layers.Dense({units})(known)])",
        ]
    return [
        *lines,
        "# Side by side, one LSTM step for each segment goes on from the state.",
        f"state = [ops.repeat(x, {count}, axis=0), ops.repeat(cell, {count}, axis=0)]",
        f"query = ops.reshape(query, (-1, 1, {units}))",
        f"x = keras.layers.LSTM({units}, unroll=True)(query, initial_state=state)",
        write_step("x", f"ops.reshape(x, (-1, {count}, {units}))", f"({count}, {units})"),
    ]


def _write_sequence(frame: NetworkFrame, decoder: SequenceDecoder) -> list[str]:
    units, known = frame.plan.state.width, _known(frame)
    inputs = ["x", "cell", "first", "actual"]
    inputs += [] if known is None else [known]
    inputs += ["steps"] if decoder.attention is not None else []
    outputs = frame.num_outputs
    decode = write_call(
        "FeedbackDecoder",
        units,
        outputs,
        *([None] if decoder.attention is None else [decoder.attention]),
        decoder.teacher_forcing,
        has_known=known is not None,
    )
    return [
        f"decoded = {decode}([{', '.join(inputs)}])",
        f"x, point = decoded[:, :, :{units}], decoded[:, :, {units}:]",
    ]


def _write_output(frame: NetworkFrame) -> list[str]:
    """Put the targets together again, and give back what was taken from the window."""
    count, steps = frame.shape.num_targets, frame.steps
    num_levels = 2 * len(LEVELS)
    lines: list[str] = []
    if frame.is_one_by_one:
        point = f"ops.reshape(point, (-1, {count}, {steps}))"
        lines += ["", f"point = ops.transpose({point}, (0, 2, 1))"]
        if frame.has_ranges:
            widths = f"ops.reshape(widths, (-1, {count}, {steps}, {num_levels}))"
            lines.append(f"widths = ops.transpose({widths}, (0, 2, 1, 3))")
    inputs = frame.inputs
    given = (
        inputs[0]
        if len(inputs) == 1
        else "{" + ", ".join(f'"{name}": {name}' for name in inputs) + "}"
    )
    # The offset comes first: between symbolic tensors, Keras 3.15 takes what is added last for a
    # bias along the steps wherever a batch has as many windows as there are steps.
    restored = {
        "last_value": "offset + point",
        "mean_std": "offset + point * scale",
        "none": "point",
    }[frame.normalisation]
    if restored == "point" and frame.spec.training.precision != "float32":
        lines.append('point = ops.cast(point, "float32")')
    if not frame.has_ranges:
        return [*lines, f"return keras.Model({given}, {restored})"]
    if restored != "point":
        lines.append(f"point = {restored}")
    if frame.normalisation == "mean_std":
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
        f"return keras.Model({given}, ops.stack(ends, axis=-1))",
    ]
