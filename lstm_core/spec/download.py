"""What to ask a source outside this machine for: which spacing, from when to when, what of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from lstm_core.spec.section import Section

Interval = Literal["1d", "1wk", "1mo", "1h", "30m", "15m", "5m", "1m"]
Period = Literal["1mo", "3mo", "6mo", "1y", "2y", "5y", "10y", "ytd", "max"]

_Column = Annotated[str, Field(max_length=40)]


class DownloadPlan(Section):
    """What to ask for. What is None is left to the source."""

    interval: Interval | None = Field(
        None, description="The time between two prices; none: a day. FRED's series have their own."
    )
    period: Period | None = Field(
        None,
        description="How far back, up to now; none: five years, or all that there is of shorter "
        "intervals and of FRED's series.",
    )
    start: date | None = Field(None, description="The first day, instead of a period.")
    end: date | None = Field(None, description="The last day; none: today.")
    adjusted: bool = Field(
        True, description="Whether prices are adjusted for splits and dividends."
    )
    columns: tuple[_Column, ...] = Field(
        (), max_length=20, description="Which columns, such as Close and Volume; empty: all."
    )
    layout: Literal["series", "columns"] = Field(
        "series",
        description="Of several names, series: one below the other, told apart by a column; "
        "columns: side by side, so that one can help to predict another.",
    )

    @field_validator("columns", mode="before")
    @classmethod
    def _one_is_a_list_of_one(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_span(self) -> Self:
        if self.period is not None and (self.start is not None or self.end is not None):
            raise ValueError("give a period, or a first and a last day, not both")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("the first day lies before the last one")
        return self
