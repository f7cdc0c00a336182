"""A text goes on, unit by unit: what a prompt has left in the state, and what is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np

from lstm_core.engines.caller import make_caller
from lstm_core.errors import SpecError
from lstm_core.learning.encoding.units import EDGE, UNKNOWN
from lstm_core.learning.ensemble import mix_probabilities
from lstm_core.learning.feeds.carried_state import list_states
from lstm_core.tasks.language.sampling import (
    Sampling,
    choose_next,
    list_alternatives,
    make_generators,
)

STRETCH = 32
"""Units of a prompt that are read at once; those left over are read one by one."""

MOST_READ = 2_048
"""Units of a prompt, from its end: nothing older is left in the state."""

MOST_WRITTEN = 20_000
MOST_DRAFTS = 8
NUM_ALTERNATIVES = 6
"""Units that are told of as likely in each place."""


@dataclass(frozen=True)
class Wish:
    """What is to be written.

    Attributes:
        prompt: ``(n,)`` int32 units that come before; none: a text begins.
        length: units, unless a text ends before.
        num_drafts: that are written side by side.
        seed: of chance; a draft is the same however many there are beside it.

    Raises:
        SpecError: more than can be written.
    """

    prompt: np.ndarray
    length: int = 400
    num_drafts: int = 1
    sampling: Sampling = field(default_factory=Sampling)
    seed: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.length <= MOST_WRITTEN:
            raise SpecError(
                f"{self.length:,} units can't be written at once.",
                f"Ask for 1 to {MOST_WRITTEN:,}; more can be written on from there.",
            )
        if not 1 <= self.num_drafts <= MOST_DRAFTS:
            raise SpecError(
                f"{self.num_drafts:,} drafts can't be written side by side.",
                f"Ask for 1 to {MOST_DRAFTS}.",
            )


@dataclass(frozen=True, eq=False)
class Written:
    """The next unit of each draft.

    Attributes:
        numbers: ``(drafts,)`` int32; ``EDGE`` where a draft has ended, from then on.
        logs: ``(drafts,)`` logarithm of its probability, as the model has it.
        alternatives: draft by draft, the likeliest units with their probabilities.
    """

    numbers: np.ndarray
    logs: np.ndarray
    alternatives: tuple[Sequence[tuple[int, float]], ...]


class Hand:
    """Writes with one or several networks of one kind, whose probabilities are averaged.

    Owns what was compiled: for each number of drafts, one unit or a stretch at a time.

    Args:
        networks: each with weights of its own; with those that they have when it writes.
    """

    def __init__(self, networks: Sequence[keras.Model]) -> None:
        self._calls = [make_caller(network) for network in networks]
        self._widths = [int(state.shape[-1]) for state in list_states(networks[0])]

    def write(self, wish: Wish) -> Iterator[Written]:
        """Yield what is written, unit by unit, until all drafts have ended or it is long enough."""
        drafts = wish.num_drafts
        forbidden = (*wish.sampling.forbidden, UNKNOWN)
        sampling = Sampling(
            wish.sampling.temperature, wish.sampling.top_k, wish.sampling.top_p, forbidden
        )
        generators = make_generators(wish.seed, drafts)
        logs, states = self.read(wish.prompt)
        logs = np.repeat(logs, drafts, axis=0)
        states = [[np.repeat(np.asarray(each), drafts, axis=0) for each in own] for own in states]
        is_over = np.zeros(drafts, bool)
        for count in range(1, wish.length + 1):
            chosen = choose_next(logs, sampling, generators)
            chosen = np.where(is_over, EDGE, chosen).astype(np.int32)
            is_over |= chosen == EDGE
            yield Written(
                chosen,
                logs[np.arange(drafts), chosen],
                tuple(list_alternatives(each, NUM_ALTERNATIVES) for each in logs),
            )
            if is_over.all() or count == wish.length:
                return
            logs, states = self._step(chosen[:, None], states)

    def read(self, prompt: np.ndarray) -> tuple[np.ndarray, list[list[Any]]]:
        """Return what comes next after a prompt, ``(1, units)`` logarithms, and the states."""
        given = np.append(np.int32(EDGE), prompt[-MOST_READ:]).astype(np.int32)
        states = self._begin(1)
        whole = len(given) // STRETCH * STRETCH
        logs = np.empty((1, 0))
        for begin in range(0, whole, STRETCH):
            logs, states = self._step(given[None, begin : begin + STRETCH], states)
        for place in range(whole, len(given)):
            logs, states = self._step(given[None, place : place + 1], states)
        return logs, states

    def tell(self, units: np.ndarray) -> Iterator[tuple[float, Sequence[tuple[int, float]]]]:
        """Yield of each unit of a text how likely it was, a logarithm, and what else was likely."""
        given = np.append(np.int32(EDGE), units).astype(np.int32)
        states = self._begin(1)
        for begin in range(0, len(units), STRETCH):
            part = given[begin : begin + STRETCH]
            filled = np.pad(part, (0, STRETCH - len(part)))
            logs, states = self._say(filled[None], states)
            for row, unit in zip(logs[0], units[begin : begin + STRETCH], strict=False):
                yield float(row[unit]), list_alternatives(row, NUM_ALTERNATIVES)

    def _begin(self, drafts: int) -> list[list[Any]]:
        return [
            [np.zeros((drafts, width), np.float32) for width in self._widths] for _ in self._calls
        ]

    def _step(
        self, units: np.ndarray, states: list[list[Any]]
    ) -> tuple[np.ndarray, list[list[Any]]]:
        logs, states = self._say(units, states)
        return logs[:, -1], states

    def _say(
        self, units: np.ndarray, states: list[list[Any]]
    ) -> tuple[np.ndarray, list[list[Any]]]:
        """Return logarithms of the next unit's probabilities, ``(drafts, steps, units)``."""
        found, ends = [], []
        for call, own in zip(self._calls, states, strict=True):
            said, *after = call([units, *own])
            found.append(_normalise(np.asarray(said, np.float64)))
            ends.append(after)
        return (found[0] if len(found) == 1 else mix_probabilities(found)), ends


def _normalise(said: np.ndarray) -> np.ndarray:
    """Return logarithms of probabilities from what speaks for each unit."""
    peaks = said.max(axis=-1, keepdims=True)
    normal: np.ndarray = said - peaks - np.log(np.exp(said - peaks).sum(axis=-1, keepdims=True))
    return normal


def read_sampling(asked: Mapping[str, Any]) -> Sampling:
    """Return how bold it is to write, from JSON; what is missing is usual."""
    return Sampling(
        temperature=float(asked.get("temperature", 1.0)),
        top_k=None if asked.get("top_k") is None else int(asked["top_k"]),
        top_p=float(asked.get("top_p", 1.0)),
    )
