"""The first lines of a file that is read as no table, for a person to see why."""

from __future__ import annotations

from lstm_core.data.sources.text import find_encoding, recognise_binary

NUM_LINES = 50
LONGEST_LINE = 500
"""Characters; the rest of a longer line is left out."""

_NUM_BYTES = 100_000


def glimpse_lines(content: bytes, encoding: str | None = None) -> tuple[str, ...]:
    """Return the first lines as text, whatever they hold; none of what is no text.

    Args:
        encoding: as it was said; None: as it seems to be.
    """
    beginning = content[:_NUM_BYTES]
    found = encoding or find_encoding(beginning)
    if found is None or (encoding is None and recognise_binary(beginning) not in _MARKUP):
        return ()
    try:
        text = beginning.decode(found, "replace")
    except LookupError:
        text = beginning.decode("utf-8", "replace")
    return tuple(line[:LONGEST_LINE] for line in text.splitlines()[:NUM_LINES])


_MARKUP = ("", "a web page", "an XML file")
"""What ``recognise_binary`` says of files that are text."""
