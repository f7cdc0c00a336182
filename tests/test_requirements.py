"""The locks name exact versions, agree with each other, and cover what the code imports."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = {"lstm_core", "pages", "app"}


def read_pins(file_name: str) -> dict[str, str]:
    lines = (ROOT / file_name).read_text().splitlines()
    requirements = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    matches = [re.fullmatch(r"([a-z0-9][a-z0-9-]*)==(\S+)", line) for line in requirements]
    assert None not in matches, f"not an exact pin: {requirements[matches.index(None)]}"
    return dict(match.groups() for match in matches if match)


def normalise(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def read_direct(extra: str | None = None) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return {normalise(re.split(r"[\[~=<>! ]", line, maxsplit=1)[0]) for line in wanted}


def list_imported_names(file: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(file.read_bytes())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    froms = {
        node.module
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    return {name.split(".")[0] for name in plain | froms}


@pytest.mark.parametrize("file_name", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_names_no_place(file_name: str):
    text = (ROOT / file_name).read_text()

    assert not re.search(r"://|file:|--(extra-)?index|--find-links|--hash|@ ", text)


def test_the_test_lock_has_the_apps_versions():
    app, dev = read_pins("requirements.txt"), read_pins("requirements-dev.txt")

    assert app.items() <= dev.items()


def test_everything_asked_for_is_locked():
    assert read_direct() <= read_pins("requirements.txt").keys()
    assert read_direct("test") <= read_pins("requirements-dev.txt").keys()


def test_everything_imported_is_asked_for():
    files = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "lstm_core").rglob("*.py")]
    names = set().union(*map(list_imported_names, files)) - set(sys.stdlib_module_names) - OURS
    known = packages_distributions()
    imported = {normalise(known[name][0]) if name in known else name for name in names}

    assert imported <= read_direct() | read_direct("postgresql")
