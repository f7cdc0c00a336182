"""Whole modules of ours as one, for a script that needs more of them than a few definitions.

They are read as text and stay as they were written, but for what they import: one of another needs
no import any more, and what they import of others stands once at the top.
"""

from __future__ import annotations

import ast
import builtins
import symtable
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from lstm_core.export.code import Section
from lstm_core.export.source import read_module

_OURS = "lstm_core."
_FUTURE = "from __future__ import annotations"


@dataclass(frozen=True)
class _Module:
    """One module, taken apart.

    Attributes:
        needs: names that it imports, by the module of ours that they are from.
        others: what it imports besides, each as a statement, by the name that it is called by.
        defines: names that mean something everywhere in it.
    """

    name: str
    docstring: str
    code: str
    needs: Mapping[str, frozenset[str]]
    others: Mapping[str, str]
    defines: frozenset[str]


def join_modules(entry: str, instead: Mapping[str, str] | None = None) -> list[Section]:
    """Return what has to be imported, then a module and before it all that it needs of ours.

    Args:
        entry: the module, by its full name.
        instead: modules that are taken in place of others, all by their full names.

    Raises:
        ValueError: one name has two meanings, or a module imports as none that is joined may: a
            module as a whole, by another name, or anywhere but at its top.
    """
    modules = _follow(entry, instead or {})
    imports = _list_imports(modules)
    _refuse_clashes(modules, imports)
    package = entry.rpartition(".")[0] + "."
    head = Section(
        "Imports",
        "What is needed of Python's own, and of others.",
        _write_imports(frozenset(imports.values())),
    )
    return [head, *(_make_section(module, package) for module in modules)]


def _follow(entry: str, instead: Mapping[str, str]) -> list[_Module]:
    """Return modules so that each stands behind all that it needs."""
    found: dict[str, _Module] = {}
    on_the_way: list[str] = []

    def visit(name: str) -> _Module:
        name = instead.get(name, name)
        if name in on_the_way:
            raise ValueError(f"{name} needs itself: {' -> '.join([*on_the_way, name])}.")
        if name in found:
            return found[name]
        module = _read(name)
        on_the_way.append(name)
        for other, names in module.needs.items():
            missing = names - visit(other).defines
            if missing:
                raise ValueError(f"{name} imports {', '.join(sorted(missing))} from {other}.")
        on_the_way.pop()
        found[name] = module
        return module

    visit(entry)
    return list(found.values())


def _read(name: str) -> _Module:
    text = read_module(name.removeprefix(_OURS).replace(".", "/") + ".py")
    tree = ast.parse(text)
    needs: dict[str, frozenset[str]] = {}
    others: dict[str, str] = {}
    first = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in tree.body:
            raise ValueError(f"{name} imports in line {node.lineno}, which is not at its top.")
    for place, node in enumerate(tree.body):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_OURS):
            if any(alias.asname for alias in node.names) or node.level:
                raise ValueError(f"{name} imports of {node.module} by another name.")
            module = str(node.module)
            names = frozenset(alias.name for alias in node.names)
            needs[module] = needs.get(module, frozenset()) | names
        elif isinstance(node, ast.Import | ast.ImportFrom):
            others |= _list_statements(name, node)
        elif place or not isinstance(node, ast.Expr):
            continue
        # Imports stand at the top; ruff holds all of our modules to that.
        assert node.end_lineno is not None
        first = node.end_lineno
    code = "".join(text.splitlines(keepends=True)[first:]).strip("\n")
    return _Module(
        name, ast.get_docstring(tree) or "", code, needs, others, _list_defined(name, text)
    )


def _list_statements(name: str, node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return {}
    found = {}
    for alias in node.names:
        if f"{alias.name}.".startswith(_OURS):
            raise ValueError(f"{name} imports all of {alias.name}.")
        spelt = alias.name + (f" as {alias.asname}" if alias.asname else "")
        origin = f"from {node.module} " if isinstance(node, ast.ImportFrom) else ""
        found[alias.asname or alias.name] = f"{origin}import {spelt}"
    return found


def _list_defined(name: str, text: str) -> frozenset[str]:
    return frozenset(
        symbol.get_name()
        for symbol in symtable.symtable(text, name, "exec").get_symbols()
        if (symbol.is_assigned() or symbol.is_namespace()) and not symbol.is_imported()
    )


def _list_imports(modules: list[_Module]) -> dict[str, str]:
    found: dict[str, str] = {}
    for module in modules:
        for name, statement in module.others.items():
            if found.setdefault(name, statement) != statement:
                raise ValueError(f"{name} means two things: {found[name]}; {statement}.")
    return found


def _refuse_clashes(modules: list[_Module], imports: Mapping[str, str]) -> None:
    owners = dict.fromkeys(dir(builtins), "Python itself") | dict.fromkeys(imports, "an import")
    for module in modules:
        for name in sorted(module.defines):
            if name in owners:
                raise ValueError(f"{name} means two things: {owners[name]}, and {module.name}.")
            owners[name] = module.name


def _write_imports(statements: frozenset[str]) -> str:
    """Write them in isort's order: Python's own first, what is taken out of modules last."""
    plain = sorted(line for line in statements if line.startswith("import "))
    named: dict[str, list[str]] = {}
    for line in sorted(statements - frozenset(plain)):
        origin, _, name = line.partition(" import ")
        named.setdefault(origin, []).append(name)
    lines = [*plain, *(f"{origin} import {', '.join(names)}" for origin, names in named.items())]

    def is_standard(line: str) -> bool:
        return line.split()[1].partition(".")[0] in sys.stdlib_module_names

    blocks = [[line for line in lines if is_standard(line) is own] for own in (True, False)]
    return "\n\n".join([_FUTURE, *("\n".join(block) for block in blocks if block)])


def _make_section(module: _Module, package: str) -> Section:
    own = module.name.removeprefix(package)
    title = own.rpartition(".")[2] if own == module.name else own
    is_apart = module.code.startswith(("@", "class ", "def "))
    code = f"\n{module.code}" if is_apart else module.code
    return Section(title, " ".join(module.docstring.split()), code)
