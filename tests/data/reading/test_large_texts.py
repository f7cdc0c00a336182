"""Texts that are cut on all cores, and what is asked of their bytes instead of their cells."""

import numpy as np
import pyarrow as pa
import pytest

from lstm_core.data.reading.rows.body import parsing
from lstm_core.data.reading.rows.body.glancing import find_first_signs, find_last_signs, holds
from lstm_core.data.reading.rows.body.lines import find_lines, find_odd
from lstm_core.data.reading.rows.dialect.cutting import Dialect
from lstm_core.data.reading.rows.reading import read_rows
from lstm_core.data.reading.table import Rows
from lstm_core.spec.reading import ReadingPlan


def write(num_rows: int, *, quote: str = "", spoil: str = "", at: int = 0, end: str = "") -> bytes:
    rows = [
        ",".join(f"{quote}{cell}{quote}" for cell in (f"2024-01-{1 + row % 28:02}", row, row / 8))
        for row in range(num_rows)
    ]
    if spoil:
        rows.insert(at, spoil)
    return "\n".join(["time,count,value", *rows, end]).encode()


def read_in_blocks(content: bytes, size: int, monkeypatch: pytest.MonkeyPatch) -> Rows:
    monkeypatch.setattr(parsing, "_BLOCK", size)
    return read_rows(content, "some.csv", ReadingPlan())


@pytest.mark.parametrize(
    "content",
    [
        write(900),
        write(900, quote='"'),
        write(900, spoil="2024-01-01,7", at=700),
        write(900, spoil="2024-01-01,7,8,9,10", at=3),
        write(900, spoil='2024-01-01,"7\n8",9', at=450),
        write(900, spoil='2024-01-01,"7,9', at=450),
        write(900, quote='"', spoil='"2024-01-01","se""ven","9"', at=450),
        write(900, quote='"', spoil='"2024-01-01,"7","9"', at=450),
        write(900, spoil=",,", at=450),
        write(900, end="Source: a station"),
        write(900, spoil="2024-01-01;,7;,8", at=450),
    ],
)
def test_a_text_in_many_blocks_is_read_as_in_one(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_in_blocks(content, 10_000_000, monkeypatch)
    cut = read_in_blocks(content, 700, monkeypatch)
    assert cut.frame.equals(whole.frame)
    assert cut.lines.tolist() == whole.lines.tolist()
    assert (cut.set_aside, cut.remarks, cut.plan) == (whole.set_aside, whole.remarks, whole.plan)


def test_even_records_are_cut_on_all_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "_cut", lambda *_: pytest.fail("cut by one core"))
    assert len(read_in_blocks(write(900), 700, monkeypatch).frame) == 900


def test_marks_of_a_line_are_counted_wherever_pieces_end(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(3)
    texts = ["".join(draw.choice(list('a"\\,'), draw.integers(0, 40))) for _ in range(300)]
    data = "\n".join(texts).encode()
    for escape in (False, True):
        dialect = Dialect(",", '"', escape)
        plain = [text.replace('\\"', "") if escape else text for text in texts]
        expected = [at for at, text in enumerate(plain) if text.count('"') % 2]
        for size in (1, 50, 10_000):
            monkeypatch.setattr("lstm_core.data.reading.rows.body.lines._CHUNK", size)
            lines = find_lines(data, "some.csv")
            assert find_odd(lines, 0, len(lines), dialect).tolist() == expected
            later = [line for line in expected if 20 <= line < 200]
            assert find_odd(lines, 20, 200, dialect).tolist() == later


def test_cells_are_seen_by_their_bytes() -> None:
    cells = pa.chunked_array(
        [
            pa.array(["a;", None, "", "12"], pa.large_string()).slice(1),
            pa.array([], pa.large_string()),
        ]
    )
    assert find_first_signs(cells).tolist() == [0, 0, ord("1")]
    assert find_last_signs(cells).tolist() == [0, 0, ord("2")]
    assert holds(cells, "2")
    assert not holds(cells, "7")
