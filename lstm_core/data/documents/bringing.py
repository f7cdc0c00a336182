"""How running texts come from files; see ``data.bringing.Bringing``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lstm_core.data.bringing import Brought, Description
from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.loading import load_documents
from lstm_core.data.documents.reading.read import read_documents
from lstm_core.data.documents.summary import describe_documents
from lstm_core.data.items.reading.columns.findings import Finding
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.wording import list_names
from lstm_core.spec.documents import DocumentsDataSpec
from lstm_core.spec.options import Option

OPTIONS = (
    Option("text", "data.text", "the column of texts, each a document"),
    Option("item", "data.item", "the column that names a document"),
    Option("group", "data.group", "the column that names what must stay together"),
    Option(
        "source",
        "data.source",
        "of running texts, sample: DATA is a sample's name",
        metavar="SOURCE",
    ),
)
FILE_SOURCE = "file"
MOST_FILES: int | None = None

_NAMED = tuple(option.name for option in OPTIONS if option.name != "source")


def begin_section(name: str) -> dict[str, Any]:
    return {"source": FILE_SOURCE, "name": name}


def bring(data: DocumentsDataSpec, files: Sequence[GivenFile]) -> Brought:
    if data.source != FILE_SOURCE:
        return Brought(load_documents(data))
    reading = read_documents(files, data)
    guesses = tuple(
        _say_guess(finding)
        for part, finding in reading.understanding.findings.items()
        if part in _NAMED
        and getattr(data, part) is None
        and finding.value
        and reading.understanding.columns
    )
    return Brought(reading.collection, guesses)


def bring_newer(data: DocumentsDataSpec, files: Sequence[GivenFile]) -> DocumentCollection:
    return read_documents(files, data, learnt=False).collection


def describe(collection: DocumentCollection) -> Description:
    summary = describe_documents(collection)
    notes = (
        *(summary.signs, summary.lengths, summary.lines, summary.repeated, summary.little),
        *(summary.groups, summary.given_split, *summary.notes),
    )
    return Description(summary.title, tuple(filter(None, notes)))


def _say_guess(finding: Finding) -> str:
    """Say what was taken for what where nobody said it, and what else could be meant."""
    said = f"Taken as the {finding.part}: {list_names([str(finding.value)])}. {finding.reason}"
    if finding.others:
        said += f" Others that could be, by --{finding.part}: {list_names(finding.others)}."
    return said
