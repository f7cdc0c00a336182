from __future__ import annotations

from dataclasses import dataclass
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


@pytest.fixture(scope="session")
def fitted_once(tmp_path_factory: pytest.TempPathFactory) -> Fitted:
    folder = tmp_path_factory.mktemp("fitted")
    data = write_sine(folder / "sine.csv")
    home = folder / "home"
    return Fitted(home, data, run_process(home, "fit", data, *QUICK, "--json"))


@pytest.fixture
def fitted(fitted_once: Fitted, monkeypatch: pytest.MonkeyPatch) -> Fitted:
    """The completed run, in the home that commands of this test use."""
    monkeypatch.setenv("LSTM_STUDIO_HOME", str(fitted_once.home))
    return fitted_once


@pytest.fixture(scope="session")
def promoted_once(tmp_path_factory: pytest.TempPathFactory) -> Fitted:
    folder = tmp_path_factory.mktemp("promoted")
    data = write_promotions(folder / "sales.csv")
    home = folder / "home"
    options = ["--target", "sales", "--set", 'data.known_future_covariates=["promo"]']
    # Drawn towards a baseline, which knows of no covariate, an edit might change nothing.
    options += ["--set", "forecast.shrink=false"]
    return Fitted(home, data, run_process(home, "fit", data, *QUICK, *options, "--json"))


@pytest.fixture
def promoted(promoted_once: Fitted, monkeypatch: pytest.MonkeyPatch) -> Fitted:
    """A completed run whose promotions of four days, from the 30th of May, were known."""
    monkeypatch.setenv("LSTM_STUDIO_HOME", str(promoted_once.home))
    return promoted_once
