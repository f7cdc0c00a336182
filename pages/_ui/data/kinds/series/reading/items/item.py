"""What an item of a reading plan is to a page, and how its value is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Form = Literal["choice", "list", "number", "text", "words", "columns", "member"]
"""``choice``: one of a few; ``list``: one of many, or typed; ``words``: several, typed;
``columns``: several of the table's; ``member``: one of the file's sheets or files."""


@dataclass(frozen=True)
class PlanItem:
    """One item of a reading plan.

    Attributes:
        noun: on the chip where it has no value.
        question: above its control; with the term in its ``help``.
        say: what a value of it is, in a few words of plain text, as on a chip.
        usual: values that nobody has to be told of.
        values: what can be chosen, in words.
        of: the files that have it: those that are text, those that hold several tables, or all.
        path: in the spec, where it is none of the plan's.
    """

    name: str
    noun: str
    question: str
    help: str
    form: Form
    say: Callable[[Any], str]
    usual: tuple[Any, ...] = ()
    values: Mapping[Any, str] = field(default_factory=lambda: MappingProxyType({}))
    of: Literal["text", "members", "all"] = "all"
    path: str = ""

    @property
    def setting(self) -> str:
        """Where it stands in the spec."""
        return self.path or f"data.reading.{self.name}"


def say_count(noun: str, most: str = "") -> Callable[[int], str]:
    def say(value: int) -> str:
        return most if not value and most else f"{value:,} {noun}{'' if value == 1 else 's'}"

    return say


def say_name(values: Mapping[Any, str], before: str = "", after: str = "") -> Callable[[Any], str]:
    return lambda value: f"{before}{values.get(value, value)}{after}"


def say_list(before: str, nothing: str) -> Callable[[Any], str]:
    return lambda value: f"{before}{', '.join(map(str, value))}" if value else nothing
