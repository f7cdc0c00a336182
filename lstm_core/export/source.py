"""Definitions cut out of our own source, so that a script brings what Keras does not have.

They are read as text: the modules that they stand in load Keras, and this room must not.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import lstm_core

_ROOT = Path(lstm_core.__file__).parent

_SHARED = (
    "models/cells.py",
    "models/attention.py",
    "models/items/ends.py",
    "models/items/shortening.py",
    "models/items/summing.py",
    "models/items/stem.py",
)
"""Where every script may cut from. No name is defined in two of the modules of a script."""


@dataclass(frozen=True)
class _Definition:
    source: str
    needs: frozenset[str]


def cut_definitions(code: str, sources: tuple[str, ...] = ()) -> list[str]:
    """Return the source of every class and function of ours that the code calls by its name.

    Those that they need in turn come first.

    Args:
        sources: modules of a task that they may stand in, by their paths in ``lstm_core``.
    """
    known = _list_definitions((*_SHARED, *sources))
    found: dict[str, str] = {}

    def visit(names: frozenset[str]) -> None:
        for name in sorted(names & known.keys() - found.keys()):
            visit(known[name].needs - {name})
            found[name] = known[name].source

    visit(_list_names(ast.parse(code)))
    return list(found.values())


@cache
def read_constant(path: str, name: str) -> Any:
    """Return a literal that a module of ours assigns at its top, such as a number.

    Raises:
        KeyError: there is none of that name.
    """
    for node in ast.parse(read_module(path)).body:
        if isinstance(node, ast.Assign) and _list_targets(node) == [name]:
            return ast.literal_eval(node.value)
    raise KeyError(f"{name} in {path}")


@cache
def _list_definitions(paths: tuple[str, ...]) -> dict[str, _Definition]:
    found: dict[str, _Definition] = {}
    for path in paths:
        text = read_module(path)
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                source = _cut(text, node)
                found[node.name] = _Definition(source, _list_names(ast.parse(source)))
            elif isinstance(node, ast.Assign) and len(names := _list_targets(node)) == 1:
                source = ast.get_source_segment(text, node) or ""
                found[names[0]] = _Definition(source, _list_names(node))
    return found


def read_module(path: str) -> str:
    """Return the text of a module of ours, told by its path in ``lstm_core``."""
    return (_ROOT / path).read_text(encoding="utf-8")


def _list_targets(node: ast.Assign) -> list[str]:
    return [target.id for target in node.targets if isinstance(target, ast.Name)]


def _list_names(tree: ast.AST) -> frozenset[str]:
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def _list_decorators(node: ast.ClassDef) -> frozenset[str]:
    return frozenset().union(*map(_list_names, node.decorator_list))


def _cut(text: str, node: ast.ClassDef | ast.FunctionDef) -> str:
    """Return a definition's source with its decorators and without its annotations.

    The fields of a dataclass are told by theirs.
    """
    # Offsets count bytes.
    lines = text.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def place(line: int, column: int) -> int:
        return starts[line - 1] + column

    def end_of(part: ast.expr | ast.arg) -> int:
        assert part.end_lineno is not None
        assert part.end_col_offset is not None
        return place(part.end_lineno, part.end_col_offset)

    fields = {
        id(field)
        for part in ast.walk(node)
        if isinstance(part, ast.ClassDef) and "dataclass" in _list_decorators(part)
        for field in part.body
    }
    content = text.encode()
    removed: list[tuple[int, int]] = []
    for part in ast.walk(node):
        if isinstance(part, ast.arg) and part.annotation is not None:
            name_end = place(part.lineno, part.col_offset) + len(part.arg.encode())
            end = end_of(part.annotation)
            removed.append((name_end, end))
            if content[end : end + 3] == b" = ":  # no spaces around a bare name's default
                removed += [(end, end + 1), (end + 2, end + 3)]
        elif isinstance(part, ast.AnnAssign) and part.value is not None and id(part) not in fields:
            removed.append((end_of(part.target), end_of(part.annotation)))
        elif isinstance(part, ast.FunctionDef) and part.returns is not None:
            arrow = content.rindex(b"->", 0, place(part.returns.lineno, part.returns.col_offset))
            arrow = len(content[:arrow].rstrip())
            removed.append((arrow, end_of(part.returns)))
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    assert node.end_lineno is not None
    start, end = starts[first - 1], starts[node.end_lineno]
    kept, position = b"", start
    for begin, stop in sorted(removed):
        kept += content[position:begin]
        position = stop
    return (kept + content[position:end]).decode().rstrip()
