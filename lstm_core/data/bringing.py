"""How a collection of any kind comes from files, outside of the pages; imported on demand.

A kind is a folder beside this module. A new one is a line in ``_KINDS``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.spec.options import Option

_KINDS: Mapping[str, str] = {
    "series": "lstm_core.data.series.bringing",
    "items": "lstm_core.data.items.bringing",
    "tagged": "lstm_core.data.tagged.bringing",
    "documents": "lstm_core.data.documents.bringing",
    "pairs": "lstm_core.data.pairs.bringing",
}
"""By kind, the module that is its ``Bringing``."""


@dataclass(frozen=True)
class Brought:
    """A collection as it came from files.

    Attributes:
        guesses: what was chosen where nobody said it, and what else it could be, a sentence each.
    """

    collection: Any
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Description:
    """A collection in words: what it is, in a line, and a sentence for whatever is to be known."""

    title: str
    notes: tuple[str, ...]


class Bringing(Protocol):
    """How one kind comes from files; a module is one.

    Attributes:
        OPTIONS: the settings of its section that have an option on the command line.
        FILE_SOURCE: what its section calls files as a source; every other one is known by names.
        MOST_FILES: that may come together; none: any number, folders among them.
    """

    OPTIONS: tuple[Option, ...]
    FILE_SOURCE: str
    MOST_FILES: int | None

    def begin_section(self, name: str) -> dict[str, Any]:
        """Return the values of its section with which files begin.

        Args:
            name: of the file, the first of several, or their folder.
        """

    def bring(self, data: Any, files: Sequence[GivenFile]) -> Brought:
        """Read what is to be learnt from.

        Args:
            data: the kind's section of the spec.
            files: none where its source is another.

        Raises:
            StudioError: the files, or what the source has, can't be used as it says.
        """

    def bring_newer(self, data: Any, files: Sequence[GivenFile]) -> Any:
        """Read what a trained model is to be asked about; what is to be predicted may be missing.

        Args:
            data: what the model was trained with, ``begin_section`` of these files put into it.

        Raises:
            DataError: the files can't be used as it says.
        """

    def describe(self, collection: Any) -> Description:
        """Say what was read, and what was done to it."""


def find_bringing(kind: str) -> Bringing:
    """Return how collections of a kind come from files."""
    return cast(Bringing, import_module(_KINDS[kind]))


def list_options() -> list[Option]:
    """Return the options of all kinds, one after another."""
    return [option for kind in _KINDS for option in find_bringing(kind).OPTIONS]
