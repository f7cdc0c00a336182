"""Beam search: the beginnings that are followed, and the translations that have come to an end.

Source: Sutskever, Vinyals and Le, "Sequence to Sequence Learning with Neural Networks", NeurIPS
2014, section 3.2; the penalty: Wu et al., "Google's Neural Machine Translation System", 2016,
equation 14.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Plan:
    """How translations are searched for.

    Attributes:
        beam: beginnings of each that are followed at once; 1: always the likeliest next unit.
        length_penalty: 0: as likely as they are; above it, longer ones are favoured.
        num_wanted: translations of each text that are asked for; once as many have ended that no
            beginning can come to a better one, the search is over.
    """

    beam: int = 5
    length_penalty: float = 1.0
    num_wanted: int = 1


@dataclass(frozen=True, eq=False)
class Hypothesis:
    """A translation.

    Attributes:
        numbers: ``(units,)`` int32, without edges.
        log: the natural logarithm of its probability, its end's among it.
        score: ``log`` weighed by its length.
        is_whole: whether it came to its end; else it was cut.
    """

    numbers: np.ndarray
    log: float
    score: float
    is_whole: bool = True


def weigh(num_units: np.ndarray | int, length_penalty: float) -> np.ndarray:
    """Return what a logarithm is divided by; ``num_units`` has the end in it."""
    found: np.ndarray = ((5.0 + np.asarray(num_units, np.float64)) / 6.0) ** length_penalty
    return found


class Beams:
    """The beginnings of several texts' translations, and what they came to.

    Args:
        limits: ``(texts,)`` units of a translation at most, its end among them.

    Attributes:
        logs: ``(texts, beam)`` of the beginnings; -inf where there is none.
        is_over: ``(texts,)`` whether nothing better can come.
    """

    def __init__(self, limits: np.ndarray, plan: Plan) -> None:
        count = len(limits)
        self.plan = plan
        self.logs = np.full((count, plan.beam), -np.inf)
        self.logs[:, 0] = 0.0
        self.is_over = np.zeros(count, bool)
        self._limits = limits
        self._length = 0
        self._written = np.empty((count, plan.beam, 0), np.int32)
        self._found: list[list[Hypothesis]] = [[] for _ in limits]

    def go_on(
        self, ends: np.ndarray, logs: np.ndarray, numbers: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Take what may come next, and choose the beginnings that are followed.

        Args:
            ends: ``(texts, beam)`` logarithm of the probability that a beginning ends here.
            logs, numbers: ``(texts, beam, likeliest)`` of the likeliest units that go on.

        Returns:
            ``(texts, beam)``: from which beginning each goes on, and with which unit.
        """
        count, beam = self.logs.shape
        likeliest = logs.shape[2]
        self._length += 1
        totals = (self.logs[:, :, None] + logs).reshape(count, beam * likeliest)
        self._end(self.logs + ends, totals)
        best = np.argsort(-totals, axis=1, kind="stable")[:, :beam]
        parents = best // likeliest
        chosen = np.take_along_axis(numbers.reshape(count, -1), best, axis=1)
        self.logs = np.take_along_axis(totals, best, axis=1)
        before = np.take_along_axis(self._written, parents[:, :, None], axis=1)
        self._written = np.concatenate([before, chosen[:, :, None]], axis=2).astype(np.int32)
        self._close()
        return parents, chosen

    def tell(self) -> list[list[Hypothesis]]:
        """Return each text's translations, the best first; one that was cut where none ended."""
        return [own if own else [self._cut(number)] for number, own in enumerate(self._found)]

    def _end(self, ends: np.ndarray, others: np.ndarray) -> None:
        """Take down what ends here, and keep the best of each text.

        An end counts where it is among the likeliest ways to go on, as many as are followed: else
        every beginning, however unlikely it is to be over, would be a translation.
        """
        beam = self.plan.beam
        weight = float(weigh(self._length, self.plan.length_penalty))
        for text in np.flatnonzero(~self.is_over):
            own = self._found[text]
            ways = np.concatenate([ends[text], others[text]])
            least = np.partition(ways, -beam)[-beam] if len(ways) > beam else -np.inf
            for place in np.flatnonzero((ends[text] >= least) & (ends[text] > -np.inf)):
                log = float(ends[text, place])
                own.append(Hypothesis(self._written[text, place], log, log / weight))
            own.sort(key=lambda each: -each.score)

    def _close(self) -> None:
        """Note where enough have ended, or nothing that goes on can come to a better one."""
        beam = self.plan.beam
        wanted = min(self.plan.num_wanted, beam)
        highest = self.logs.max(axis=1) / weigh(self._limits, self.plan.length_penalty)
        for text in np.flatnonzero(~self.is_over):
            own = self._found[text]
            is_best = len(own) >= wanted and own[wanted - 1].score >= highest[text]
            is_enough = len(own) >= beam
            self.is_over[text] = is_best or is_enough or self._length >= self._limits[text]

    def _cut(self, text: int) -> Hypothesis:
        place = int(self.logs[text].argmax())
        numbers = self._written[text, place, : self._limits[text]]
        log = float(self.logs[text, place])
        weight = float(weigh(max(len(numbers), 1), self.plan.length_penalty))
        return Hypothesis(numbers, log, log / weight, is_whole=False)
