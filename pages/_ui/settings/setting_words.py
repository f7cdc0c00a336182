"""What one setting is called, asked and explained as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class SettingWords:
    """One setting: a ``title`` for lists, a ``question`` for forms, the field's term in the help.

    ``values`` holds the words of each choice; ``nothing`` says what an empty field means where
    that is a choice of its own, and ``undecided`` why the data's profile leaves it open.
    """

    title: str
    question: str
    help: str
    values: Mapping[Any, str] = field(default_factory=dict)
    nothing: str = ""
    undecided: str = ""
    is_share: bool = False
