"""Find the separator and the quotation mark: every pair is tried on a sample, the best one wins.

A pair is good when it cuts the lines into rows of one width (shape) whose cells look like
numbers, times or short texts (types). After G. van den Burg, A. Nazábal, C. Sutton: Wrangling
messy CSV files by detecting row and type patterns, 2019; there, one damaged row halves the
score of the right pair; here, widths count by how often they occur.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lstm_core.data.reading.rows.dialect.cutting import Dialect, cut_records
from lstm_core.data.reading.rows.dialect.kinds import kind_of
from lstm_core.spec.reading import SPACES

SINGLE = (",", ";", "\t", "|", "^", "~", "\x01", "\x1f", "\x1e")
QUOTES = ('"', "'")
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
"""What most programs write."""
SEPARATOR_WORDS = SEPARATORS | {
    "||": "double bars",
    "^": "carets",
    "~": "tildes",
    SPACES: "spaces",
}

_NUM_LINES = 160
_MOST_CHARACTERS = 60_000
_FOREIGN = re.compile(r"[;\t|\x01]|,\S")
_TORN = re.compile(r"[,;|]\"?[^\W\d_]")
"""A number and a word beside it, where only blanks were taken to separate."""
_PAIR = re.compile(r"[|][~^#*@][|]|~[|]~|\^[|]\^|::|##|[$]{2}|@@|%%|&&|[*]{2}|[,;|^~][,;:|^~]")
"""What may separate cells where it is two signs; doubled marks that also stand alone come apart."""
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")


def find_dialect(
    lines: Sequence[str], separator: str | None = None, quote: str | None = None
) -> Dialect:
    """Return how the lines are cut; what is given is kept."""
    sample = _take(lines)
    text = "\n".join(sample)
    best, best_score = Dialect(separator or "", quote or ""), -1.0
    for mark in _separators(text, separator):
        for held in _quotes(text, mark, quote):
            for dialect in _variants(text, mark, held):
                score = _score(sample, dialect)
                if score > best_score * 1.0001:
                    best, best_score = dialect, score
    if separator is None and best.separator == "," and _is_one_column(sample, best):
        return Dialect("", best.quote)
    if separator is None and best.separator == SPACES and _is_column_of_words(sample, best):
        return Dialect("", best.quote)
    return best


def assume_quotes(lines: Sequence[str], dialect: Dialect) -> Dialect:
    """Let quotation marks hold cells together where few lines speak against it.

    A mark on one line of a file that has no others is damage, to be named, and no letter.
    """
    quoted = replace(dialect, quote='"')
    records = cut_records(_take(lines), quoted)
    is_open = sum(record.is_open for record in records)
    return quoted if is_open <= max(1, 0.02 * len(records)) else dialect


def _take(lines: Sequence[str]) -> list[str]:
    taken, size = [], 0
    for line in lines:
        if not line.strip():
            continue
        taken.append(line[:_MOST_CHARACTERS])
        size += len(line)
        if len(taken) >= _NUM_LINES or size > _MOST_CHARACTERS:
            break
    return taken


def _separators(text: str, separator: str | None) -> list[str]:
    if separator is not None:
        return [separator]
    found = ["", *_compounds(text)]
    for mark in SINGLE:
        number = text.count(mark)
        if not number:
            continue
        is_doubled = _is_doubled(text, mark)
        found.append(mark * 2 if is_doubled else mark)
    if " " in text and text.count("\t") < text.count("\n"):
        found.append(SPACES)
    return found


def _compounds(text: str) -> list[str]:
    """Return pairs of different marks, or two of one, that stand on each line equally often."""
    plain = re.sub(r'"[^"]*"', "", text)
    lines = [line for line in plain.split("\n") if line.strip()]
    pairs = Counter(pair for line in lines for pair in set(_PAIR.findall(line)))
    return [
        pair
        for pair, number in pairs.items()
        if (pair[0] != pair[1] or pair[0] not in SINGLE)
        and number > 0.7 * len(lines)
        and _stand_together(lines, pair)
    ]


def _stand_together(lines: Sequence[str], pair: str) -> bool:
    """Whether one of the marks never stands alone, and the pair as often on most lines."""
    usual, number = Counter(line.count(pair) for line in lines).most_common(1)[0]
    if not usual or number < 0.7 * len(lines):
        return False
    if pair[0] == pair[1]:
        return all(pair * 2 not in line for line in lines) or usual > 1
    alone = [sum(line.replace(pair, "").count(mark) for line in lines) for mark in pair]
    return min(alone) <= 0.02 * len(lines)


def _is_doubled(text: str, mark: str) -> bool:
    """Whether it takes two of a mark to separate cells, between which no single one stands.

    Where another line has as many marks, one by one, there is an empty column.
    """
    lines = [line for line in text.split("\n") if mark in line]
    doubled = [
        line
        for line in lines
        if mark * 2 in line.rstrip(mark)
        and mark * 3 not in line
        and mark not in re.sub(r'"[^"]*"', "", line).replace(mark * 2, "")
    ]
    counts = Counter(line.count(mark) for line in lines)
    usual = {line.count(mark) for line in doubled}
    num_single = sum(counts[number] for number in usual) - len(doubled)
    return num_single == 0 and len(doubled) > 0.7 * len(lines)


def _quotes(text: str, separator: str, quote: str | None) -> list[str]:
    if quote is not None:
        return [quote]
    at_border = re.escape(separator) if separator not in ("", SPACES) else r"\s"
    found = [
        mark
        for mark in QUOTES
        if re.search(rf"(?:^|{at_border}) *{mark}", text, re.MULTILINE)
        and re.search(rf"{mark} *(?:$|{at_border})", text, re.MULTILINE)
    ]
    return ["", *found]


def _variants(text: str, separator: str, quote: str) -> list[Dialect]:
    has_escapes = bool(quote) and f"\\{quote}" in text
    escapes = (False, True) if has_escapes else (False,)
    widths = (
        (False, True) if separator == SPACES and re.search(r"\S(?: {2,}|\t)\S", text) else (False,)
    )
    return [Dialect(separator, quote, escape, wide) for escape in escapes for wide in widths]


def _score(lines: Sequence[str], dialect: Dialect) -> float:
    records = [record for record in cut_records(lines, dialect) if any(record.cells)]
    if not records:
        return 0.0
    widths = Counter(len(record.cells) for record in records)
    shares = {width: number / len(records) for width, number in widths.items()}
    evenness = sum(share**2 for share in shares.values())
    if not dialect.separator:
        shape = 0.2
    else:
        shape = sum(share * (width - 1) / width for width, share in shares.items()) * evenness
    types, num_cells = 0.0, 0
    for record in records:
        num_cells += len(record.cells)
        types += sum(_worth(cell, dialect) for cell in record.cells)
        if record.is_open:
            types -= 1.0
    score = shape * max(types, 0.0) / num_cells
    if dialect.separator == SPACES:
        score *= 0.75 if dialect.wide_spaces or evenness > 0.999 else 0.6
    return score * (0.98 if dialect.quote == "'" else 1.0)


def _worth(cell: str, dialect: Dialect) -> float:
    if not cell:
        return 0.6
    if dialect.separator == SPACES and _TORN.search(cell):
        return 0.1
    if kind_of(cell) != "text":
        return 1.0
    if (cell[0] in "\"'" and cell[-1] == cell[0]) or cell.count('"') == 1:
        return 0.1
    is_held = dialect.quote and dialect.separator and dialect.separator in cell
    if len(cell) > 60 or (_FOREIGN.search(cell) and not is_held):
        return 0.1
    return 0.5


def _is_column_of_words(lines: Sequence[str], dialect: Dialect) -> bool:
    """Whether one name stands over names or times of several words, not over several columns."""
    cut = [record.cells for record in cut_records(lines, dialect)]
    if len(cut[0]) != 1 or kind_of(cut[0][0]) != "text" or len(cut) < 3 or dialect.wide_spaces:
        return False
    begins = sum(kind_of(cells[0]) == "text" for cells in cut[1:])
    whole = sum(kind_of(line.strip()) in ("date", "number", "clock") for line in lines[1:])
    return max(begins, whole) > 0.8 * (len(cut) - 1)


def _is_one_column(lines: Sequence[str], dialect: Dialect) -> bool:
    """Whether one name stands over numbers with a decimal comma and nothing else."""
    rows = [line.strip() for line in lines]
    return (
        "," not in rows[0]
        and len(rows) > 1
        and all(_DECIMAL_COMMA.fullmatch(row) or kind_of(row) == "missing" for row in rows[1:])
    )
