"""The one way from files to a tagged collection, for the page and the command line alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.reading.building.build import build_tagged
from lstm_core.data.tagged.reading.columns.understanding import (
    TaggedUnderstanding,
    understand_tagged,
)
from lstm_core.data.tagged.reading.opening import Asked, open_tagged
from lstm_core.data.tagged.words import WordCut
from lstm_core.spec.tagged import TaggedDataSpec


@dataclass(frozen=True)
class TaggedReading:
    """A collection, and what was understood on the way to it."""

    collection: TaggedCollection
    understanding: TaggedUnderstanding


def read_tagged(
    files: Sequence[GivenFile],
    choice: TaggedDataSpec | None = None,
    *,
    tagged: bool = True,
    cut: WordCut | None = None,
) -> TaggedReading:
    """Recognise what was brought, give every column its part, and build the collection.

    A card that lets people choose opens the files once (``open_tagged``), and understands and
    builds again with each choice.

    Args:
        files: with their names, which may say train, dev or test.
        choice: what a person has decided; a field that is None is found.
        tagged: whether tags are needed, and have to be fit to learn from. Without, files may be
            running text as well, a sentence a line.
        cut: how running text is cut into words; None: as ``choice`` says, or words and marks.

    Raises:
        DataError: what happened, and what to do.
    """
    if choice is not None and not tagged:
        source = open_tagged(files, asked=_ask(choice, cut))
    else:
        source = open_tagged(files, header=None if choice is None else choice.header)
    understanding = understand_tagged(source, choice, tagged=tagged)
    return TaggedReading(build_tagged(source, understanding, tagged=tagged), understanding)


def _ask(choice: TaggedDataSpec, cut: WordCut | None) -> Asked:
    columns = (*choice.columns.values(), *(choice.channels or ()))
    if cut is None and choice.cut is not None:
        cut = WordCut.from_dict(choice.cut.model_dump())
    return Asked(columns, is_words=choice.content != "numbers", cut=cut)
