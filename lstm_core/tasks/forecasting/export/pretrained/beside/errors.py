"""What is said where there can be no forecast."""

from __future__ import annotations


class DataError(Exception):
    """The series can't be used as they are.

    Args:
        what: what happened. ``remedy``: what to do next.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(f"{what} {remedy}".strip())
