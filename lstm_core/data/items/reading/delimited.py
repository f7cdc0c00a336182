"""Tables as text: which mark separates, whether there is a header, and what doesn't fit.

All cells stay text: what is a number is decided when it is known what a column is for. A text
may well be called NA, and a label 007.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.files import LONGEST_ITEM
from lstm_core.data.items.reading.heading import has_header, name_columns
from lstm_core.data.items.reading.source import Hint, ItemSource
from lstm_core.data.sources.dialect import SEPARATORS
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_NUM_SAMPLE_LINES = 200
_SAMPLE_CHARACTERS = 10 * LONGEST_ITEM
_WORST_UNEVEN_SHARE = 0.02
_MOST_CELLS = 80_000_000
_MOST_COLUMNS = 20_000
_FASTTEXT = re.compile(r"__label__(\S+)\s+(.*)")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+(?:[eE][+-]?\d+)?")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|nan|\?", re.IGNORECASE)
csv.field_size_limit(4 * LONGEST_ITEM)


def read_delimited(text: str, name: str, *, header: bool | None = None) -> ItemSource:
    """Return the table that the text holds, its rows in their order.

    Args:
        text: with ``\\n`` between lines.
        name: the file's name, for messages.
        header: whether the first row holds names; None: found from the rows.

    Raises:
        DataError: no table, or one whose rows don't fit each other.
    """
    text = text.lstrip("\n")
    first, _, rest = text.partition("\n")
    if re.fullmatch(r'"?sep=.{0,2}"?', first.strip(), re.IGNORECASE):
        text = rest.lstrip("\n")
    if not text.strip(' ,;|\t\n"'):
        raise DataError(f'The file "{name[:80]}" is empty.', "Choose a file with rows of data.")
    labelled = _read_fasttext(text, name)
    if labelled is not None:
        return labelled
    text, by_spaces = _cut_at_spaces(text)
    separator = "," if by_spaces else find_separator(text)
    if separator == "," and _ends_in_semicolons(text):
        text = re.sub(r";(?=\n|\Z)", "", text)
    first = text.partition("\n")[0]
    if separator is not None and first.count(separator) >= _MOST_COLUMNS:
        raise DataError(
            f'The table "{name[:80]}" has more than {_MOST_COLUMNS:,} columns.',
            "Bring such long signals as a long table, as .ts, or as a file each in a ZIP.",
        )
    rows, notes = _read_rows(text, separator, name)
    if rows.shape[1] > 1 and separator is not None and separator != "," and not by_spaces:
        notes = [f"Columns are separated by {SEPARATORS[separator]}.", *notes]
    sample = rows.iloc[:_NUM_SAMPLE_LINES].to_numpy(dtype=object).tolist()
    is_headed = has_header(sample) if header is None else header
    names, told = name_columns(sample[0] if is_headed else None, rows.shape[1])
    if not is_headed:
        notes.append("The file has no header, so the columns were numbered.")
    frame = rows.iloc[int(is_headed) :].reset_index(drop=True)
    frame.columns = names
    frame = _drop_empty(frame, sample[0] if is_headed else None)
    if frame.empty:
        raise DataError(
            f'The file "{name[:80]}" holds only a header.', "Choose a file with rows of data."
        )
    decimal = "," if separator != "," and _has_decimal_comma(sample[1:]) else "."
    return ItemSource(frame, name, decimal=decimal, has_header=is_headed, notes=(*notes, *told))


def find_separator(text: str) -> str | None:
    """Return the mark that cuts the first lines most evenly; None where none does."""
    best, best_score = None, (0.5, 0)
    for separator in SEPARATORS:
        rows = _split_sample(text, separator)
        usual = Counter(map(len, rows[1:] or rows)).most_common(1)[0][0]
        # A header says by its length how many cells there are; commas in texts do not.
        num_cells = len(rows[0]) if len(rows[0]) > 1 else usual
        if num_cells == 1:
            continue
        share = sum(len(row) == num_cells for row in rows) / len(rows)
        if share <= 0.5 and _is_jagged_numbers(rows):
            share = 0.6
        score = (round(share, 2), num_cells)
        if score > best_score:
            best, best_score = separator, score
    if best is None:  # a header that names two columns, over texts full of commas
        first = text.partition("\n")[0]
        found = [mark for mark in SEPARATORS if first.count(mark) == 1 and len(first) < 100]
        if len(found) == 1 and _fits_two(text, found[0]):
            return found[0]
    return best


def _ends_in_semicolons(text: str) -> bool:
    lines = [line for line in text[:20_000].split("\n")[:-1] if line.strip()]
    return len(lines) > 1 and sum(line.endswith(";") for line in lines) >= 0.9 * len(lines)


def _split_sample(text: str, separator: str) -> list[list[str]]:
    lines = islice(io.StringIO(text[:_SAMPLE_CHARACTERS]), 2_000)
    try:
        rows = list(islice(csv.reader(lines, delimiter=separator), _NUM_SAMPLE_LINES))
    except csv.Error:
        return [[text[:100]]]
    # The last row may be cut off in the middle of a quoted cell.
    return [row for row in rows if any(cell.strip() for cell in row)] or [[""]]


def _is_jagged_numbers(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows of unequal lengths hold numbers but for one cell: series of unequal lengths."""
    return min(map(len, rows)) > 3 and all(
        sum(not _NUMBER.fullmatch(cell.strip()) for cell in row if cell.strip()) <= 2
        for row in rows[1:]
    )


