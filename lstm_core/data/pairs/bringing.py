"""How pairs come from files; see ``data.bringing.Bringing``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lstm_core.data.bringing import Brought, Description
from lstm_core.data.items.reading.columns.findings import Finding
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.loading import load_pairs
from lstm_core.data.pairs.reading.read import read_pairs
from lstm_core.data.pairs.summary import describe_pairs
from lstm_core.data.wording import list_names
from lstm_core.spec.options import Option
from lstm_core.spec.pairs import PairsDataSpec

OPTIONS = (
    Option("given", "data.given", "the column of what is to be translated"),
    Option("wanted", "data.wanted", "the column of translations"),
    Option("group", "data.group", "the column that names what must stay together"),
    Option("source", "data.source", "of pairs, sample: DATA is a sample's name", metavar="SOURCE"),
)
FILE_SOURCE = "file"
MOST_FILES: int | None = None

_NAMED = tuple(option.name for option in OPTIONS if option.name != "source")


def begin_section(name: str) -> dict[str, Any]:
    return {"source": FILE_SOURCE, "name": name}


def bring(data: PairsDataSpec, files: Sequence[GivenFile]) -> Brought:
    if data.source != FILE_SOURCE:
        return Brought(load_pairs(data))
    reading = read_pairs(files, data)
    guesses = tuple(
        _say_guess(finding)
        for part, finding in reading.understanding.findings.items()
        if part in _NAMED and getattr(data, part) is None and (finding.value or finding.asks)
    )
    return Brought(reading.collection, guesses)


def bring_newer(data: PairsDataSpec, files: Sequence[GivenFile]) -> PairCollection:
    return read_pairs(files, data, paired=False).collection


def describe(collection: PairCollection) -> Description:
    summary = describe_pairs(collection)
    notes = (
        *(summary.languages, summary.lengths, summary.repeated, summary.several, summary.equal),
        *(summary.groups, summary.given_split, *summary.notes),
    )
    return Description(summary.title, tuple(filter(None, notes)))


def _say_guess(finding: Finding) -> str:
    """Say what was taken for what where nobody said it, and what else could be meant."""
    named = "none" if finding.value is None else list_names([finding.value])
    said = f"Taken as {finding.part}: {named}. {finding.reason}"
    if finding.others:
        said += f" Others that could be, by --{finding.part}: {list_names(finding.others)}."
    return said
