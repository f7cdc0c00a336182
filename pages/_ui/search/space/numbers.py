"""Numbers that a browser can hold."""

from __future__ import annotations

from typing import Any

from lstm_core.errors import SpecError

LARGEST_SHOWN = 2**53 - 1
"""A browser's numbers are exact up to here."""


def check_numbers(content: Any) -> None:
    """Refuse what can't be shown, anywhere in the plain objects of a space.

    Raises:
        SpecError: a number is too large, or none that can be written down.
    """
    if isinstance(content, dict | list):
        for each in content.values() if isinstance(content, dict) else content:
            check_numbers(each)
    elif isinstance(content, int | float) and not abs(content) <= LARGEST_SHOWN:
        said = "a number that is too large to be shown" if content == content else "no number"
        raise SpecError(f"The space holds {said}.", f"Stay below {LARGEST_SHOWN:,}.")
