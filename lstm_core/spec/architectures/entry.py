"""What is known of an architecture: its words, its layers, and how it is usually trained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lstm_core.spec.layers import Decoder, DirectDecoder, Layer

if TYPE_CHECKING:
    from lstm_core.spec.model import ModelSpec

Stack = list[Layer]

DIRECT = DirectDecoder()


@dataclass(frozen=True)
class Learning:
    """What suits a network beside the usual; what is none or 1 is as usual.

    Attributes:
        measured_for: the network that the figures were measured for, in words.
        rate: its learning rate.
        large_batch: windows in a batch where there are many.
        windows: in one epoch at most.
        num_steps: changes of weights that it needs, however many epochs they take.
        epochs: that are enough where epochs are long; ``most_epochs`` where they are short.
        decay: what the rate is multiplied by in each of that many epochs.
        wide_units: its width where many series are learnt by one network.
        is_mixing: one window holds all targets; else each is predicted from its own past.
    """

    measured_for: str = ""
    rate: float | None = None
    large_batch: int | None = None
    windows: int | None = None
    num_steps: int | None = None
    epochs: int = 50
    most_epochs: int = 100
    decay: float = 1.0
    wide_units: int | None = None
    is_mixing: bool = True


AS_USUAL = Learning()


@dataclass(frozen=True)
class ArchitectureEntry:
    """One architecture.

    Attributes:
        title: its name.
        sentence: what it is good for.
        recipe: from a spec that is filled in, and a lookback in steps, to layers and decoder; none
            where the spec brings its own.
        usual_layers: recurrent layers or blocks, where nothing is said.
        fewest_layers, most_layers: that it can have; ``instead``: what has another number of them.
        cuts_segments: it goes by ``model.segment``.
        comes_trained: it brings weights; ``recipe`` is what it would be untrained.
        learning: how it is usually trained.
    """

    title: str
    sentence: str
    recipe: Callable[[ModelSpec, int], tuple[Stack, Decoder]] | None
    usual_layers: int = 1
    fewest_layers: int = 1
    most_layers: int | None = None
    instead: str = ""
    cuts_segments: bool = False
    comes_trained: bool = False
    learning: Learning = AS_USUAL

    @property
    def is_made_to_be_stacked(self) -> bool:
        """Whether how many layers it has is worth asking."""
        return self.usual_layers > 1


def repeat(kind: Callable[..., Layer], spec: ModelSpec, **options: Any) -> Stack:
    """Return as many recurrent layers of a kind as the spec says."""
    one = kind(**width_of(spec), dropout=spec.dropout, **options)
    return [one] * spec.num_layers


def width_of(spec: ModelSpec) -> dict[str, Any]:
    assert spec.units is not None
    return {"units": spec.units, **penalties_of(spec)}


def penalties_of(spec: ModelSpec) -> dict[str, Any]:
    return {"l1": spec.l1, "l2": spec.l2}
