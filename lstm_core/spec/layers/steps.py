"""A network as steps: what is made of which values, and how a script says so.

Nothing of Keras is needed to write them down. ``models.building`` carries them out, and
``export.steps_code`` writes them as lines of a script: the network is put together once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, eq=False)
class Call:
    """A layer, cell, initialiser or regulariser, and what it is made with.

    Attributes:
        name: as a script calls it: ``keras.layers.Dense``, or the bare name of one of ours that
            is known to ``models.building``.
        arguments, options: literals, calls, or ``Unroll``.
        usual: options that are so anyway, and that a script leaves out.
        label: what the network calls the layer; a script has no use for it.
    """

    name: str
    arguments: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    usual: Mapping[str, Any] = field(default_factory=dict)
    label: str = ""

    def with_options(self, **options: Any) -> Call:
        return replace(self, options={**self.options, **options})


MOST_UNROLLED = 16
"""A loop of more steps is not faster written out."""


@dataclass(frozen=True)
class Unroll:
    """Whether a loop of so many steps is written out: a matter of the device, too."""

    num_steps: int


@dataclass(frozen=True)
class Last:
    """The last step of a sequence ``(batch, steps, width)``."""

    name: str

    def take(self, values: Any) -> Any:
        return values[:, -1, :]

    def __str__(self) -> str:
        return f"{self.name}[:, -1, :]"


@dataclass(frozen=True)
class Since:
    """The steps of a sequence ``(batch, steps, width)`` from one of them on."""

    name: str
    start: int

    def take(self, values: Any) -> Any:
        return values[:, self.start :, :]

    def __str__(self) -> str:
        return f"{self.name}[:, {self.start}:, :]"


Operand = str | Last | Since

UNUSED = "_"
"""What is given and not asked for again."""


class Named(int):
    """A number that a script calls by a name, such as ``HORIZON``."""

    code: str

    def __new__(cls, value: int, code: str) -> Named:
        number = super().__new__(cls, value)
        number.code = code
        return number

    def __repr__(self) -> str:
        return self.code


@dataclass(frozen=True, eq=False)
class Step:
    """One step: ``gives = does(takes)``.

    Attributes:
        gives: names of what comes out.
        does: a layer to make and to apply, a function of tensors, or none: what is taken, as
            it is.
        takes: what goes in; several that go in as one list stand in a tuple of their own. With
            nothing to take, what is made is given: an input.
        note: a comment of the script's, behind the line. ``above``: lines above it.
        says: the expression by which a script says it in other words, as it need not load what
            training needs, or the lines; none: as it is done.
        is_inline: a script writes it where it is taken, as it is taken once.
        by_name: what goes in beside it, each by the name of the layer's own parameter; several
            that go in as one list stand in a tuple.
        carries: the number of the place whose state may go on from window to window.
    """

    gives: tuple[str, ...]
    does: Call | Callable[..., Any] | None
    takes: tuple[Operand | tuple[Operand, ...], ...]
    note: str = ""
    above: tuple[str, ...] = ()
    says: str | tuple[str, ...] | None = None
    is_inline: bool = False
    by_name: Mapping[str, Operand | tuple[Operand, ...]] = field(default_factory=dict)
    carries: int | None = None


def go_on_from(step: Step, starts: tuple[str, ...], ends: tuple[str, ...]) -> Step:
    """Return a recurrent step that begins with a state, and gives the one at its end as well.

    Args:
        starts, ends: the names of the state's vectors.
    """
    assert isinstance(step.does, Call)
    does = step.does.with_options(return_state=True)
    named = {**step.by_name, "initial_state": starts}
    return replace(step, gives=(step.gives[0], *ends), does=does, by_name=named, carries=None)


def apply(does: Call | None, note: str = "") -> Step:
    """Return the step from ``x`` to ``x``."""
    return Step(("x",), does, ("x",), note)


def add(target: str, *operands: Operand, note: str = "") -> Step:
    return Step((target,), Call("keras.layers.Add"), (operands,), note)
