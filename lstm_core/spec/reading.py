"""How a file becomes a table: what was found, and what a person said instead."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from lstm_core.spec.section import Section

ColumnType = Literal["number", "time", "text", "flag"]
Repeats = Literal["sum", "mean", "first", "last", "count"]
TableLayout = Literal["long", "wide", "year_month", "measures"]

SPACES = "spaces"
"""As a separator: runs of spaces, of whatever length."""

_Mark = Annotated[str, Field(max_length=20)]
_Name = Annotated[str, Field(max_length=500)]
_MOST_LINES = 100_000


class ReadingPlan(Section):
    """How to read a file. What is None is found from the content.

    A plan that was found has every item set that its file needs, so that the same bytes are read
    the same way again.
    """

    member: str | None = Field(
        None, max_length=500, description="Which file of an archive, or which sheet of a workbook."
    )
    encoding: str | None = Field(
        None, max_length=40, description="The text's encoding, such as utf-8, cp1252 or gb18030."
    )
    separator: str | None = Field(
        None,
        max_length=20,
        description=f'What separates cells; "{SPACES}": any number of spaces.',
    )
    quote: str | None = Field(
        None, max_length=1, description="What text with separators is put between; empty: nothing."
    )
    skip_top: int | None = Field(
        None, ge=0, le=_MOST_LINES, description="Lines above the header that are not the table's."
    )
    skip_bottom: int | None = Field(
        None, ge=0, le=_MOST_LINES, description="Lines below the last row that are not the table's."
    )
    header_rows: int | None = Field(
        None, ge=0, le=10, description="Lines that name the columns; 0: none does."
    )
    comment: str | None = Field(
        None, max_length=5, description="What lines that are remarks begin with; empty: nothing."
    )
    decimal: Literal[".", ","] | None = Field(
        None, description="The mark before the decimals of a number."
    )
    thousands: Literal["", ".", ",", "'", " "] | None = Field(
        None, description="The mark between thousands; empty: none."
    )
    missing: tuple[_Mark, ...] | None = Field(
        None,
        max_length=100,
        description="What stands for a missing value, beside empty cells and the usual words: "
        "words, or numbers such as -9999.",
    )
    types: dict[_Name, ColumnType] = Field(
        default_factory=dict,
        max_length=10_000,
        description="What columns hold, by name, where it is not what was found.",
    )
    time_form: str | None = Field(
        None,
        max_length=60,
        description="How times are written, in the signs of strptime or by a name of its own, "
        "such as excel or epoch_ms.",
    )
    date_order: Literal["day", "month"] | None = Field(
        None, description="Which comes first in 03/04/2024: the day or the month."
    )
    zone: str | None = Field(
        None,
        max_length=60,
        description="The zone that times with a zone are shown in; empty: as they are written.",
    )
    times: tuple[_Name, ...] | None = Field(
        None,
        max_length=8,
        description="The columns that together make one time, such as a date and a clock.",
    )
    layout: TableLayout | None = Field(
        None,
        description="long: a row for each time; wide: a column for each time; year_month: a row "
        "for each year and a column for each month, or for each day and hour; measures: a row for "
        "each measure at each time, which become columns.",
    )
    keys: tuple[_Name, ...] | None = Field(
        None, max_length=8, description="The columns that together tell several series apart."
    )
    repeats: Repeats | None = Field(
        None, description="What to do with several rows of one series at one time."
    )

    @field_validator("missing", "times", "keys", mode="before")
    @classmethod
    def _one_is_a_list_of_one(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    def fill(self, **found: object) -> ReadingPlan:
        """Return the plan with what was found where nobody said it; what was said stays."""
        given = self.model_dump()
        kept = {name: value for name, value in found.items() if given[name] is None}
        return type(self).model_validate(given | kept)
