"""Settings that people name so often that the command line has an option for each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One of them: ``--name`` sets ``setting``.

    Attributes:
        name: without its dashes.
        setting: ``section.key``.
        help: what it says, in a phrase.
        metavar: what stands for its value.
        is_number: its value is a whole number.
        is_repeated: it may be given several times, and the setting is a list.
    """

    name: str
    setting: str
    help: str
    metavar: str = "NAME"
    is_number: bool = False
    is_repeated: bool = False
