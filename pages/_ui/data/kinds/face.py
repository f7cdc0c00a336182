"""``KindPages``: what one kind of collection has of its own where people bring and load data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.runs.snapshots.draft import Draft, Upload
from lstm_core.spec.section import Section


class Sample(Protocol):
    """A collection that is always at hand; see ``lstm_core.data``."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def steps(self) -> str: ...
    @property
    def teaches(self) -> str: ...
    @property
    def real(self) -> bool: ...
    @property
    def origin(self) -> str: ...
    @property
    def data(self) -> Section: ...


@dataclass(frozen=True)
class WayIn:
    """A way in that one kind has alone.

    Attributes:
        title: with an icon before it.
        choose: asks for what it needs; returns the draft that begins with it.
    """

    title: str
    choose: Callable[[Draft | None], Draft | None]


class KindPages(Protocol):
    """How one kind of collection comes in; the shell asks it and names none.

    Attributes:
        ways: by ``source`` of its section, the way in that it comes by: ``upload``, ``sample`` or
            one of ``own_ways``.
        own_ways: by name.
        endings: of files that it reads, without their dot.
        wanted: what a file has to hold, after "Bring …".
        samples: by name.
    """

    ways: Mapping[str, str]
    own_ways: Mapping[str, WayIn]
    endings: Sequence[str]
    wanted: str
    samples: Mapping[str, Sample]

    def begin(self, uploads: Sequence[Upload]) -> Section:
        """Return the section that uploaded files begin with, everything else left to them."""

    def pick(self, uploads: Sequence[Upload]) -> Sequence[Upload]:
        """Return those of several files, in the order of their coming, that are made use of."""

    def list_wanted(self, data: Section) -> Sequence[str]:
        """Return the columns that are to be predicted, as far as they are known."""

    def rate(self, files: Sequence[GivenFile]) -> float:
        """Return how much speaks for files being of this kind, from 0 to 1."""

    def load(self, draft: Draft) -> Any:
        """Return the collection that a draft's files or source hold; not to be changed.

        Raises:
            StudioError: they can't be used as the draft says.
        """

    def adapt(self, collection: Any, data: Section) -> Any:
        """Return what a draft takes of a recorded collection."""
