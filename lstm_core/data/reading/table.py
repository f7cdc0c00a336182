"""``SourceTable``: a table as its source gave it, before any column has a role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lstm_core.data.reading.telling import Question, Remark, SetAside
from lstm_core.spec.reading import ReadingPlan

_MOST_LINES = 20
"""That a remark names."""


@dataclass(frozen=True)
class Rows:
    """The rows of a file as they stand there.

    Attributes:
        frame: dtype ``str``, a missing value for an empty cell, where the file is text; columns
            that come with a type of their own (Parquet, numbers and dates of a workbook) keep it.
            Names are distinct; the index is a ``RangeIndex``.
        lines: int64, ``(rows,)``; the line of the file that each row begins on, from 1.
        plan: as given, with ``member``, ``encoding``, ``separator``, ``quote``, ``skip_top``,
            ``skip_bottom``, ``header_rows`` and ``comment`` filled in where they apply.
        head: the first fifty lines of the text, each cut at 500 characters; rows of a sheet with
            tabs between cells.
        members: what could have been read instead: files of an archive, sheets of a workbook.
        set_aside: rows that do not fit, by line; the first ``MOST_SET_ASIDE`` of them.
        num_set_aside: how many there are.
    """

    frame: pd.DataFrame
    lines: np.ndarray
    plan: ReadingPlan
    head: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    num_set_aside: int = 0
    remarks: tuple[Remark, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class SourceTable:
    """A table with typed columns, in the order of its source.

    Attributes:
        frame: numbers, ``datetime64[ns]`` without a zone, bool or text; names as they stand in
            the source.
        name: the file's name, ticker or sample's name (hostile text).
        remarks: how it was read.
        spelt: cells of columns of numbers that were written with zeros before them, such as 0007:
            names of things.
        rows: the rows that it was made of, but for their frame, which is empty; None where it
            did not come from a file.
        plan: every item that the file needs is filled in.
    """

    frame: pd.DataFrame
    name: str
    remarks: tuple[Remark, ...] = ()
    spelt: Mapping[str, pd.Series] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    plan: ReadingPlan = field(default_factory=ReadingPlan)
    rows: Rows | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks' sentences."""
        return tuple(remark.sentence for remark in self.remarks)

    def find_lines(self, rows: Sequence[int] | np.ndarray) -> tuple[int, ...]:
        """Return the lines of the file that rows of the frame begin on; none if unknown."""
        if self.rows is None or len(self.rows.lines) != len(self.frame):
            return ()
        wanted = np.asarray(rows, dtype=np.int64)[:_MOST_LINES]
        return tuple(int(line) for line in self.rows.lines[wanted])
