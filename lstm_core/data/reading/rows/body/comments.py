"""Lines that are remarks: what they begin with, and the one among them that names the columns."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.reading.rows.body.header import are_units
from lstm_core.data.reading.rows.body.lines import Lines
from lstm_core.data.reading.rows.dialect.cutting import Dialect, cut_records
from lstm_core.data.reading.rows.dialect.kinds import kind_of

_COMMENTS = ("#", "%", "//", "!", "--")
_LAST_NAMED = 40


def find_comment(head: Sequence[str], lines: Lines, last: int) -> str:
    """Return what remarks begin with: at least one line at the top does, and few of the others."""
    filled = [line.lstrip() for line in head if line.strip()]
    tail = [line.lstrip() for line in lines.text(max(last - 20, 0), last) if line.strip()]
    for mark in _COMMENTS:
        at_top = sum(line.startswith(mark) for line in filled)
        if not at_top or (at_top > 0.5 * len(filled) and at_top > 20):
            continue
        if mark == "--" and not any(line.startswith("-- ") for line in filled):
            continue
        others = [line for line in tail if not line.startswith(mark)]
        is_top = any(line.startswith(mark) for line in filled[:1])
        if others and (is_top or at_top < 0.2 * len(filled)):
            return mark
    return ""


def uncover_header(head: Sequence[str], comment: str, dialect: Dialect) -> list[str]:
    """Blank out remarks, but for one right above the rows that names their columns."""
    shown = ["" if line.lstrip().startswith(comment) else line for line in head]
    first = next((at for at, line in enumerate(shown) if line.strip()), 0)
    below = [at for at in range(1, len(head)) if shown[at].strip() and not shown[at - 1]]
    for at in below:
        named = at - 1
        while named and _uncover(head[named], comment) == "":
            named -= 1
        above = _uncover(head[named], comment)
        if at > _LAST_NAMED or not above:
            continue
        if not above.startswith((*";,\t|", dialect.separator or ",")):
            above = above.lstrip()
            pair = cut_records([above, head[at]], dialect)
            is_pair = len(pair) == 2 and len(pair[0].cells) == len(pair[1].cells) > 1
            if is_pair and (at == first or _has_values(pair[1].cells)):
                shown[named] = above
                if named and are_units(pair[0].cells):
                    further = _uncover(head[named - 1], comment)
                    over = cut_records([further], dialect)
                    if over and len(over[0].cells) == len(pair[0].cells):
                        shown[named - 1] = further
                break
        elif at == first and dialect.separator and head[named].count(dialect.separator) > 0:
            shown[named] = head[named]
    return shown


def _uncover(line: str, comment: str) -> str:
    """Return what stands behind the mark of a remark; of a line that is none, nothing."""
    bare = line.strip()
    return bare.removeprefix(comment).lstrip(comment).rstrip() if bare.startswith(comment) else ""


def _has_values(cells: Sequence[str]) -> bool:
    return any(kind_of(cell) in ("number", "date", "clock") for cell in cells)
