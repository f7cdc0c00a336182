"""Blanks around cells: whether there may be any, and the table without them."""

from __future__ import annotations

from collections.abc import Set
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lstm_core.data.reading.rows.dialect.cutting import Dialect
from lstm_core.spec.reading import SPACES

_NUM_THREADS = 4
_CHUNK = 1_000_000
_WIDE_BLANKS = tuple(blank.encode() for blank in "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\ufeff")


def has_blanks_around(data: bytes, dialect: Dialect) -> bool:
    """Whether a cell may begin or end with a blank; looking costs a part of trimming."""
    separator = dialect.separator.encode()
    if dialect.separator == SPACES or (separator != b"\t" and b"\t" in data):
        return True
    if not data.isascii() and any(blank in data for blank in _WIDE_BLANKS):
        return True
    edges = {*separator[:1], *separator[-1:], *dialect.quote.encode(), *b"\n"}
    return data[:1] == b" " or any(
        _stand_together(
            np.frombuffer(data, np.uint8, min(_CHUNK + 1, len(data) - begin), begin), edges
        )
        for begin in range(0, len(data), _CHUNK)
    )


def _stand_together(signs: np.ndarray, edges: Set[int]) -> bool:
    """Whether a blank stands beside one of the signs."""
    is_blank = signs == ord(" ")
    is_edge = np.zeros(len(signs), bool)
    for edge in edges:
        is_edge |= signs == edge
    return bool((is_blank[1:] & is_edge[:-1]).any() or (is_edge[1:] & is_blank[:-1]).any())


def trim(table: pa.Table) -> pa.Table:
    """Strip the cells of blanks; what is empty then is null."""
    with ThreadPoolExecutor(_NUM_THREADS) as pool:
        columns = list(pool.map(_trim_column, table.columns))
    return pa.table(columns, names=table.column_names)


def _trim_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    trimmed = pc.utf8_trim_whitespace(column)
    is_empty = pc.equal(trimmed, "")
    if pc.any(is_empty).as_py():
        return pc.if_else(is_empty, pa.scalar(None, pa.large_string()), trimmed)
    return trimmed
