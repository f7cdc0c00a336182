"""``Table``: a feed's numbers on the device, and which batches a trainer goes through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np

from lstm_core.engines.rooms import fill_up, make_room


@dataclass(frozen=True)
class Run:
    """Batches of one shape.

    Attributes:
        batches: what a step is given, one behind another: a tree of arrays, ``(batches, ...)``.
        count: how many of them are gone through, from the first on.
    """

    batches: Any
    count: int


@dataclass
class Course:
    """What an epoch goes through, to learn from or to be judged by.

    Attributes:
        runs: in turn. ``callbacks``: what draws the order of each epoch, and may put other runs.
    """

    runs: Sequence[Run]
    callbacks: list[keras.callbacks.Callback] = field(default_factory=list)

    @property
    def num_batches(self) -> int:
        return sum(run.count for run in self.runs)


class Table(keras.layers.Layer):
    """Numbers that are not trained; each batch is gathered inside the compiled step.

    So a step costs no Python, and the order is the same on every engine. What a step is *given*
    is the table's own affair: the trainer hands it through. Where a subclass holds more than one
    run needs, it says so in ``load``.
    """

    def __init__(self, name: str) -> None:
        super().__init__(dtype="float32", name=name)
        self.built = True

    def fits(self, feed: Any) -> bool:
        """Whether another feed can be loaded: whether it finds room, and its sizes are the same."""
        return True

    def load(self, feed: Any) -> None:
        """Replace the numbers by those of another feed that fits."""
        raise NotImplementedError

    def restart(self, seed: int) -> None:
        """Begin a fit: what is drawn inside the step follows from the seed alone."""

    def run(self, network: keras.Model, given: Any, training: bool) -> Any:
        """Return what a network says of what a step is given, ``(batch, ...)``."""
        raise NotImplementedError

    def find_places(self, given: Any, training: bool) -> Any:
        """Return the places that a step is given, ``(batch,)`` int32."""
        raise NotImplementedError

    def count(self, given: Any) -> Any:
        """Count the examples that a step is given, float32."""
        raise NotImplementedError

    def give(self, places: np.ndarray) -> Any:
        """Return what a step is given to learn from one batch, ``(n,)``."""
        raise NotImplementedError

    def drive(self, places: np.ndarray, num_batches: int, batch_size: int, seed: int) -> Course:
        """Plan epochs of batches: every place comes once before any comes again."""
        raise NotImplementedError

    def repeat(self, places: np.ndarray, num_batches: int) -> Course:
        """Plan epochs in which one batch, ``(n,)``, comes again and again."""
        raise NotImplementedError

    def check(self, places: np.ndarray, batch_size: int) -> Course:
        """Plan an evaluation in which each place counts once; the last one stays the last."""
        raise NotImplementedError

    def cut(self, places: np.ndarray) -> Iterable[tuple[np.ndarray, Any]]:
        """Cut places into batches of few sizes: an engine compiles anew for each size.

        Yields:
            Where in ``places`` the first rows of a batch stand, and what a step is given; rows
            beyond those only fill it up.
        """
        raise NotImplementedError

    def join(self, found: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
        """Put together what was said of batches.

        Args:
            found: where each batch's places stood in what ``cut`` was given, ``(n,)``, and what was
                said of them, ``(n, ...)``.
        """
        count = sum(len(at) for at, _ in found)
        said = np.empty((count, *found[0][1].shape[1:]), found[0][1].dtype)
        for at, part in found:
            said[at] = part
        return said

    def choose_inputs(self, network: keras.Model, found: Mapping[str, Any]) -> list[Any]:
        """Put inputs by name into the order in which a network takes them."""
        return [found[given.name] for given in network.inputs]

    def hold(self, values: np.ndarray, name: str, dtype: str = "float32") -> Any:
        """Return a variable with these values, and zeros behind them: see ``make_room``."""
        filled = make_room(values.astype(dtype, copy=False))
        return self.add_weight(
            shape=filled.shape,
            initializer=lambda *_, **__: filled,
            trainable=False,
            name=name,
            dtype=dtype,
        )

    def replace(self, held: Any, values: np.ndarray) -> None:
        """Put other values into what ``hold`` returned; they have to find room."""
        held.assign(fill_up(values, held.shape[0]))
