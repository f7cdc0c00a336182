"""Tables in columns of fixed width below a ruling line, as databases print them.

DAY           AMOUNT NOTE
--------- ---------- --------
05-JAN-24     100.00 as usual
06-JAN-24            no count
"""

from __future__ import annotations

import re

_RULER = re.compile(r"[ \t]*-{2,}(?: +-{2,})+ *")
_NUM_LINES = 80
INNER = "\x1f"


def cut_at_ruler(data: bytes) -> bytes | None:
    """Return the text with a mark between cells instead of blanks; None without a ruling line.

    Lines with a letter where columns meet stay as they are. Blanks alone would move the cells
    of a row with an empty one.
    """
    head = data[:100_000].decode("utf-8", "replace").split("\n", _NUM_LINES)[:_NUM_LINES]
    ruler = next((at for at, line in enumerate(head) if at and _RULER.fullmatch(line)), None)
    if ruler is None or not head[ruler - 1].strip():
        return None
    starts = [found.start() for found in re.finditer(r"-+", head[ruler])]
    lines = data.decode("utf-8", "replace").split("\n")
    first = ruler - 1
    cut = [_cut(line, starts) for line in lines[first:]]
    return "\n".join([*lines[:first], *cut]).encode()


def _cut(line: str, starts: list[int]) -> str:
    if not line.strip() or any(line[at - 1 : at].strip() for at in starts[1:]):
        return line
    ends = [*starts[1:], len(line) + 1]
    return INNER.join(line[begin:end].strip() for begin, end in zip(starts, ends, strict=True))
