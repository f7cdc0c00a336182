"""Cells that no spreadsheet runs, and that come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lstm_core.export.cells import guard_text, read_text
from lstm_core.tables import disarm

BITING = st.text("=+-@＝;'\"\t\n\r, ax", max_size=12)


@given(BITING | st.text())
@example("'=1")
@example("\t\t=")
@example("''\r\n''=")
def test_a_text_comes_back(text: str) -> None:
    assert read_text(guard_text(text)) == text


@given(BITING)
def test_no_spreadsheet_runs_it(text: str) -> None:
    guarded = guard_text(text)
    assert disarm(guarded) == guarded.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("text", ["plain", "1 - 2", "it's", "a;b"])
def test_what_is_harmless_stays(text: str) -> None:
    assert guard_text(text) == text
