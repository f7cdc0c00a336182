"""Text in cells of a CSV file that a spreadsheet does not run, and that a script gets back.

``tables.disarm`` is for people, and can't be undone: here an apostrophe goes before apostrophes as
well.
"""

from __future__ import annotations

import re

_FORMULA = re.compile("(\\A|[;\t\n\r])(?='*[=+\\-@＝＋－＠\t\n\r])")

GUARDED = re.compile("(\\A|[;\t\n\r])'(?='*[=+\\-@＝＋－＠\t\n\r])")


def guard_text(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return _FORMULA.sub("\\1'", text)


def read_text(cell: str) -> str:
    """Return a text as it was, without the apostrophe that keeps a spreadsheet from running it."""
    return GUARDED.sub("\\1", cell)
