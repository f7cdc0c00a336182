"""What is to be told of how a text was cut into rows."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.reading.rows.body.heading import Heading
from lstm_core.data.reading.rows.body.sorting import Sorted
from lstm_core.data.reading.rows.dialect.cutting import Dialect
from lstm_core.data.reading.rows.dialect.finding import SEPARATOR_WORDS
from lstm_core.data.reading.telling import Remark
from lstm_core.data.wording import count_words, list_names

_MOST_LINES = 20


def name_lines(lines: Sequence[int]) -> str:
    """``line 7``, ``lines 7, 9 and 12 more``; counted from 1."""
    shown = ", ".join(f"{line:,}" for line in lines[:4])
    more = f" and {len(lines) - 4:,} more" if len(lines) > 4 else ""
    return f"line{'' if len(lines) == 1 else 's'} {shown}{more}"


def tell(heading: Heading, dialect: Dialect, found: Sorted, said: int) -> list[Remark]:
    """Return the remarks, in the order of the file.

    Args:
        said: lines at the top that say what the separator is.
    """
    remarks = []
    if heading.width > 1 and dialect.separator not in (",", ""):
        word = SEPARATOR_WORDS.get(dialect.separator, f"“{dialect.separator}”")
        remarks.append(Remark("separator", f"Columns are separated by {word}."))
    if heading.skip_top > said:
        remarks.append(
            Remark(
                "title",
                f"{count_words(heading.skip_top, 'line')} above the table "
                f"{_were(heading.skip_top)} left out.",
                tuple(range(1, min(heading.skip_top, _MOST_LINES) + 1)),
            )
        )
    if len(heading.header_lines) > 1:
        taken = tuple(line + 1 for line in heading.header_lines)
        remarks.append(Remark("header_lines", f"The header takes {len(taken)} lines.", taken))
    if heading.units:
        units = [
            f"{name} in {unit}"
            for name, unit in zip(heading.names, heading.units, strict=False)
            if unit and name
        ]
        remarks.append(
            Remark(
                "units",
                f"A line of units stands below the names: {list_names(units)}.",
                (heading.header_lines[-1] + 1,),
            )
        )
    if heading.between:
        lines = [line + 1 for line in heading.between]
        told = f"{count_words(len(lines), 'line')} below the names {_were(len(lines))} left out"
        remarks.append(
            Remark("below_names", f"{told} ({name_lines(lines)}).", tuple(lines[:_MOST_LINES]))
        )
    remarks += _tell_left_out(found)
    if found.filled:
        lines = [line + 1 for line in found.filled]
        remarks.append(
            Remark(
                "filled",
                f"{count_words(len(lines), 'row')} ended early; the cells left out at the end "
                f"are read as empty ({name_lines(lines)}).",
                tuple(lines[:_MOST_LINES]),
            )
        )
    if found.set_aside:
        lines = sorted(each.line for each in found.set_aside)
        remarks.append(
            Remark(
                "set_aside",
                f"{count_words(len(lines), 'row')} that {'does' if len(lines) == 1 else 'do'} not "
                f"fit {_were(len(lines))} set aside ({name_lines(lines)}).",
                tuple(lines[:_MOST_LINES]),
            )
        )
    return remarks


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _tell_left_out(found: Sorted) -> list[Remark]:
    sentences = {
        "comments": ("comments", "{} that {} a remark", "{} that are remarks"),
        "repeated_header": (
            "repeated_header",
            "{} that repeats the header",
            "{} that repeat the header",
        ),
        "footer": ("footer", "{} below the table", "{} below the table"),
    }
    remarks = []
    for kind, (name, one, many) in sentences.items():
        lines = [line + 1 for line in found.left_out.get(kind, [])]
        if lines:
            words = (one if len(lines) == 1 else many).format(count_words(len(lines), "line"), "is")
            remarks.append(
                Remark(
                    name,
                    f"{words} {_were(len(lines))} left out ({name_lines(lines)}).",
                    tuple(lines[:_MOST_LINES]),
                )
            )
    empty = [line + 1 for line in found.left_out.get("empty_rows", [])]
    if empty:
        sentence = f"Empty rows left out: {len(empty):,}."
        remarks.append(Remark("empty_rows", sentence, tuple(sorted(empty)[:_MOST_LINES])))
    stray = [line + 1 for line in found.left_out.get("stray_quotes", [])]
    if stray:
        remarks.append(
            Remark(
                "stray_quotes",
                f"A stray quotation mark was left out ({name_lines(stray)}).",
                tuple(stray[:_MOST_LINES]),
            )
        )
    groups = [line + 1 for line in found.left_out.get("groups", [])]
    if groups:
        remarks.append(
            Remark(
                "groups",
                "Lines among the rows name the rows below them; their names became a column of "
                f"its own ({name_lines(groups)}).",
                tuple(groups[:_MOST_LINES]),
            )
        )
    inner = [line + 1 for line in found.left_out.get("inner_quotes", [])]
    if inner:
        remarks.append(
            Remark(
                "inner_quotes",
                "Quotation marks inside of quoted cells were not doubled; they are kept "
                f"({name_lines(inner)}).",
                tuple(inner[:_MOST_LINES]),
            )
        )
    for line in found.left_out.get("second_table", []):
        remarks.append(
            Remark(
                "second_table",
                f"Another table begins on line {line + 1:,}; it was set aside.",
                (line + 1,),
            )
        )
    return remarks
