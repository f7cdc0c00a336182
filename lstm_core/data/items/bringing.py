"""How labelled sequences come from files; see ``data.bringing.Bringing``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lstm_core.data.bringing import Brought, Description
from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.loading import load_items
from lstm_core.data.items.reading.columns.findings import Finding
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.read import read_items
from lstm_core.data.items.summary import describe_items
from lstm_core.data.wording import list_names
from lstm_core.spec.items import ItemsDataSpec
from lstm_core.spec.options import Option

OPTIONS = (
    Option("text", "data.text", "the column of texts, or of symbols"),
    Option("label", "data.label", "the column of labels"),
    Option("group", "data.group", "the column that names what must stay together"),
    Option("item", "data.item", "the column that names an item"),
    Option("time", "data.time", "the column that orders the steps of an item, or the items"),
    Option("source", "data.source", "of items, sample: DATA is a sample's name", metavar="SOURCE"),
)
FILE_SOURCE = "file"
MOST_FILES: int | None = None

_NAMED = tuple(option.name for option in OPTIONS if option.name != "source")


def begin_section(name: str) -> dict[str, Any]:
    return {"source": FILE_SOURCE, "name": name}


def bring(data: ItemsDataSpec, files: Sequence[GivenFile]) -> Brought:
    if data.source != FILE_SOURCE:
        return Brought(load_items(data))
    reading = read_items(files, data)
    guesses = tuple(
        _say_guess(finding)
        for part, finding in reading.understanding.findings.items()
        if part in _NAMED and getattr(data, part) is None and (finding.value or finding.asks)
    )
    return Brought(reading.collection, guesses)


def bring_newer(data: ItemsDataSpec, files: Sequence[GivenFile]) -> ItemCollection:
    return read_items(files, data, labelled=False).collection


def describe(collection: ItemCollection) -> Description:
    summary = describe_items(collection)
    notes = (
        *(summary.evenness, summary.lengths, summary.duplicates, summary.conflicts),
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
