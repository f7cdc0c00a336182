from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.series.what_if.link import MOST_LETTERS, decode_edits, encode_edits
from lstm_core.errors import DataError

KNOWN = pd.DataFrame(np.arange(12.0).reshape(6, 2), columns=["promo", "<b>"])
CELLS = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 1)),
    st.floats(allow_infinity=False, allow_nan=True),
)


def edit(cells: dict[tuple[int, int], float], known: pd.DataFrame = KNOWN) -> pd.DataFrame:
    edits = known.copy()
    for (row, column), value in cells.items():
        edits.iloc[row, column] = value
    return edits


@given(CELLS)
def test_edits_survive_their_address(cells: dict[tuple[int, int], float]) -> None:
    edits = edit(cells)
    text = encode_edits(KNOWN, edits)
    assert text is not None
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    found = decode_edits(KNOWN, text) if text else KNOWN
    pd.testing.assert_frame_equal(found, edits, check_exact=True)


def test_what_is_as_it_was_needs_no_address() -> None:
    assert encode_edits(KNOWN, KNOWN.copy()) == ""
    gap = edit({(0, 0): np.nan})
    assert encode_edits(gap, gap.copy()) == ""


def test_a_week_of_hours_fits_and_noise_in_every_cell_does_not() -> None:
    week = pd.DataFrame(np.zeros((168, 3)))
    assert encode_edits(week, week + 1.5) is not None
    noise = np.random.default_rng(0).normal(size=(168, 3))
    assert encode_edits(week, week + noise) is None


def pack(content: Any) -> str:
    packed = zlib.compress(content if isinstance(content, bytes) else json.dumps(content).encode())
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "text",
    [
        "!",
        "abc",
        "\u00e4",
        pack([[6, 0, 1.0]]),
        pack([[-1, 0, 1.0]]),
        pack([[0, -1, 1.0]]),
        pack([[0, 0, "x"]]),
        pack([[0, 0, [1]]]),
        pack([[0, True, 1]]),
        pack([[0, 0, 1e999]]),
        pack([[0, 0]]),
        pack({"a": 1}),
        pack(7),
        pack(b"[" * 100_000),
        pack(b"[[0,0,1e400]]"),
        pack(b" " * 2_000_000 + b"[]"),
        pack([[0, 0, 1.0]])[:-3],
        "A" * (MOST_LETTERS + 1),
    ],
)
def test_what_is_no_edit_of_this_grid_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="in this address"):
        decode_edits(KNOWN, text)


@given(st.text())
def test_no_text_does_any_harm(text: str) -> None:
    try:
        found = decode_edits(KNOWN, text)
    except DataError:
        return
    assert found.shape == KNOWN.shape
