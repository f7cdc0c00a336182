"""Files with a word and its tags on each line and a blank line behind each sentence: CoNLL.

Columns stand between tabs or spaces. Also read are CoNLL-X and CoNLL-U, whose first column counts
the words: https://universaldependencies.org/format.html.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.formats.heading import name_columns
from lstm_core.data.items.reading.source import Hint
from lstm_core.data.tagged.reading.columns.names import names_tag, names_token
from lstm_core.data.tagged.reading.source import DOCUMENT, TaggedSource
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

ENDINGS = (
    ".conll", ".conllu", ".conllx", ".conll03", ".conll2003", ".iob", ".iob2", ".bio", ".bioes",
    ".ner", ".pos", ".tags", ".bmes",
)  # fmt: skip
"""Of files that hold nothing else."""

_UD_COLUMNS = ("ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC")
_FEWEST_UD = 8
_FEWEST_DOCUMENTS = 3
_NUM_SAMPLE_LINES = 2_000
_WORST_SHARE = 0.02
_MOST_COLUMNS = 60
_LONGEST_CELL = 1_000
_SPACES = re.compile(r"[ \t]+")
_RANGE = re.compile(r"\d{1,9}[-.]\d{1,9}")
_NEW_DOCUMENT = ("-DOCSTART-", "# newdoc", "#begin document")
_NUMBER = re.compile(r"[+-]?(\d{1,20}\.?\d{0,20}|\.\d{1,20})([eE][+-]?\d{1,3})?")


@dataclass
class _Lines:
    """What was gathered on the way through a file."""

    rows: list[list[str]] = field(default_factory=list)
    begins: list[bool] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)
    num_parts: int = 0


def looks_like_conll(text: str, *, is_named: bool = False) -> bool:
    """Whether nearly all lines have as many columns between tabs or spaces, two at least.

    Args:
        is_named: whether the file's ending says so: then no blank line has to be there.
    """
    lines = text.split("\n", _NUM_SAMPLE_LINES)[:_NUM_SAMPLE_LINES]
    given = [line for line in lines if line.strip() and not _is_remark(line)]
    if len(given) < 2:
        return False
    cut = find_cut(given)
    counts = Counter(len(cut(line)) for line in given)
    usual, count = counts.most_common(1)[0]
    if not 2 <= usual <= _MOST_COLUMNS or count < 0.9 * len(given):
        return False
    if is_named:
        return True
    # Commas make a table, and spaces alone a text or a table of measurements.
    if sum(line.count(",") >= usual for line in given) > 0.5 * len(given):
        return False
    inner = [bool(line.strip()) for line in lines]
    has_blank = any(not here and any(inner[n:]) for n, here in enumerate(inner) if any(inner[:n]))
    return has_blank or (cut is cut_at_spaces and count == len(given))


def find_cut(lines: Sequence[str]) -> Callable[[str], list[str]]:
    """Return how lines are cut into cells: at tabs if nearly all have one, else at spaces."""
    with_tabs = sum("\t" in line.strip(" \n") for line in lines)
    return cut_at_tabs if with_tabs >= 0.9 * len(lines) else cut_at_spaces


def cut_at_tabs(line: str) -> list[str]:
    return [cell.strip() for cell in line.rstrip(" ").split("\t")]


def cut_at_spaces(line: str) -> list[str]:
    """Cut at tabs and plain spaces; other spaces, such as between thousands, are part of words."""
    return _SPACES.split(line.strip(" \t"))


def read_conll(text: str, name: str, *, header: bool | None = None) -> TaggedSource:
    """Return a row a word; documents become a column where there are three at least.

    Args:
        text: with ``\\n`` between lines.
        header: whether the first line holds names; None: found from it.

    Raises:
        DataError: no lines, or many with another number of columns.
    """
    lines = text.split("\n")
    given = [line for line in lines[:_NUM_SAMPLE_LINES] if line.strip() and not _is_remark(line)]
    if not given:
        raise DataError(f'The file "{name[:80]}" holds no words.', "Choose a file with words.")
    cut = find_cut(given)
    width = _find_width([cut(line) for line in given])
    found = _gather(lines, cut, width)
    _refuse_uneven(found, width, name)
    counted = _counts_words(found.rows) if width >= _FEWEST_UD else False
    names = [f"column {number + 1}" for number in range(width)]
    if counted:
        names[: min(width, len(_UD_COLUMNS))] = _UD_COLUMNS[:width]
        kept = [number for number, row in enumerate(found.rows) if not _RANGE.fullmatch(row[0])]
        _keep(found, kept)
    elif header is True or (header is None and _is_header(found.rows)):
        names = _name(found.rows[0], width)
        _keep(found, list(range(1, len(found.rows))))
        header = True
    if not found.rows:
        raise DataError(f'The file "{name[:80]}" holds no words.', "Choose a file with words.")
    frame = pd.DataFrame(found.rows, columns=names, dtype="str")
    empty = [column for column in names if not (frame[column] != "").any()]
    frame = frame.drop(columns=empty[: len(names) - 1])
    hints = _give_hints(frame, counted)
    if len(set(found.documents)) >= _FEWEST_DOCUMENTS and DOCUMENT not in frame.columns:
        frame[DOCUMENT] = [f"document {number}" if number else "" for number in found.documents]
        hints["group"] = Hint(DOCUMENT, "The file says where a document begins.")
    begins = np.array(found.begins, dtype=bool)
    has_blank = bool(begins[1:].any())
    notes = []
    if found.bad:
        notes.append(
            f"{count_words(len(found.bad), 'line')} with another number of columns than {width} "
            f"left out, such as line {found.bad[0]:,}."
        )
    return TaggedSource(
        frame,
        name,
        "columns",
        begins=begins if has_blank else None,
        hints=hints,
        has_header=bool(header),
        notes=tuple(notes),
    )


def _is_remark(line: str) -> bool:
    """Whether a line speaks of the lines below; a word that begins with # is none, see _gather."""
    return line.startswith(("#", "-DOCSTART-"))


