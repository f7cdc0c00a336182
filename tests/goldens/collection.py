"""Every golden there is: how it is taken, where it lies, and how it is compared."""

from __future__ import annotations

import difflib
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from tests.goldens.commands import COMMANDS, LONG, take_commands
from tests.goldens.comparing import list_differences
from tests.goldens.experiments import EXPERIMENTS
from tests.goldens.machine import describe_machine, list_differences_of_machines
from tests.goldens.runs import take_run
from tests.goldens.scripts import NOTEBOOKS, SCRIPTS, take_notebook, take_script
from tests.goldens.stored import MACHINE, read_json, read_text, to_json, write_json, write_text

REWRITE = "If that is meant: python -m tests.goldens --write"


@dataclass(frozen=True)
class Golden:
    """One golden.

    Attributes:
        file: where it lies, below the folder of what is stored.
        take: makes it anew: plain objects of JSON, or a text.
        is_text: it is a text, and compared byte for byte on every machine.
        is_long: it is taken in minutes.
    """

    file: str
    take: Callable[[], Any]
    is_text: bool = False
    is_long: bool = False

    def find_differences(self) -> list[str]:
        """Take it anew; return what is otherwise than it was, nothing where all is the same.

        On another machine figures alone are compared, and a warning says so.
        """
        try:
            return self._compare(self.take())
        except FileNotFoundError:
            return [f"{self.file} is not stored."]

    def write(self) -> list[str]:
        """Take it anew and store it; return what changed."""
        taken = self.take()
        try:
            changes = self._compare(taken, is_exact=True)
        except FileNotFoundError:
            changes = ["new"]
        if self.is_text:
            write_text(self.file, taken)
        else:
            write_json(self.file, taken)
        return changes

    def _compare(self, taken: Any, *, is_exact: bool | None = None) -> list[str]:
        if self.is_text:
            return _compare_lines(read_text(self.file), taken)
        stored = read_json(self.file)
        if is_exact is None:
            is_exact = is_same_machine()
        return list_differences(stored, to_json(taken), is_exact=is_exact)


@cache
def is_same_machine() -> bool:
    """Whether the last digit has to be the same here; warns once where it has not."""
    different = list_differences_of_machines(read_json(MACHINE), describe_machine())
    if different:
        warnings.warn(
            "The goldens were written on another machine, so figures are compared roughly, and "
            f"words, weights and large tables not at all. {'; '.join(different)}.",
            stacklevel=2,
        )
    return not different


def _compare_lines(stored: str, taken: str) -> list[str]:
    """Return the lines of a text that were left out or are new."""
    if stored == taken:
        return []
    lines = difflib.ndiff(stored.splitlines(keepends=True), taken.splitlines(keepends=True))
    return [line.rstrip("\n") for line in lines if line.startswith(("- ", "+ "))]


def _name_file(folder: str, name: str, suffix: str) -> str:
    return f"{folder}/{name.replace(' ', '_')}{suffix}"


RUNS = {
    name: Golden(_name_file("runs", name, ".json"), partial(take_run, name)) for name in EXPERIMENTS
}
ANSWERS = {
    name: Golden(
        _name_file("commands", name, ".json"), partial(take_commands, name), is_long=name in LONG
    )
    for name in COMMANDS
}
TEXTS = {
    f"script of {name}": Golden(
        _name_file("scripts", name, ".py.txt"), partial(take_script, name), is_text=True
    )
    for name in SCRIPTS
} | {
    f"notebook of {name}": Golden(
        _name_file("scripts", name, ".ipynb.txt"), partial(take_notebook, name), is_text=True
    )
    for name in NOTEBOOKS
}
GOLDENS = (
    {f"run {name}": golden for name, golden in RUNS.items()}
    | {f"command {name}": golden for name, golden in ANSWERS.items()}
    | TEXTS
)
