"""The beginning of a long file, to see what it holds without reading it all."""

from __future__ import annotations

_NUM_BYTES = 1_000_000


def cut_lines(content: bytes, num_bytes: int = _NUM_BYTES) -> bytes:
    """Return the whole lines among the first bytes; all of what is no longer, or one line."""
    if len(content) <= num_bytes:
        return content
    end = content.rfind(b"\n", 0, num_bytes)
    return content if end < 0 else content[: end + 1]
