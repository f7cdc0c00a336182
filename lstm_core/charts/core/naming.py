"""Names that stand beside an axis."""

from __future__ import annotations

LONGEST_LABEL = 24


def shorten(name: str, longest: int = LONGEST_LABEL) -> str:
    """Return a name that is no longer than it may be; of a longer one, its beginning."""
    return name if len(name) <= longest else f"{name[: longest - 1]}…"
