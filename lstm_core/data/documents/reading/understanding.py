"""Which column holds the texts, and what else the table says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.data.documents.reading.source import DocumentSource
from lstm_core.data.items.reading.columns.facts import ColumnFacts, gather_facts
from lstm_core.data.items.reading.columns.findings import Finding
from lstm_core.data.items.reading.columns.vocabulary import (
    names_group,
    names_item,
    names_split,
    names_text,
)
from lstm_core.data.wording import list_names
from lstm_core.errors import DataError, suggest_name
from lstm_core.spec.documents import DocumentsDataSpec
from lstm_core.spec.items import NO_COLUMN

PARTS = ("text", "item", "group", "split")
"""The parts that one column may have, as ``DocumentsDataSpec`` calls them."""

_LONG = 20
"""Characters of a usual cell; a column of shorter ones is names or labels."""


@dataclass(frozen=True)
class DocumentsUnderstanding:
    """All decisions together.

    Attributes:
        spec: every part filled in; ``NO_COLUMN`` where there is none.
        findings: by part.
        columns: what the table's columns hold; none where each file is a text.
    """

    spec: DocumentsDataSpec
    findings: Mapping[str, Finding]
    columns: tuple[ColumnFacts, ...]


def understand_documents(
    source: DocumentSource, choice: DocumentsDataSpec | None = None
) -> DocumentsUnderstanding:
    """Give every column its part.

    Args:
        choice: what a person has decided; a field that is None is found.

    Raises:
        DataError: no column holds texts, or a chosen one is not there.
    """
    choice = choice or DocumentsDataSpec(source="file", name=source.name[:200])
    facts = () if source.is_files else gather_facts(source.frame)
    taken = _check_choice(source, choice)
    findings: dict[str, Finding] = {}
    for part in PARTS:
        chosen = getattr(choice, part)
        if chosen is not None:
            value = None if chosen == NO_COLUMN else chosen
            findings[part] = Finding(part, value, "You chose it.")
        elif source.is_files:
            hint = source.hints.get(part)
            value = hint.column if hint and hint.column not in taken else None
            findings[part] = Finding(part, value, hint.reason if hint else "Paths don't say any.")
        else:
            findings[part] = _find(part, [each for each in facts if each.name not in taken])
        if findings[part].value is not None:
            taken.add(str(findings[part].value))
    if findings["text"].value is None:
        raise DataError(
            "No column of the table holds texts.",
            f"Choose one of {list_names(list(source.frame.columns))}, or bring running text.",
        )
    filled = {part: findings[part].value or NO_COLUMN for part in PARTS}
    header = source.has_header if choice.header is None else choice.header
    spec = choice.model_copy(update=filled | {"header": header})
    return DocumentsUnderstanding(spec, findings, facts)


def _check_choice(source: DocumentSource, choice: DocumentsDataSpec) -> set[str]:
    columns = list(source.frame.columns)
    for part, name in choice.columns.items():
        if name not in columns:
            raise DataError(
                f'There is no column "{name[:60]}" for the {part}.',
                f"The columns are {list_names(columns)}.{suggest_name(name, columns)}",
            )
    return set(choice.columns.values())


def _find(part: str, facts: list[ColumnFacts]) -> Finding:
    if part == "text":
        return _find_text(facts)
    able = [each for each in facts if _FITS[part](each)]
    if not able:
        return Finding(part, None, "No column is called so.")
    others = tuple(each.name for each in able[1:])
    return Finding(part, able[0].name, "Its name says so.", others)


def _find_text(facts: list[ColumnFacts]) -> Finding:
    """The column with the longest cells, where no other is called a text."""
    able = [each for each in facts if not each.is_number and not each.is_time and each.num_given]
    long = [each for each in able if each.characters >= _LONG or names_text(each.name)]
    if not long and len(able) == 1:
        long = able
    if not long:
        return Finding("text", None, "No column has cells of running text.")
    long.sort(key=lambda each: (not names_text(each.name), -each.characters))
    best = long[0]
    reason = "Its name says so." if names_text(best.name) else "Its cells are the longest."
    return Finding("text", best.name, reason, tuple(each.name for each in long[1:]))


def _fits_item(facts: ColumnFacts) -> bool:
    return names_item(facts.name) and facts.num_distinct == facts.num_rows


def _fits_group(facts: ColumnFacts) -> bool:
    return names_group(facts.name) and 1 < facts.num_distinct < facts.num_given


def _fits_split(facts: ColumnFacts) -> bool:
    return names_split(facts.name) and facts.parts > 1


_FITS = {"item": _fits_item, "group": _fits_group, "split": _fits_split}
