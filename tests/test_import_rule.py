"""Who may import whom; the contracts themselves stand in ``pyproject.toml``."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
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


def check_contracts(tree: Path) -> subprocess.CompletedProcess[str]:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-logo", "--no-cache"],
        cwd=tree,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


BREACHES = (
    # contract, file, what is added to it, the line that tells of it
    ("core-below-pages", "lstm_core/errors.py", "import pages", "lstm_core.errors -> pages"),
    (
        "layers",
        "lstm_core/errors.py",
        "import lstm_core.spec",
        "lstm_core.errors -> lstm_core.spec",
    ),
    (
        "layers",
        "lstm_core/runs/broken_story.py",
        "import lstm_core.pipeline",
        "lstm_core.runs.broken_story -> lstm_core.pipeline",
    ),
    ("layers", "lstm_core/unplaced.py", "", "- lstm_core.unplaced"),
    (
        "record-apart",
        "lstm_core/runs/broken_training.py",
        "import lstm_core.learning.trainer",
        "lstm_core.runs.broken_training -> lstm_core.learning.trainer",
    ),
    (
        "charts-of-tables",
        "lstm_core/charts/broken.py",
        "import lstm_core.runs",
        "lstm_core.charts.broken -> lstm_core.runs",
    ),
    (
        "one-face-of-jobs",
        "pages/broken_jobs.py",
        "from lstm_core.jobs.local.backend import LocalBackend",
        "pages.broken_jobs -> lstm_core.jobs.local.backend",
    ),
    (
        "one-face-of-jobs",
        "lstm_core/commands/broken_jobs.py",
        "def late():\n    import lstm_core.jobs.working.execution",
        "lstm_core.commands.broken_jobs -> lstm_core.jobs.working.execution",
    ),
    (
        "tasks-apart",
        "lstm_core/tasks/classification/broken.py",
        "def late():\n    import lstm_core.tasks.forecasting.kind",
        "lstm_core.tasks.classification.broken -> lstm_core.tasks.forecasting.kind",
    ),
    (
        "registry-alone",
        "lstm_core/races/broken.py",
        "import lstm_core.tasks.forecasting.defaults",
        "lstm_core.races.broken -> lstm_core.tasks.forecasting.defaults",
    ),
    (
        "pages-name-no-task",
        "pages/_ui/run/broken.py",
        "import lstm_core.tasks.forecasting.defaults",
        "pages._ui.run.broken -> lstm_core.tasks.forecasting.defaults",
    ),
    (
        "core-without-interface",
        "lstm_core/spec/section.py",
        "import streamlit",
        "lstm_core.spec.section -> streamlit",
    ),
    (
        "neutral-engine",
        "lstm_core/models/broken.py",
        "import tensorflow",
        "lstm_core.models.broken -> tensorflow",
    ),
    (
        "pretrained-without-engine",
        "lstm_core/tasks/forecasting/pretrained/network.py",
        "def late():\n    import lstm_core.tasks.forecasting.pretrained.keras_network",
        "lstm_core.tasks.forecasting.pretrained.keras_network -> keras",
    ),
    ("light-pages", "pages/broken.py", "import keras", "pages.broken -> keras"),
    (
        "light-pages",
        "pages/_ui/broken.py",
        "import lstm_core.learning.trainer",
        "pages._ui.broken -> lstm_core.learning.trainer",
    ),
    (
        "light-pages",
        "pages/_ui/broken_late.py",
        "def late():\n    import lstm_core.learning.trainer",
        "pages._ui.broken_late -> lstm_core.learning.trainer",
    ),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of one tree that breaks every rule, by the name of the contract."""
    tree = tmp_path_factory.mktemp("broken")
    shutil.copy(ROOT / "pyproject.toml", tree)
    for package in ("lstm_core", "pages"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tree / package, ignore=ignored)
    for _, file, line, _ in BREACHES:
        with (tree / file).open("a") as source:
            source.write(f"\n{line}\n")
    checked = check_contracts(tree)
    assert checked.returncode == 1, checked.stdout + checked.stderr
    _, _, sections = checked.stdout.partition("Broken contracts\n")
    titles = [contract["name"] for contract in read_contracts()]
    parts = re.split(rf"^({'|'.join(map(re.escape, titles))})$", sections, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_contracts_hold():
    checked = check_contracts(ROOT)

    assert checked.returncode == 0, checked.stdout + checked.stderr


def read_contracts() -> list[dict[str, str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts: list[dict[str, str]] = settings["tool"]["importlinter"]["contracts"]
    return contracts


@pytest.mark.parametrize(("contract", "line"), [(each[0], each[3]) for each in BREACHES])
def test_a_broken_rule_is_noticed(contract: str, line: str, told: dict[str, str]):
    (title,) = (each["name"] for each in read_contracts() if each["id"] == contract)
    assert re.search(rf"{re.escape(line)}( \(|$)", told[title], re.MULTILINE), told[title]


def test_every_contract_is_broken_once():
    assert {each["id"] for each in read_contracts()} == {contract for contract, *_ in BREACHES}


def list_streamlit_imports(file: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(file.read_bytes())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        found += [name for name in names if name.split(".")[0] == "streamlit"]
    return found


def test_only_the_app_and_its_pages_import_streamlit():
    files = [file for name in ("lstm_core", "scripts") for file in (ROOT / name).rglob("*.py")]

    assert [file for file in files if list_streamlit_imports(file)] == []
    assert list_streamlit_imports(ROOT / "app.py")


def test_benchmarks_know_streamlit_as_a_visitor_does():
    visitors = ("streamlit.testing.v1", "streamlit.proto.")
    imported = [
        name
        for file in (ROOT / "benchmarks").rglob("*.py")
        for name in list_streamlit_imports(file)
    ]
    assert [name for name in imported if not name.startswith(visitors)] == []


@pytest.mark.slow  # every day, tests/pages/test_light.py goes through pages that hold something
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
