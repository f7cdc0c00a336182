"""Data that come by names instead of files."""

from __future__ import annotations

import argparse

import pytest

from lstm_core.commands.arguments.experiment import add_experiment_options, bring_data, make_spec
from lstm_core.data.bringing import Brought
from lstm_core.data.sources.online.fred import Fred
from lstm_core.data.sources.online.registry import ONLINE_SOURCES
from lstm_core.data.sources.online.yahoo import Yahoo
from lstm_core.errors import SpecError
from lstm_core.spec import ExperimentSpec
from tests.data.canned_fred import CannedFred
from tests.data.canned_yahoo import CannedSession, make_chart


def bring(*words: str) -> tuple[ExperimentSpec, Brought]:
    parser = argparse.ArgumentParser()
    add_experiment_options(parser)
    arguments = parser.parse_args(words)
    spec = make_spec(arguments)
    return spec, bring_data(arguments, spec)


@pytest.fixture(autouse=True)
def sources(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = (200, make_chart(80))
    monkeypatch.setitem(
        ONLINE_SOURCES,
        "yahoo",
        Yahoo(CannedSession(lambda url: chart if "/chart/" in url else (200, "crumb"))),
    )
    monkeypatch.setitem(ONLINE_SOURCES, "fred", Fred(CannedFred()))


def test_tickers() -> None:
    spec, brought = bring("cli1", "CLI2", "--source", "yahoo", "--set", "data.download.period=1y")
    assert (spec.data.name, spec.data.download.period) == ("cli1, CLI2", "1y")
    assert brought.collection.series_names == ["CLI1", "CLI2"]
    assert brought.collection.roles.targets == ("Close",)


def test_series_of_fred() -> None:
    _, brought = bring("UNRATE", "--set", "data.source=fred")
    assert brought.collection.roles.targets == ("UNRATE",)


@pytest.mark.parametrize(
    ("words", "kind"),
    [(["sine"], "series"), (["digits", "--task", "classification"], "items")],
)
def test_samples(words: list[str], kind: str) -> None:
    spec, brought = bring(*words, "--source", "sample")
    assert (spec.data.source, spec.data.name) == ("sample", words[0])
    assert brought.collection.kind == kind


def test_a_source_that_is_none_is_named() -> None:
    with pytest.raises(SpecError, match=r"data\.source"):
        bring("AAPL", "--source", "bloomberg")


def test_what_is_no_ticker_is_refused() -> None:
    with pytest.raises(SpecError, match="is not a ticker"):
        bring("../etc/passwd", "--source", "yahoo")
