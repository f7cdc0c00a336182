"""JSON that a person wrote, read with refusals for people."""

from __future__ import annotations

import json
from typing import Any

from lstm_core.errors import SpecError

MOST_LEVELS = 60
"""Lists and objects inside each other; what a spec or a space holds needs a handful."""


def read_json(content: str | bytes, what: str) -> Any:
    """Return what the text holds.

    Args:
        what: what the text is, as it stands in a sentence: "The spec".

    Raises:
        SpecError: it is not JSON, or nested so deeply that nothing could go through it.
    """
    try:
        found = json.loads(content)
    except RecursionError as error:
        raise _refuse_depth(what) from error
    except ValueError as error:
        raise SpecError(f"{what} is not valid JSON: {error}.") from error
    if _is_deep(found):
        raise _refuse_depth(what)
    return found


def reads_as_json(text: str) -> bool:
    """Whether the text is JSON at all, however deep; other text stands for itself."""
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def _is_deep(found: Any) -> bool:
    """Whether there are more than ``MOST_LEVELS`` levels; level by level, never deep itself."""
    level = [found]
    for _ in range(MOST_LEVELS + 1):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


def _refuse_depth(what: str) -> SpecError:
    return SpecError(
        f"{what} is nested more than {MOST_LEVELS} levels deep.",
        "Write lists and objects side by side instead of inside each other.",
    )