def _fits_two(text: str, separator: str) -> bool:
    """Whether one end of the lines, cut once, holds few values: a label beside a text."""
    lines = [line for line in text.split("\n", 500)[1:500] if line.strip()]
    last = {line.rpartition(separator)[2].strip() for line in lines}
    first = {line.partition(separator)[0].strip() for line in lines}
    enough = len(lines) >= 4 and all(separator in line for line in lines)
    return enough and min(len(last), len(first)) <= len(lines) / 2


def _read_rows(text: str, separator: str | None, name: str) -> tuple[pd.DataFrame, list[str]]:
    """Return all rows, the header among them, as text cells."""
    if separator is None:
        return _read_lines(text), []
    is_plain, quote_notes = _is_unquoted(text, separator)
    if not is_plain:
        frame = _read_evenly(text, separator, '"')
        if frame is not None:
            return frame, []
    frame = _read_evenly(text, separator, None)
    if frame is not None and (is_plain or '"' not in text):
        return frame, quote_notes
    return _read_unevenly(text, separator, name)


def _read_evenly(text: str, separator: str, quote: str | None) -> pd.DataFrame | None:
    """Read a table all of whose rows have as many cells; None where they don't."""
    import pyarrow as pa
    import pyarrow.compute as compute
    import pyarrow.csv as pc

    try:
        num_columns = len(next(csv.reader(io.StringIO(text), delimiter=separator)))
    except (csv.Error, StopIteration):
        return None
    names = [str(number) for number in range(num_columns)]
    content = text.encode("utf-8", "replace")
    try:
        table = pc.read_csv(
            pa.BufferReader(content),
            read_options=pc.ReadOptions(
                column_names=names, block_size=max(len(content) + 1, 1024), use_threads=False
            ),
            parse_options=pc.ParseOptions(
                delimiter=separator,
                quote_char=quote if quote else False,
                newlines_in_values=quote is not None,
            ),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowException:
        return None
    columns = [compute.utf8_trim_whitespace(column) for column in table.columns]
    frame = pa.table(columns, names=names).to_pandas().astype("str")
    del table, columns
    pa.default_memory_pool().release_unused()
    return frame


def _read_unevenly(text: str, separator: str, name: str) -> tuple[pd.DataFrame, list[str]]:
    """Read a table some of whose rows are shorter or longer, as far as it is clear how."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            reader = csv.reader(
                io.StringIO(text), delimiter=separator, quoting=quoting, strict=False
            )
            rows = [row for row in reader if any(cell.strip() for cell in row)]
        except csv.Error:
            continue
        # A quotation mark that is never closed swallows the lines behind it.
        swallows = any(cell.count("\n") > 200 for row in rows for cell in row)
        if not swallows or quoting == csv.QUOTE_NONE:
            break
    else:
        raise _refuse_uneven(name, ": a cell is longer than any item may be")
    if sum(map(len, rows)) > _MOST_CELLS:
        raise _refuse_uneven(name, ", and too large to be mended")
    notes: list[str] = []
    lengths = Counter(map(len, rows[1:] or rows))
    num_cells = len(rows[0]) if len(rows[0]) > 1 else lengths.most_common(1)[0][0]
    uneven = [number for number, row in enumerate(rows) if len(row) != num_cells]
    if _is_jagged_numbers(rows[:_NUM_SAMPLE_LINES]):
        rows = _pad_signals(rows)
        notes.append("Rows have unequal lengths: each is a signal as long as its row.")
    elif num_cells == 2 and all(len(rows[number]) > 2 for number in uneven):
        rows = _join_texts(rows, separator)
        notes.append(
            f"In {count_words(len(uneven), 'row')}, a text with {SEPARATORS[separator]} has no "
            "quotation marks: the label was taken from the row's end."
            if _label_is_last(rows)
            else f"In {count_words(len(uneven), 'row')}, a text with {SEPARATORS[separator]} has "
            "no quotation marks: the label was taken from the row's beginning."
        )
    elif all(len(rows[number]) < num_cells for number in uneven):
        rows = [row + [""] * (num_cells - len(row)) for row in rows]
        notes.append(f"Rows without their last cells: {len(uneven):,}.")
    elif all(not "".join(rows[number][num_cells:]).strip() for number in uneven):
        rows = [(row + [""] * num_cells)[:num_cells] for row in rows]
    elif len(uneven) <= max(1, _WORST_UNEVEN_SHARE * len(rows)) and len(rows) > 20:
        rows = [row for row in rows if len(row) == num_cells]
        notes.append(
            f"{count_words(len(uneven), 'row')} left out, for having another number of cells than "
            f"the {num_cells} of the others, such as row {uneven[0] + 1:,}."
        )
    else:
        where = (
            f": row {uneven[0] + 1:,} has {count_words(len(rows[uneven[0]]), 'cell')} instead of "
            f"{num_cells}"
        )
        raise _refuse_uneven(name, where)
    return _make_frame(rows), notes


def _pad_signals(rows: list[list[str]]) -> list[list[str]]:
    """Bring the one cell that is no number, if it is the last, to the front; fill up the rest."""
    body = rows[1:]
    last = sum(not _NUMBER.fullmatch(row[-1].strip()) for row in body if row)
    if last > 0.9 * len(body):
        rows = [[row[-1], *row[:-1]] for row in rows]
    longest = max(map(len, rows))
    if longest * len(rows) > _MOST_CELLS:
        raise DataError(
            "The signals are too unequal in length for one table.",
            "Bring them as a long table: item, time, value, label.",
        )
    return [row + [""] * (longest - len(row)) for row in rows]


def _label_is_last(rows: list[list[str]]) -> bool:
    last = {row[-1].strip() for row in rows[1:]}
    first = {row[0].strip() for row in rows[1:]}
    return len(last) <= len(first)


def _join_texts(rows: list[list[str]], separator: str) -> list[list[str]]:
    if _label_is_last(rows):
        return [[separator.join(row[:-1]), row[-1]] for row in rows]
    return [[row[0], separator.join(row[1:])] for row in rows]


def _read_lines(text: str) -> pd.DataFrame:
    """Read a table of one column: a line a row, or a cell in quotation marks."""
    quoted = [line for line in text.split("\n", 50)[:50] if line.startswith('"')]
    if len(quoted) > 1:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter="\x1f") if row]
        return _make_frame([row[:1] for row in rows])
    lines = [line for line in text.split("\n") if line.strip()]
    return _make_frame([[line] for line in lines])


def _is_unquoted(text: str, separator: str) -> tuple[bool, list[str]]:
    """Whether quotation marks are part of the texts, as in many tables with tabs."""
    if '"' not in text:
        return True, []
    if separator != "\t":
        return False, []
    cells = [cell for line in text.split("\n", 5_000)[:5_000] for cell in line.split("\t")]
    opened = [cell for cell in cells if cell.startswith('"')]
    closed = [cell for cell in opened if len(cell) > 1 and cell.rstrip().endswith('"')]
    if len(opened) == len(closed) and len(opened) > 0:
        return False, []
    lines = [line for line in text.split("\n", 5_000)[:5_000] if line]
    even = len({line.count("\t") for line in lines}) == 1
    return even, ["Quotation marks are read as part of the text."] if even else []


def _cut_at_spaces(text: str) -> tuple[str, bool]:
    """Put commas between numbers that spaces separate, as older archives of series have them."""
    lines = [line for line in text.split("\n", 50)[:50] if line.strip()][:40]
    cells = [line.split() for line in lines]
    is_such = all(
        len(row) > 2 and all(_NUMBER.fullmatch(cell) for cell in row) for row in cells
    ) and not any("\t" in line.strip() for line in lines)
    if not is_such:
        return text, False
    return "\n".join(",".join(line.split()) for line in text.split("\n")), True


def _read_fasttext(text: str, name: str) -> ItemSource | None:
    """Read ``__label__x the text``, the form that fastText is trained on."""
    lines = [line for line in text.split("\n", 50)[:50] if line.strip()]
    if not lines or not all(_FASTTEXT.match(line) for line in lines):
        return None
    found = [_FASTTEXT.match(line) for line in text.split("\n")]
    rows = [match.groups() for match in found if match is not None]
    frame = pd.DataFrame(rows, columns=["label", "text"], dtype="str")
    several = int(frame["text"].str.contains("__label__", regex=False).sum())
    notes = ["Each line begins with its label, as fastText writes it."]
    if several:
        notes.append(f"Of {several:,} lines with several labels, the first one counts.")
        frame["text"] = frame["text"].str.replace(r"__label__\S+\s*", "", regex=True)
    reason = "It stands behind __label__ at the beginning of each line."
    return ItemSource(
        frame, name, content="text", hints={"label": Hint("label", reason)}, notes=tuple(notes)
    )


def _make_frame(rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    return pd.DataFrame([[cell.strip() for cell in row] for row in rows], dtype="str")


def _drop_empty(frame: pd.DataFrame, header: Sequence[str] | None) -> pd.DataFrame:
    """Drop rows without any cell, and columns that have neither name nor cell."""
    if len(frame.columns) == 1:
        return frame
    rows = np.flatnonzero(frame.iloc[:, 0] == "")
    blank = rows[(frame.iloc[rows] == "").all(axis=1).to_numpy()] if len(rows) else rows
    if len(blank):
        frame = frame.drop(index=blank.tolist()).reset_index(drop=True)
    nameless = [
        name
        for number, name in enumerate(frame.columns)
        if (header is None or not header[number].strip()) and not (frame[name] != "").any()
    ]
    return frame.drop(columns=nameless) if nameless else frame


def _has_decimal_comma(rows: Sequence[Sequence[str]]) -> bool:
    cells = [cell for row in rows for cell in row]
    commas = sum(bool(_DECIMAL_COMMA.fullmatch(cell)) for cell in cells)
    return commas > sum(bool(_NUMBER.fullmatch(cell)) and "." in cell for cell in cells)


def _refuse_uneven(name: str, where: str) -> DataError:
    return DataError(
        f'The file "{name[:80]}" is not an even table{where}.',
        "Give every row as many cells as the header has, and put texts that hold the separating "
        "mark into quotation marks.",
    )
