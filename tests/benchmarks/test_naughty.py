"""The suite of strings that bite: all is well with ours, and it would notice if it were not."""

from __future__ import annotations

import random

import pytest

from benchmarks.chaos import naughty
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from pages._ui.server.services import close_services
from pages._ui.shell import messages
from tests.pages import records

BITES = '<img src=x onerror="alert(1)"> [a](http://evil.example) =1+1'


@pytest.fixture
def findings() -> naughty.Findings:
    return naughty.Findings()


def try_everything(findings: naughty.Findings, text: str) -> list[str]:
    with Store.open(load_settings()) as store:
        dataset = records.make_dataset([text, "other"], target=text, name=text)
        run = records.complete(store, dataset)
        for check in (naughty.check_pages, naughty.check_exports, naughty.check_charts):
            with findings.trying(check.__name__, text):
                check(text, run, dataset, store)
    close_services()
    return findings.faults


def test_a_string_that_bites_is_harmless_everywhere(findings: naughty.Findings) -> None:
    assert try_everything(findings, BITES) == []
    assert findings.counts.total() == 3


def test_what_is_not_escaped_on_a_page_is_found(
    findings: naughty.Findings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages._ui.run.run_list.escape_markdown", lambda text: text)
    (fault,) = try_everything(findings, BITES)
    assert fault.startswith("check_pages")
    assert messages.escape_markdown(BITES) != BITES


@pytest.mark.parametrize("written", ["a\n=1\n", "a\n1,b;=1\n", "＋1\n"])
def test_a_formula_in_a_table_is_found(written: str) -> None:
    with pytest.raises(AssertionError):
        naughty.check_csv(written)


def test_numbers_are_no_formulas() -> None:
    naughty.check_csv("a,b\n-1.5,-2e-06\n1,+3\n")


def test_the_same_seed_gives_the_same_strings_and_each_of_the_list_once() -> None:
    count = len(naughty.STRINGS) + 10
    texts = naughty.choose_texts(count, random.Random(3))
    assert texts == naughty.choose_texts(count, random.Random(3))
    assert set(naughty.STRINGS) <= set(texts)
