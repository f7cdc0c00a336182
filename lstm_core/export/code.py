"""Pieces of Python: calls with literal arguments, and sections of a script."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_LINE_LENGTH = 96
_CALL_LENGTH = 76


class Code(str):
    """An expression, written as it is where a literal would be quoted."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Section:
    """One step of a script, or one cell of a notebook.

    Attributes:
        title: a few words.
        note: what happens here, in a sentence or two; no word of it comes from a file.
        code: Python; ends without a line break.
    """

    title: str
    note: str
    code: str


def write_call(name: str, /, *arguments: Any, **options: Any) -> Code:
    """Write a call; values are literals, ``Code`` as it is, an option of ``None`` left out."""
    parts = [write_literal(argument) for argument in arguments]
    parts += [
        f"{key}={write_literal(value)}" for key, value in options.items() if value is not None
    ]
    return Code(f"{name}{_enclose('(', parts, ')', _CALL_LENGTH - len(name))}")


def write_list(name: str, parts: Iterable[str]) -> str:
    """Write a list of expressions, over as many lines as it takes."""
    head = f"{name} = "
    return head + _enclose("[", list(parts), "]", _LINE_LENGTH - len(head))


def write_literal(value: Any) -> str:
    """Write a value as Python reads it, a text in double quotes where it holds none.

    A text that breaks lines, quotes or escapes stays one literal on one line.
    """
    literal = repr(value)
    if isinstance(value, str) and literal.startswith("'") and '"' not in value:
        return f'"{literal[1:-1]}"'
    return literal


def _enclose(start: str, parts: list[str], end: str, width: int) -> str:
    one = start + ", ".join(parts) + end
    if len(one) <= width and "\n" not in one:
        return one
    return "\n".join([start, indent(f"{part}," for part in parts), end])


def leave_out(options: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that differ from their defaults."""
    return {
        name: value
        for name, value in options.items()
        if name not in defaults or value != defaults[name]
    }


def write_step(target: str, expression: str, comment: str = "") -> str:
    """Write ``target = expression  # comment``, the comment above where the line is too long."""
    line = f"{target} = {expression}"
    if not comment:
        return line
    one = f"{line}  # {comment}"
    fits = len(one) <= _LINE_LENGTH and "\n" not in one
    return one if fits else f"# {comment}\n{line}"


def write_function(head: str, docstring: str, body: Iterable[str]) -> str:
    lines = [f'"""{docstring}"""'] if docstring else []
    return f"def {head}:\n" + indent([*lines, *body])


def indent(lines: Iterable[str]) -> str:
    return textwrap.indent("\n".join(lines), "    ")


def join_definitions(blocks: Iterable[str]) -> str:
    """Put classes and functions one after another; constants in a row stay together."""
    joined, was_line = "", False
    for block in blocks:
        is_line = "\n" not in block
        space = "\n" if is_line and was_line else "\n\n\n"
        joined += f"{space}{block}" if joined else block
        was_line = is_line
    return joined
