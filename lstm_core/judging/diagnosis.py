"""What the doctor says: something that is wrong, how it shows, and what may help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lstm_core import ratios


@dataclass(frozen=True)
class Fix:
    """A change of settings that may help.

    Attributes:
        label: what it does, short enough for a button.
        changes: for ``ExperimentSpec.with_values``; values are plain JSON.
    """

    label: str
    changes: Mapping[str, Any]


@dataclass(frozen=True)
class Diagnosis:
    """One thing that is wrong.

    Attributes:
        name: ``flat_line``, ``echo`` and so on; for programs.
        title: the same for people.
        evidence: what was measured, in a sentence with figures. Names from files are in it.
        advice: what to do about it.
        fix: none where only other data help.
    """

    name: str
    title: str
    evidence: str
    advice: str
    fix: Fix | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def say_percent(share: float) -> str:
    """``"104%"``, ``"3.1%"``, ``"less than 1%"``: what is compared by eye needs no finer one."""
    return "less than 1%" if share < 0.01 else ratios.say_percent(share)


def say_steps(count: int) -> str:
    """``"1 step"``, ``"24 steps"``."""
    return f"{count} step" if count == 1 else f"{count} steps"
