"""Members of an ensemble that are trained in other processes, while this one trains its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from lstm_core.learning.ensemble import Member


@dataclass(frozen=True)
class Job:
    """One member to train.

    Attributes:
        fold: counts from 0. ``member``: within the fold, from 0: what its seed is counted by.
        number: of its first network in the whole run, from 1, for the events.
    """

    fold: int
    member: int
    number: int


class Elsewhere(Protocol):
    """Trains members as this process would: with the same seeds, and so the same weights."""

    def offer(self, jobs: Sequence[Job], kinds: Mapping[str, str], seconds: float) -> None:
        """Say what is still to come, in order; the first of them is trained here in any case.

        Args:
            kinds: of the layers that were chosen, by the layers' names.
            seconds: what the last member took.
        """

    def take(self, job: Job) -> Member | None:
        """Return a member that was trained elsewhere, waiting for it; its events are told first.

        None: it is nobody else's, or whoever had it is gone; it is to be trained here.

        Raises:
            RunCancelled: the run was asked to stop meanwhile.
            NothingLearnt: it was asked to conclude before that member had learnt anything.
        """
