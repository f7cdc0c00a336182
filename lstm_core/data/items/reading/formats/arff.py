"""ARFF, the format of Weka and of the UCR and UEA archive.

Source: https://waikato.github.io/weka-wiki/formats_and_processing/arff_stable/. A signal of
several channels is a relational attribute: a quoted text with a row for each channel.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.columns.vocabulary import rank_label_name
from lstm_core.data.items.reading.formats.heading import name_columns
from lstm_core.data.items.reading.source import Hint, ItemSource
from lstm_core.data.items.signals import Signals
from lstm_core.errors import DataError

_ATTRIBUTE = re.compile(
    r"""@attribute\s+(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\S+))\s*(.*)""", re.IGNORECASE
)
_NUMERIC = ("numeric", "real", "integer")
_MOST_ATTRIBUTES = 200_000


@dataclass(frozen=True)
class _Attribute:
    name: str
    kind: str  # numeric, nominal, string, date, relational


def looks_like_arff(text: str) -> bool:
    return bool(re.search(r"(?mi)^[ \t]*@relation\b", text[:200_000])) and bool(
        re.search(r"(?mi)^[ \t]*@attribute\b", text[:400_000])
    )


def read_arff(text: str, name: str) -> ItemSource:
    """Return a row an instance; a relational attribute of numbers becomes signals.

    Raises:
        DataError: no ``@data``, rows that don't fit the attributes, or the sparse form.
    """
    attributes, body = _read_header(text, name)
    rows = _read_rows(body, attributes, name)
    relational = [n for n, attribute in enumerate(attributes) if attribute.kind == "relational"]
    signals = None
    if relational:
        signals = _read_relation([row[relational[0]] for row in rows], attributes, name)
    kept = [n for n in range(len(attributes)) if n not in relational]
    names, notes = name_columns([attributes[n].name for n in kept], len(kept))
    columns = {
        column: ["" if row[n] == "?" else row[n] for row in rows]
        for column, n in zip(names, kept, strict=True)
    }
    frame = pd.DataFrame(columns, index=range(len(rows)), dtype="str")
    nominal = [
        column
        for column, n in zip(names, kept, strict=True)
        if attributes[n].kind in ("nominal", "string")
    ]
    hints = {}
    if nominal:
        # Weka takes the last attribute for the class, unless one says that it is.
        label = max(nominal, key=lambda column: (rank_label_name(column), names.index(column)))
        if attributes[kept[names.index(label)]].kind == "nominal":
            hints["label"] = Hint(label, "The file lists the labels that it may have.")
    return ItemSource(
        frame,
        name,
        signals=signals,
        content="numbers" if signals is not None else None,
        hints=hints,
        has_header=None,
        notes=tuple(notes),
    )


def _read_header(text: str, name: str) -> tuple[list[_Attribute], str]:
    attributes: list[_Attribute] = []
    inside = ""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].strip()
        start = end + 1
        lower = line.lower()
        if lower.startswith("@data"):
            if not attributes:
                break
            return attributes, text[start:]
        if lower.startswith("@end"):
            inside = ""
        found = _ATTRIBUTE.match(line)
        if found is None or inside:
            continue
        title = next(part for part in found.groups()[:3] if part is not None)
        title = re.sub(r"\\(.)", r"\1", title)
        told = found.group(4).strip()
        kind = told.split()[0].lower() if told.split() else "string"
        kind = "nominal" if told.startswith("{") else "numeric" if kind in _NUMERIC else kind
        attributes.append(_Attribute(title, kind))
        inside = title if kind == "relational" else ""
        if len(attributes) > _MOST_ATTRIBUTES:
            raise _refuse(name, f"it has more than {_MOST_ATTRIBUTES:,} attributes")
    raise _refuse(name, "it has no attributes, or no line @data")


def _read_rows(body: str, attributes: Sequence[_Attribute], name: str) -> list[list[str]]:
    lines = [
        line for line in body.split("\n") if line.strip() and not line.lstrip().startswith("%")
    ]
    if not lines:
        raise _refuse(name, "no row follows @data")
    if lines[0].lstrip().startswith("{"):
        raise _refuse(name, "its rows are in the sparse form, which is not read")
    single = sum(line.count("'") for line in lines[:100])
    double = sum(line.count('"') for line in lines[:100])
    quote = '"' if double > single else "'"
    separator = "\t" if "\t" in lines[0] and lines[0].count(",") < len(attributes) - 1 else ","
    reader = csv.reader(
        io.StringIO("\n".join(lines)),
        delimiter=separator,
        quotechar=quote,
        skipinitialspace=True,
        doublequote=False,
        # Between the channels of a relation stands a \n of two characters.
        escapechar=None if any(each.kind == "relational" for each in attributes) else "\\",
    )
    try:
        rows = [[cell.strip() for cell in row] for row in reader]
    except csv.Error as error:
        raise _refuse(name, "a cell is longer than any item may be") from error
    for number, row in enumerate(rows, start=1):
        if len(row) != len(attributes):
            raise _refuse(
                name, f"row {number:,} has {len(row):,} cells instead of {len(attributes):,}"
            )
    return [[_unquote(cell) for cell in row] for row in rows]


def _unquote(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] and cell[0] in "'\"":
        cell = cell[1:-1]
    return re.sub(r"\\(['\"%\\])", r"\1", cell) if "\\" in cell else cell


def _read_relation(cells: Sequence[str], attributes: Sequence[_Attribute], name: str) -> Signals:
    items = []
    for number, cell in enumerate(cells, start=1):
        channels = [part for part in cell.replace("\\n", "\n").split("\n") if part.strip()]
        try:
            rows = [
                np.array(
                    ["nan" if step.strip() == "?" else step for step in channel.split(",")],
                    dtype=np.float64,
                )
                for channel in channels
            ]
            items.append(np.stack(rows, axis=1))
        except ValueError as error:
            raise _refuse(name, f"the channels of row {number:,} are no even numbers") from error
        if items[-1].shape[1] != items[0].shape[1]:
            raise _refuse(
                name,
                f"row {number:,} has {items[-1].shape[1]} channels, the first one "
                f"{items[0].shape[1]}",
            )
    return Signals.from_items(items, [f"channel {n + 1}" for n in range(items[0].shape[1])])


def _refuse(name: str, what: str) -> DataError:
    return DataError(
        f'The file "{name[:80]}" can\'t be read as ARFF: {what}.',
        "Fetch it again, or bring the signals as CSV.",
    )
