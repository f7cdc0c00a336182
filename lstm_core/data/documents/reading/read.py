"""The one way from files to a collection of texts, for the page and the command line alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.reading.building import build_documents
from lstm_core.data.documents.reading.opening import open_documents
from lstm_core.data.documents.reading.understanding import (
    DocumentsUnderstanding,
    understand_documents,
)
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.spec.documents import DocumentsDataSpec
from lstm_core.spec.items import NO_COLUMN


@dataclass(frozen=True)
class DocumentsReading:
    """A collection, and what was understood on the way to it."""

    collection: DocumentCollection
    understanding: DocumentsUnderstanding


def read_documents(
    files: Sequence[GivenFile], choice: DocumentsDataSpec | None = None, *, learnt: bool = True
) -> DocumentsReading:
    """Recognise what was brought, give every column its part, and build the collection.

    A card that lets people choose opens the files once (``open_documents``), and understands and
    builds again with each choice.

    Args:
        files: with their names; folders in names count.
        choice: what a person has decided; a field that is None is found.
        learnt: whether the texts are to be learnt from. Without, they are what a trained model is
            asked about: any length will do, and what the columns were called doesn't matter.

    Raises:
        DataError: what happened, and what to do.
    """
    if choice is not None and not learnt:
        choice = _forget_missing(files, choice)
    text = None if choice is None or choice.text == NO_COLUMN else choice.text
    source = open_documents(
        files, header=None if choice is None else choice.header, text_column=text
    )
    understanding = understand_documents(source, choice)
    return DocumentsReading(build_documents(source, understanding, learnt=learnt), understanding)


def _forget_missing(files: Sequence[GivenFile], choice: DocumentsDataSpec) -> DocumentsDataSpec:
    """Leave out the columns of the training that these files don't have, and their header."""
    columns = set(open_documents(files, text_column=choice.text).frame.columns)
    missing = {part: None for part, name in choice.columns.items() if name not in columns}
    return choice.model_copy(update=missing | {"header": None})
