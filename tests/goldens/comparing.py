"""How a golden and what is found now differ, one line for each place."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

TOLERANCE = 5e-2
"""Largest relative difference of a figure where another machine, or library, computes it."""

_FIGURES = ("metrics", "baselines", "forecast")
_OPEN = "settings"
"""Settings may be added; those that were there stay as they were."""


def list_differences(stored: Any, found: Any, *, is_exact: bool) -> list[str]:
    """Return what differs, as ``place: before -> now``.

    Args:
        is_exact: to the last digit and word; otherwise figures alone, to ``TOLERANCE``.
    """
    if is_exact:
        return list(_compare(stored, found, "", 0.0))
    before, now = dict(_pick_figures(stored, "")), dict(_pick_figures(found, ""))
    return list(_compare(before, now, "", TOLERANCE))


def _pick_figures(content: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Yield what holds figures, wherever it stands, by its place."""
    entries = (
        content.items()
        if isinstance(content, Mapping)
        else enumerate(content)
        if isinstance(content, list)
        else ()
    )
    for key, value in entries:
        if key in _FIGURES:
            yield f"{place}/{key}", value
        else:
            yield from _pick_figures(value, f"{place}/{key}")


def _compare(stored: Any, found: Any, place: str, tolerance: float) -> Iterator[str]:
    if isinstance(stored, Mapping) and isinstance(found, Mapping):
        is_open = place.endswith(_OPEN)
        for key in [*stored, *(key for key in found if key not in stored and not is_open)]:
            where = f"{place}/{key}"
            if key not in found:
                yield f"{where}: {_show(stored[key])} -> left out"
            elif key not in stored:
                yield f"{where}: new -> {_show(found[key])}"
            else:
                yield from _compare(stored[key], found[key], where, tolerance)
        shared = [key for key in found if key in stored]
        if shared != [key for key in stored if key in found]:
            yield f"{place}: in another order: {_show(list(stored))} -> {_show(list(found))}"
    elif isinstance(stored, list) and isinstance(found, list) and len(stored) == len(found):
        for number, (before, now) in enumerate(zip(stored, found, strict=True)):
            yield from _compare(before, now, f"{place}/{number}", tolerance)
    elif not _is_same(stored, found, tolerance):
        yield f"{place}: {_show(stored)} -> {_show(found)}"


def _is_same(stored: Any, found: Any, tolerance: float) -> bool:
    numbers = isinstance(stored, float) and isinstance(found, int | float)
    if tolerance and numbers and not isinstance(found, bool):
        return math.isclose(stored, found, rel_tol=tolerance, abs_tol=tolerance)
    return type(stored) is type(found) and stored == found


def _show(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 160 else f"{text[:157]}..."
