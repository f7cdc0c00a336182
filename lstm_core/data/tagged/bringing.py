"""How tagged sequences come from files; see ``data.bringing.Bringing``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lstm_core.data.bringing import Brought, Description
from lstm_core.data.items.reading.columns.findings import Finding
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.loading import load_tagged
from lstm_core.data.tagged.reading.read import read_tagged
from lstm_core.data.tagged.summary import describe_tagged
from lstm_core.data.wording import list_names
from lstm_core.spec.options import Option
from lstm_core.spec.tagged import TaggedDataSpec

OPTIONS = (
    Option("token", "data.token", "the column of words, one a row"),
    Option("tag", "data.tag", "the column of tags, one for each step"),
    Option("group", "data.group", "the column that names what must stay together"),
    Option("item", "data.item", "the column that says which rows are one sequence"),
    Option(
        "source",
        "data.source",
        "of tagged sequences, sample: DATA is a sample's name",
        metavar="SOURCE",
    ),
)
FILE_SOURCE = "file"
MOST_FILES: int | None = None

_NAMED = tuple(option.name for option in OPTIONS if option.name != "source")


def begin_section(name: str) -> dict[str, Any]:
    return {"source": FILE_SOURCE, "name": name}


def bring(data: TaggedDataSpec, files: Sequence[GivenFile]) -> Brought:
    if data.source != FILE_SOURCE:
        return Brought(load_tagged(data))
    reading = read_tagged(files, data)
    guesses = tuple(
        _say_guess(finding)
        for part, finding in reading.understanding.findings.items()
        if part in _NAMED and getattr(data, part) is None and (finding.value or finding.asks)
    )
    return Brought(reading.collection, guesses)


def bring_newer(data: TaggedDataSpec, files: Sequence[GivenFile]) -> TaggedCollection:
    return read_tagged(files, data, tagged=False).collection


def describe(collection: TaggedCollection) -> Description:
    summary = describe_tagged(collection)
    notes = (
        *(summary.evenness, summary.outside, summary.lengths, summary.repeated, summary.conflicts),
        *(summary.groups, summary.given_split, *summary.notes),
    )
    return Description(summary.title, tuple(filter(None, notes)))


def _say_guess(finding: Finding) -> str:
    """Say what was taken for what where nobody said it, and what else could be meant."""
    named = "none" if finding.value is None else list_names([finding.value])
    said = f"Taken as the {finding.part}: {named}. {finding.reason}"
    if finding.others:
        said += f" Others that could be, by --{finding.part}: {list_names(finding.others)}."
    return said
