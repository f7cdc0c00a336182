"""Result tables as bytes: Parquet to keep, CSV to take away."""

from __future__ import annotations

import io
import re
from collections.abc import Collection

import pandas as pd

# Where a cell begins: at its start, and, in a country that writes 1,5 and puts semicolons between
# cells, behind each of those, or at the next line of a quoted one. A sign of full width is one too.
_FORMULA = re.compile(r"(\A|[;\t\n])(?=[=+\-@＝＋－＠\t\n])")


def name_line(line: tuple[str, str], lines: Collection[tuple[str, str]]) -> str:
    """Name a series and target for people; the target only where there are several."""
    series, target = line
    has_one_target = len({name for _, name in lines}) == 1
    return series if series == target or has_one_target else f"{series} · {target}"


def table_to_parquet(table: pd.DataFrame) -> bytes:
    import pyarrow as pa

    buffer = io.BytesIO()
    table.to_parquet(buffer, compression="zstd", index=False)
    pa.default_memory_pool().release_unused()  # a copy of the table, kept for nobody
    return buffer.getvalue()


def table_from_parquet(content: bytes) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(content))


def table_to_csv(table: pd.DataFrame) -> str:
    """Return CSV that a spreadsheet takes for data.

    Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay.
    """
    safe = table.rename(columns=disarm)
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]) and not (
            pd.api.types.is_datetime64_any_dtype(safe[column])
        ):
            safe[column] = safe[column].astype(str).map(disarm)
    return safe.to_csv(index=False)


def disarm(text: object) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula; once is enough."""
    # A bare carriage return ends a row for a spreadsheet, and is not quoted when it is written.
    text = str(text).replace("\r\n", "\n").replace("\r", "\n")
    return _FORMULA.sub(r"\1'", text)
