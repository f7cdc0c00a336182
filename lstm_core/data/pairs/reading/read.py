"""The one way from files to pairs, for the page and the command line alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.reading.building.build import build_pairs
from lstm_core.data.pairs.reading.columns.understanding import PairUnderstanding, understand_pairs
from lstm_core.data.pairs.reading.opening import open_pairs
from lstm_core.spec.pairs import PairsDataSpec


@dataclass(frozen=True)
class PairReading:
    """A collection, and what was understood on the way to it."""

    collection: PairCollection
    understanding: PairUnderstanding


def read_pairs(
    files: Sequence[GivenFile], choice: PairsDataSpec | None = None, *, paired: bool = True
) -> PairReading:
    """Recognise what was brought, give every column its part, and build the collection.

    Args:
        files: with their names, which may say train, dev or test, and languages.
        choice: what a person has decided; a field that is None is found.
        paired: whether what is wanted is needed. Without, files may be running text, one a line.

    Raises:
        DataError: what happened, and what to do.
    """
    columns = None
    if not paired:
        columns = [] if choice is None else list(choice.columns.values())
    header = None if choice is None or not paired else choice.header
    source = open_pairs(files, header=header, columns=columns)
    understanding = understand_pairs(source, choice, paired=paired)
    return PairReading(build_pairs(source, understanding, paired=paired), understanding)
