"""What every layer of an encoder is: a section of the spec, and all that follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from pydantic import Field

from lstm_core.errors import SpecError
from lstm_core.spec.layers.options import Initializer, L1Penalty, L2Penalty
from lstm_core.spec.layers.steps import Call, Step
from lstm_core.spec.section import Section

Group = Literal["Memory", "Shape", "Attention", "Between layers"]
"""The heading that a kind of layer is found under."""

Role = Literal["recurrent", "shape", "attention", "plain"]
"""What a drawing colours it by."""

Masking = Literal["each", "told", "zeros"]
"""How a layer treats steps that pad a short item, on its right.

``each``: what stands at one step reaches no other. ``told``: it is told how long each item is, and
leaves out the rest. ``zeros``: it finds zeros behind the end, as it would behind an item alone.
"""


@dataclass(frozen=True)
class LayerWords:
    r"""One kind of layer or decoder.

    Attributes:
        title: its name in a list.
        sentence: what it does, and when that helps.
        equations: what it computes, LaTeX.
        legend: what each letter and sign of the equations stands for, Markdown.
        source: where it comes from.
    """

    title: str
    sentence: str
    equations: tuple[str, ...]
    legend: str
    source: str


@dataclass(frozen=True)
class Size:
    """The shape of what flows, without the batch: ``(steps, width)``; ``(width,)`` for a vector.

    Attributes:
        is_uneven: items have unequal lengths and are padded on the right; ``steps`` are those of
            a usual one.
    """

    steps: int | None
    width: int
    is_uneven: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.width,) if self.steps is None else (self.steps, self.width)

    @property
    def num_values(self) -> int:
        return (self.steps or 1) * self.width

    def with_width(self, width: int) -> Size:
        return replace(self, width=width)

    def cut(self, length: int, name: str, what: str) -> Size:
        """Return as many steps as there are stretches of a length.

        A short item is filled up; a window has to hold one stretch, and its rest is left out.

        Args:
            name: of the layer's place. ``what``: it calls a stretch.

        Raises:
            SpecError: a window is too short for one.
        """
        steps = self.steps or 1
        if self.is_uneven:
            return replace(self, steps=-(-steps // length))
        check_length(name, what, length, steps)
        return replace(self, steps=steps // length)


@dataclass(frozen=True)
class Flow:
    """What goes in and out of a layer at its place.

    Attributes:
        number: of its place, from 1.
        keeps_cell: it is an LSTM, the last layer, and hands its cell state on as well.
        keeps_steps: beside that, its output at each step.
    """

    number: int
    before: Size
    after: Size
    keeps_cell: bool = False
    keeps_steps: bool = False

    @property
    def num_steps(self) -> int:
        """Steps that come in; one where it is a vector."""
        return self.before.steps or 1

    @property
    def returns_steps(self) -> bool:
        return self.after.steps is not None

    @property
    def is_uneven(self) -> bool:
        """Whether ``lengths``, ``(batch,)``, go beside the steps that come in."""
        return self.before.is_uneven


@dataclass(frozen=True)
class Counts:
    """What a layer costs.

    Attributes:
        num_weights: that are learnt.
        flops: forwards, for one window; a multiplication and its addition are two.
        num_values: what training has to remember of one window, in numbers.
    """

    num_weights: int
    flops: int
    num_values: int


@dataclass(frozen=True)
class Fitting:
    """What is tried where a place is too small for the default.

    Attributes:
        option: which option makes the layer smaller.
        sizes: what is tried in turn.
        follows_season: a season is tried before them.
    """

    option: str
    sizes: tuple[int, ...]
    follows_season: bool = False


class EncoderLayer(Section):
    """A layer as data: its options, and all that is known of it without building it.

    A new kind is a class of its own and a line in ``spec.layers``.
    """

    words: ClassVar[LayerWords]
    group: ClassVar[Group]
    role: ClassVar[Role] = "plain"
    masking: ClassVar[Masking]

    reads_steps: ClassVar[bool] = True
    """It needs several steps; the others take one vector as well."""

    shows_weights: ClassVar[bool] = False
    """How much each step counts for it can be looked at."""

    num_states: ClassVar[int] = 0
    """Vectors that its state is made of, where it can go on from one window to the next."""

    fitting: ClassVar[Fitting | None] = None

    @property
    def title(self) -> str:
        return self.words.title

    @property
    def is_penalised(self) -> bool:
        """Whether the size of its weights adds to the loss."""
        return False

    @property
    def has_cell(self) -> bool:
        """Whether a decoder can go on from its output and cell state."""
        return False

    @property
    def why_not_carried(self) -> str:
        """Why its state can't go on from one window to the next, in a phrase."""
        return ""

    @property
    def slow_because(self) -> str:
        """Why a GPU's fast recurrent kernel (cuDNN) can't be used, in a phrase.

        Empty where it can, or where there is nothing recurrent.
        """
        return ""

    def resize(self, size: Size, name: str, wants_steps: bool) -> Size:
        """Return what it makes of a size that suits ``reads_steps``.

        Args:
            name: of its place, for people.
            wants_steps: a layer behind it reads steps.

        Raises:
            SpecError: the size does not suit its options.
        """
        return size

    def count(self, flow: Flow) -> Counts:
        """Return what it costs."""
        return Counts(0, flow.before.num_values, flow.after.num_values)

    def list_steps(self, flow: Flow) -> list[Step]:
        """Return the steps from ``x`` to ``x``; ``cell`` and ``steps`` beside it where kept.

        Of items of unequal lengths, ``lengths`` are told what is behind an item's end, and a layer
        that makes fewer steps makes new ones of them: each item gives what it would give alone.

        The order counts: every layer draws the seeds of its weights when it is made.
        """
        raise NotImplementedError

    def say_shape(self, flow: Flow) -> str:
        """Return a script's comment on what it gives."""
        if flow.is_uneven and flow.returns_steps:
            return f"{self.title}: (steps, {flow.after.width})"
        return f"{self.title}: ({', '.join(map(str, flow.after.shape))})"


