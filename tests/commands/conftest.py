from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from tests.commands.terminal import (
    QUICK,
    Answer,
    Terminal,
    run_process,
    write_promotions,
    write_sine,
)
from tests.gallery import get_work


@pytest.fixture
def terminal(capfd: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capfd)


@dataclass(frozen=True)
class Fitted:
    """A home with one completed run, and what ``fit --json`` said about it."""

    home: Path
    data: Path
    answer: Answer

    @property
    def run_id(self) -> str:
        return str(self.answer.content["run_id"])


def fit_once(
    factory: pytest.TempPathFactory,
    write: Callable[[Path], Path],
    name: str,
    options: Sequence[str],
) -> Fitted:
    """Return a copy, this process's own, of the home in which a table was fitted."""

    def make(folder: Path) -> None:
        data = write(folder / name)
        answer = run_process(folder / "home", "fit", data, *QUICK, *options, "--json")
        (folder / "answer.json").write_text(json.dumps(asdict(answer)))

    kept = get_work("fit", write.__name__, *QUICK, *options, make=make)
    folder = factory.mktemp("fitted") / "copy"
    shutil.copytree(kept, folder)
    answer = Answer(**json.loads((folder / "answer.json").read_text()))
    return Fitted(folder / "home", folder / name, answer)


@pytest.fixture(scope="session")
def fitted_once(tmp_path_factory: pytest.TempPathFactory) -> Fitted:
    return fit_once(tmp_path_factory, write_sine, "sine.csv", [])


@pytest.fixture
def fitted(fitted_once: Fitted, monkeypatch: pytest.MonkeyPatch) -> Fitted:
    """The completed run, in the home that commands of this test use."""
    monkeypatch.setenv("LSTM_STUDIO_HOME", str(fitted_once.home))
    return fitted_once


@pytest.fixture(scope="session")
def promoted_once(tmp_path_factory: pytest.TempPathFactory) -> Fitted:
    options = ["--target", "sales", "--set", 'data.known_future_covariates=["promo"]']
    # Drawn towards a baseline, or without covariates, as so little training may want it, an edit
    # might change nothing.
    options += ["--set", "task.shrink=false", "--set", "task.covariates=all"]
    return fit_once(tmp_path_factory, write_promotions, "sales.csv", options)


@pytest.fixture
def promoted(promoted_once: Fitted, monkeypatch: pytest.MonkeyPatch) -> Fitted:
    """A completed run whose promotions of four days, from the 30th of May, were known."""
    monkeypatch.setenv("LSTM_STUDIO_HOME", str(promoted_once.home))
    return promoted_once