def _find_width(rows: Sequence[Sequence[str]]) -> int:
    """Return how many columns most lines have; an empty cell at the end is none."""
    counts = Counter(len(row) - (len(row) > 2 and not row[-1]) for row in rows)
    return min(counts.most_common(1)[0][0], _MOST_COLUMNS)


def _gather(lines: Sequence[str], cut: Callable[[str], list[str]], width: int) -> _Lines:
    found = _Lines()
    begins = True
    last_cells: set[str] = set()
    waiting: list[tuple[int, int, list[str]]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            begins = True
            continue
        if line.startswith(_NEW_DOCUMENT):
            found.num_parts += 1
            begins = True
            continue
        cells = cut(line)
        if len(cells) > width and not any(cells[width:]):
            cells = cells[:width]
        if line.startswith("#"):
            # A remark may have as many columns by chance; a word has a tag that others have.
            if len(cells) == width:
                waiting.append((len(found.rows), number, cells))
            else:
                continue
        elif len(cells) != width:
            found.bad.append(number)
            continue
        else:
            last_cells.add(cells[-1])
        found.rows.append(cells)
        found.begins.append(begins)
        found.documents.append(found.num_parts)
        begins = False
    remarks = {place for place, _, cells in waiting if width < 2 or cells[-1] not in last_cells}
    if remarks:
        _keep(found, [place for place in range(len(found.rows)) if place not in remarks])
    return found


def _keep(found: _Lines, places: Sequence[int]) -> None:
    """Keep these rows; what began with one that goes begins with the next."""
    kept = set(places)
    begins, rows, starts, documents = False, [], [], []
    for place, row in enumerate(found.rows):
        begins |= found.begins[place]
        if place in kept:
            rows.append(row)
            starts.append(begins)
            documents.append(found.documents[place])
            begins = False
    found.rows, found.begins, found.documents = rows, starts, documents


def _counts_words(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first column counts 1, 2, 3 … and begins again."""
    sample = [row[0] for row in rows[:_NUM_SAMPLE_LINES] if not _RANGE.fullmatch(row[0])]
    numbers = [int(cell) for cell in sample if cell.isascii() and cell.isdigit() and len(cell) < 9]
    if len(numbers) < len(sample) or not numbers or numbers[0] not in (0, 1):
        return False
    steps = np.diff(numbers)
    return bool((steps == 1).mean() >= 0.5) if len(steps) else True


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    first = rows[0]
    below = {row[-1] for row in rows[1:]}
    return (
        len(rows) > 1
        and (names_token(first[0]) or first[0].lower() in ("id", "sentence"))
        and any(names_tag(cell) for cell in first[1:])
        and first[-1] not in below
    )


def _name(cells: Sequence[str], width: int) -> list[str]:
    return name_columns(cells, width)[0]


def _give_hints(frame: pd.DataFrame, counted: bool) -> dict[str, Hint]:
    if counted:
        hints = {"token": Hint("FORM", "The format says so: it is CoNLL-U or CoNLL-X.")}
        for column in ("UPOS", "XPOS"):
            if column in frame.columns and frame[column].nunique() > 1:
                hints["tag"] = Hint(column, "The format says so: it is CoNLL-U or CoNLL-X.")
                break
        return hints
    named = [column for column in frame.columns if names_token(column)]
    first = named[0] if named else str(frame.columns[0])
    sample = frame[first].iloc[:_NUM_SAMPLE_LINES]
    if sum(bool(_NUMBER.fullmatch(cell)) for cell in sample) > 0.9 * len(sample):
        return {}
    return {"token": Hint(first, "A line begins with its word.")}


def _refuse_uneven(found: _Lines, width: int, name: str) -> None:
    total = len(found.rows) + len(found.bad)
    if len(found.bad) > max(1, _WORST_SHARE * total) or not found.rows:
        where = f"line {found.bad[0]:,} has another number" if found.bad else "it has no line"
        raise DataError(
            f'The lines of "{name[:80]}" should have {count_words(width, "column")} each: {where}.',
            "Write a word, its tag and a tab between them on each line, and a blank line behind "
            "each sentence.",
        )
    longest = max((len(cell) for row in found.rows for cell in row), default=0)
    if longest > _LONGEST_CELL:
        raise DataError(
            f'In "{name[:80]}", a word has {longest:,} characters; at most {_LONGEST_CELL:,} are '
            "read.",
            "Cut the text into words, one a line.",
        )