class WeightedLayer(EncoderLayer):
    """What every layer with a matrix of weights has."""

    initializer: Initializer = Field(
        "glorot_uniform", description="How the weights on the inputs are drawn at the start."
    )
    l1: L1Penalty = Field(0.0, ge=0, le=1, description="Penalty on the size of the weights.")
    l2: L2Penalty = Field(0.0, ge=0, le=1, description="Penalty on the square of the weights.")

    @property
    def is_penalised(self) -> bool:
        return self.l1 > 0 or self.l2 > 0

    def make_regularizer(self) -> Call | None:
        if not self.is_penalised:
            return None
        penalties = {"l1": self.l1, "l2": self.l2}
        return Call("keras.regularizers.L1L2", (), penalties, {"l1": 0.0, "l2": 0.0})

    def make_kernel_options(self) -> dict[str, Any]:
        """Return the options of a Keras layer with one kernel."""
        return {
            "kernel_initializer": self.initializer,
            "kernel_regularizer": self.make_regularizer(),
        }

    def call_dense(self, units: int, activation: str) -> Call:
        options = {"activation": activation, **self.make_kernel_options()}
        return Call("keras.layers.Dense", (units,), options, USUAL | {"activation": "linear"})


USUAL: dict[str, Any] = {
    "activation": "tanh",
    "recurrent_activation": "sigmoid",
    "dropout": 0.0,
    "recurrent_dropout": 0.0,
    "kernel_initializer": "glorot_uniform",
    "recurrent_initializer": "orthogonal",
    "return_sequences": False,
    "return_state": False,
    "unroll": False,
}
"""What Keras takes where nothing is said, in every recurrent layer."""


def check_length(name: str, what: str, length: int, steps: int) -> None:
    """Refuse a place that holds not one whole stretch.

    Raises:
        SpecError: ``length`` is more than the steps there are.
    """
    if length > steps:
        raise SpecError(
            f"{name} needs {length} steps for one {what}, and is given {steps}.",
            f"Shorten the {what}, or look back further.",
        )
