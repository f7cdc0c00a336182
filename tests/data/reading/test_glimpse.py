"""Whatever a file holds, its first lines can be looked at."""

from __future__ import annotations

from lstm_core.data.reading.glimpse import LONGEST_LINE, NUM_LINES, glimpse_rows
from lstm_core.spec.reading import ReadingPlan

NO_TABLE = ("Größe\n\n" + "x" * 1_000 + "\n").encode("cp1252")


def test_a_table_has_its_first_rows_and_lines() -> None:
    content = b"day;units\n" + b"".join(b"2024-01-%02d;%d\n" % (1 + n % 28, n) for n in range(99))
    rows = glimpse_rows(content, "table.csv", ReadingPlan())
    assert len(rows.frame) == len(rows.lines) == len(rows.head) == NUM_LINES
    assert rows.head[0] == "day;units"
    assert rows.plan.separator == ";"


def test_what_is_refused_still_has_its_lines() -> None:
    plan = ReadingPlan(encoding="no such thing")
    rows = glimpse_rows(NO_TABLE, "table.csv", plan)
    assert rows.head[:2] == ("Größe", "")
    assert max(map(len, rows.head)) == LONGEST_LINE
    assert rows.plan == plan
    assert rows.frame.empty


def test_of_what_is_no_text_nothing_is_shown() -> None:
    assert glimpse_rows(bytes(range(256)) * 40, "picture.png", ReadingPlan()).head == ()
    assert glimpse_rows(b"", "empty.csv", ReadingPlan()).frame.empty
