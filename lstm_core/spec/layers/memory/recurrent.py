"""What every layer that reads step by step has."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.layer import (
    USUAL,
    Counts,
    Flow,
    Group,
    Masking,
    Role,
    Size,
    WeightedLayer,
)
from lstm_core.spec.layers.options import (
    Activation,
    Dropout,
    OptionWords,
    RecurrentInitializer,
    Units,
)
from lstm_core.spec.layers.steps import UNUSED, Call, Last, Operand, Step, Unroll, add, apply
from lstm_core.spec.layers.uneven import keep_last

GATES_NAMED = (
    "$i_t$, $f_t$ and $o_t$ are the gates: input, forget and output, each from 0, shut, to 1, open"
)
THROUGH = "$x_t$ is what comes in at step $t$, $h_t$ what goes out"
SIGNS = r"$\sigma$ is the sigmoid, $\odot$ multiplies number by number"


class RecurrentLayer(WeightedLayer):
    """A state that each step changes."""

    group: ClassVar[Group] = "Memory"
    role: ClassVar[Role] = "recurrent"
    masking: ClassVar[Masking] = "told"
    num_states: ClassVar[int] = 1

    num_gates: ClassVar[int] = 4
    """Products of one step with the input, and as many with the state."""

    has_fast_kernel: ClassVar[bool] = False

    units: Units = Field(32, ge=1, le=4_096, description="Width of the state.")
    activation: Activation = Field("tanh", description="What squashes new values and the output.")
    dropout: Dropout = Field(
        0.0, ge=0, lt=1, description="Share of the inputs hidden while training."
    )
    recurrent_dropout: Annotated[
        float,
        OptionWords(
            "Recurrent dropout",
            "How much of its own state is hidden while training?",
            "Recurrent dropout: against overfitting within the memory. It loses the fast path on "
            "GPUs.",
            is_share=True,
            is_advanced=True,
        ),
    ] = Field(0.0, ge=0, lt=1, description="Share of the state hidden from itself while training.")
    recurrent_initializer: RecurrentInitializer = Field(
        "orthogonal", description="How the weights on the state are drawn at the start."
    )
    bidirectional: Annotated[
        Literal["concat", "sum", "mul", "ave"] | None,
        OptionWords(
            "Direction",
            "Does it read both ways?",
            "Bidirectional: a second layer reads backwards, and the two are joined. "
            "Twice the work.",
            {
                "concat": "Both ways, side by side",
                "sum": "Both ways, added",
                "mul": "Both ways, multiplied",
                "ave": "Both ways, their mean",
            },
            nothing="Forwards only",
        ),
    ] = Field(
        None,
        description="Read the steps both ways and join the two by this; none: forwards only.",
    )
    residual: Annotated[
        bool,
        OptionWords(
            "Residual",
            "A way around it",
            "Residual connection: its input is added to its output, so that deep stacks still "
            "learn.",
            {True: "Yes", False: "No"},
        ),
    ] = Field(False, description="Add the layer's input to its output, as a way around it.")

    @property
    def why_not_carried(self) -> str:
        if self.bidirectional is None:
            return ""
        return "reads backwards as well, from the end"

    @property
    def slow_because(self) -> str:
        if not self.has_fast_kernel:
            return f"there is no fast kernel for {self.title}"
        if self.activation != "tanh":
            return f"its activation is {self.activation}, and only tanh has one"
        opening = getattr(self, "recurrent_activation", "sigmoid")
        if opening != "sigmoid":
            return f"its recurrent activation is {opening}, and only sigmoid has one"
        if self.recurrent_dropout > 0:
            return "recurrent dropout works within the loop"
        return ""

    def resize(self, size: Size, name: str, wants_steps: bool) -> Size:
        width = self.units * (2 if self.bidirectional == "concat" else 1)
        return size.with_width(width) if wants_steps else Size(None, width)

    def count_cell(self, width: int) -> tuple[int, int]:
        """Return the multiplications of one step of ``width`` features, and all weights."""
        products = self.num_gates * self.units * (width + self.units)
        return products, products + self.num_gates * self.units

    def count(self, flow: Flow) -> Counts:
        width, steps = flow.before.width, flow.num_steps
        products, num_weights = self.count_cell(width)
        directions = 1 if self.bidirectional is None else 2
        flops = directions * steps * (2 * products + 10 * self.units)
        num_weights *= directions
        if self.residual and width != flow.after.width:
            num_weights += width * flow.after.width
            flops += 2 * steps * width * flow.after.width
        return Counts(num_weights, flops, directions * steps * (self.num_gates + 2) * self.units)

    def make_options(self) -> dict[str, Any]:
        """Return the options of the cell beside its units."""
        options: dict[str, Any] = {
            "activation": self.activation,
            "dropout": self.dropout,
            "recurrent_dropout": self.recurrent_dropout,
            "kernel_initializer": self.initializer,
            "recurrent_initializer": self.recurrent_initializer,
            "kernel_regularizer": self.make_regularizer(),
            "recurrent_regularizer": self.make_regularizer(),
        }
        opening = getattr(self, "recurrent_activation", None)
        return options if opening is None else {**options, "recurrent_activation": opening}

    def call(self, loop: dict[str, Any]) -> Call:
        """Return the layer; ``loop``: the options of what goes through the steps."""
        raise NotImplementedError

    def list_steps(self, flow: Flow) -> list[Step]:
        if flow.is_uneven:
            steps = self._read_items(flow)
            return self._go_around(flow, steps) if self.residual else steps
        loop: dict[str, Any] = {"return_sequences": flow.returns_steps}
        gives: tuple[str, ...] = ("x",)
        if flow.keeps_cell:
            loop = {"return_sequences": flow.keeps_steps, "return_state": True}
            gives = ("steps" if flow.keeps_steps else UNUSED, "x", "cell")
        recurrent = self.call({**loop, "unroll": Unroll(flow.num_steps)})
        if self.bidirectional is not None:
            merged = {"merge_mode": self.bidirectional}
            usual = {"merge_mode": "concat"}
            recurrent = Call("keras.layers.Bidirectional", (recurrent,), merged, usual)
        read = Step(gives, recurrent, ("x",), self.say_shape(flow), carries=flow.number)
        return self._go_around(flow, [read]) if self.residual else [read]

    def _go_around(self, flow: Flow, read: list[Step]) -> list[Step]:
        """Add the input to the output, brought to its width."""
        steps = [Step(("around",), None, ("x",)), *read]
        if flow.before.width != flow.after.width:
            bridge = Call("keras.layers.Dense", (flow.after.width,), {"use_bias": False})
            steps.append(Step(("around",), bridge, ("around",)))
        last: Operand = "around" if flow.returns_steps else Last("around")
        if flow.is_uneven and not flow.returns_steps:
            steps.append(keep_last("around"))
            last = "around"
        steps.append(add("x", "x", last))
        return [*steps, add("steps", "steps", "around")] if flow.keeps_steps else steps

    def _read_items(self, flow: Flow) -> list[Step]:
        """Read each item up to its own end, and backwards from there."""
        note = self.say_shape(flow)
        call = self.call({"return_sequences": True})
        if self.bidirectional is None:
            read = apply(call, note)
            return [read] if flow.returns_steps else [read, keep_last("x")]
        turn = Step(("back",), Call("Reverse"), ("back", "lengths"))
        # Backwards, the last step that is read is the item's first.
        ends = [turn] if flow.returns_steps else [keep_last("x"), keep_last("back")]
        return [
            Step(("back",), Call("Reverse"), ("x", "lengths")),
            apply(call),
            Step(("back",), call, ("back",)),
            *ends,
            Step(("x",), Call(_JOINS[self.bidirectional]), (("x", "back"),), note),
        ]


_JOINS = {
    "concat": "keras.layers.Concatenate",
    "sum": "keras.layers.Add",
    "mul": "keras.layers.Multiply",
    "ave": "keras.layers.Average",
}
"""What Keras's own bidirectional layer does by each of its merge modes."""


def call_keras(layer: RecurrentLayer, name: str, loop: dict[str, Any], **own: Any) -> Call:
    """Return one of Keras's own recurrent layers."""
    options = {**layer.make_options(), **own, **loop}
    return Call(f"keras.layers.{name}", (layer.units,), options, USUAL)


def call_cell(
    layer: RecurrentLayer,
    name: str,
    loop: dict[str, Any],
    own: dict[str, Any],
    usual: dict[str, Any] | None = None,
) -> Call:
    """Return a loop around a cell of ours, whose own options are ``own`` and usually ``usual``."""
    cell = Call(name, (layer.units,), {**layer.make_options(), **own}, USUAL | (usual or {}))
    return Call("keras.layers.RNN", (cell,), loop, USUAL)
