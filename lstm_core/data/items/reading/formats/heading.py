"""Whether a table's first row holds names, and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from lstm_core.data.items.reading.columns.letters import find_alphabet
from lstm_core.data.items.reading.columns.vocabulary import is_known_name

_NUMBER = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?|nan|\?", re.IGNORECASE)
_NUMERALS = re.compile(r"\d+")
_TIME = re.compile(r"\d{1,12}(\.\d{1,12})?")
_MOST_VOTES = 500


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Ask every column whether its first cell is like those below, and let them vote.

    Args:
        rows: the first rows of the table, the one in question first.
    """
    first, body = rows[0], rows[1:]
    if _counts_up(first) or _grows_evenly(first):
        return True
    if len(first) == 1 and body:  # lines of text: a short one is no name yet
        below = [row[0] for row in body if row[0]]
        are_numbers = all(_NUMBER.fullmatch(cell) for cell in below)
        return is_known_name(first[0]) or (are_numbers and not _NUMBER.fullmatch(first[0]))
    if not body:
        return not any(_NUMBER.fullmatch(cell) for cell in first) and any(
            is_known_name(cell) for cell in first
        )
    votes = 0.0
    for number, cell in enumerate(first[:_MOST_VOTES]):
        below = [row[number] for row in body if row[number]]
        votes += _vote(cell, below)
    return votes > 0 or (votes == 0 and not any(_NUMBER.fullmatch(cell) for cell in first))


def name_columns(header: Sequence[str] | None, num_columns: int) -> tuple[list[str], list[str]]:
    """Return a unique name for each column, and what is to be told about them."""
    given = [" ".join(name.split()) for name in header or ()]
    names = [
        (given[number] if number < len(given) else "") or f"column {number + 1}"
        for number in range(num_columns)
    ]
    if len(set(names)) == len(names):
        return names, []
    counts: Counter[str] = Counter()
    taken = set(names)
    unique = []
    for name in names:
        counts[name] += 1
        new = name
        while counts[name] > 1 and new in taken:
            new = f"{name} ({counts[name]})"
            if new in taken:
                counts[name] += 1
        taken.add(new)
        unique.append(new)
    return unique, ["Columns of one name were numbered."]


def _counts_up(row: Sequence[str]) -> bool:
    """Whether a row is 0, 1, 2, …: the names that a table without any is given by pandas."""
    return len(row) > 4 and list(row) in (
        [str(number) for number in range(len(row))],
        ["", *(str(number) for number in range(len(row) - 1))],
    )


def _grows_evenly(row: Sequence[str]) -> bool:
    """Whether names stand beside the times of steps: label, 0.000, 0.004, 0.008, …"""
    numbers = [float(cell) for cell in row if _TIME.fullmatch(cell)]
    if len(numbers) < 5 or not 0 < len(row) - len(numbers) <= 5:
        return False
    steps = [after - before for before, after in pairwise(numbers)]
    return min(steps) > 0 and max(steps) - min(steps) < 0.01 * (numbers[-1] - numbers[0])


def _vote(cell: str, below: Sequence[str]) -> float:
    """Return more than 0 for a name, less for a cell like the others, 0 for no opinion."""
    if not below:
        return 0.0
    counted = {_NUMERALS.sub("0", other) for other in below}
    if _NUMERALS.search(cell) and len(counted) <= 3 and _NUMERALS.sub("0", cell) in counted:
        return -1.0  # seq1 over seq2
    if is_known_name(cell):
        return 3.0 if cell not in below else 1.0
    numbers = sum(bool(_NUMBER.fullmatch(other)) for other in below)
    if numbers >= 0.9 * len(below):
        return -1.0 if _NUMBER.fullmatch(cell) else 1.0
    if len(set(below)) <= len(below) / 2:
        return -2.0 if cell in below else 0.5
    lengths = sorted(map(len, below))
    usual = lengths[len(lengths) // 2]
    if find_alphabet(below) is not None:
        return -1.0 if find_alphabet([cell]) is not None and len(cell) > usual / 2 else 1.0
    if usual >= 15:
        return 0.5 if len(cell) < usual / 3 and cell.count(" ") < 3 else -1.0
    return 0.0
