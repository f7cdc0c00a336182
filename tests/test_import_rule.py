"""Who may import whom; the contracts themselves stand in ``pyproject.toml``."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OUTSIDE_THE_WEB_PROCESS = (
    "tensorflow",
    "keras",
    "keras_tuner",
    "jax",
    "sklearn",
    "statsmodels",
    "yfinance",
)

VISIT_ALL_PAGES = f"""
import importlib, pkgutil, sys
from pathlib import Path
from streamlit.testing.v1 import AppTest
import pages._ui

for module in pkgutil.walk_packages(pages._ui.__path__, "pages._ui."):
    importlib.import_module(module.name)
app = AppTest.from_file("app.py", default_timeout=60).run()
for page in sorted(Path("pages").glob("[!_]*.py")):
    app.switch_page(str(page)).run()
    assert not app.exception, (page, app.exception)
print("loaded:", [name for name in {OUTSIDE_THE_WEB_PROCESS!r} if name in sys.modules])
"""


def check_contracts(tree: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [f"--contract={contract}" for contract in contracts]
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-logo", "--no-cache", *chosen],
        cwd=tree,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copied_tree(tmp_path: Path) -> Path:
    tree = tmp_path / "tree"
    tree.mkdir()
    shutil.copy(ROOT / "pyproject.toml", tree)
    for package in ("lstm_core", "pages"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tree / package, ignore=ignored)
    return tree


def test_the_contracts_hold():
    checked = check_contracts(ROOT)

    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize(
    ("contract", "file", "line"),
    [
        ("core-below-pages", "lstm_core/errors.py", "import pages"),
        ("layers", "lstm_core/errors.py", "import lstm_core.spec"),
        ("layers", "lstm_core/runs/broken.py", "import lstm_core.pipeline"),
        ("layers", "lstm_core/unplaced.py", ""),
        ("record-apart", "lstm_core/runs/broken.py", "import lstm_core.training"),
        ("charts-of-tables", "lstm_core/charts/broken.py", "import lstm_core.runs"),
        ("core-without-interface", "lstm_core/spec/section.py", "import streamlit"),
        ("neutral-engine", "lstm_core/models/broken.py", "import tensorflow"),
        ("light-pages", "pages/broken.py", "import keras"),
        ("light-pages", "pages/_ui/broken.py", "import lstm_core.training"),
        ("light-pages", "pages/_ui/broken.py", "def late():\n    import lstm_core.training"),
    ],
)
def test_a_broken_rule_is_noticed(contract: str, file: str, line: str, copied_tree: Path):
    with (copied_tree / file).open("a") as source:
        source.write(f"\n{line}\n")

    checked = check_contracts(copied_tree, contract)

    assert checked.returncode == 1, checked.stdout + checked.stderr
    assert "0 kept, 1 broken" in checked.stdout


def imports_streamlit(file: Path) -> bool:
    for node in ast.walk(ast.parse(file.read_bytes())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        if any(name.split(".")[0] == "streamlit" for name in names):
            return True
    return False


def test_only_the_app_and_its_pages_import_streamlit():
    folders = [ROOT / name for name in ("lstm_core", "benchmarks", "scripts")]
    files = [file for folder in folders for file in folder.rglob("*.py")]

    assert [file for file in files if imports_streamlit(file)] == []
    assert imports_streamlit(ROOT / "app.py")


def test_visiting_every_page_loads_nothing_that_trains(studio_home: Path):
    visited = subprocess.run(
        [sys.executable, "-c", VISIT_ALL_PAGES],
        cwd=ROOT,
        env={**os.environ, "LSTM_STUDIO_HOME": str(studio_home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert visited.returncode == 0, visited.stderr[-4000:]
    assert visited.stdout.splitlines()[-1] == "loaded: []"
