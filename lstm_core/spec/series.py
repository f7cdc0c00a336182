"""A table over time: where it comes from, and what its columns are for."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from lstm_core.spec.download import DownloadPlan
from lstm_core.spec.reading import ReadingPlan
from lstm_core.spec.section import Section

ROW_ORDER = "#row"
"""As ``data.time``: the rows are in order and evenly spaced; count them."""


Fill = Literal["interpolate", "previous", "mean", "season", "drop"]

_FILL_BY_OTHER_NAMES = {"forward": "previous", "ffill": "previous", "seasonal": "season"}
_LONGEST_NAME = 200


def name_file(name: str) -> str:
    """Return a file's name as a spec may hold it.

    The end of a long one is left out, and what is no Unicode, such as bytes of a name that the
    file system keeps in another encoding, becomes a question mark.
    """
    return name.encode("utf-8", "replace").decode("utf-8")[:_LONGEST_NAME]


class SeriesDataSpec(Section):
    """Where the table comes from and what its columns are for."""

    kind: Literal["series"] = Field("series", description="What the data are.")
    source: Literal["csv", "yahoo", "fred", "sample"] = Field(
        "sample", description="Where the table comes from."
    )
    name: str = Field(
        "sine",
        max_length=_LONGEST_NAME,
        description="The file's name, the sample's name, or what Yahoo or FRED call it: AAPL, or "
        "several with commas between them.",
    )
    reading: ReadingPlan = Field(
        default_factory=ReadingPlan, description="How the file is read, where it was said."
    )
    download: DownloadPlan = Field(
        default_factory=DownloadPlan, description="What is asked for at Yahoo or FRED."
    )
    time: str | None = Field(
        None,
        description="The column that holds the times; none: found by the profile; "
        f'"{ROW_ORDER}": the rows are in order and evenly spaced.',
    )
    targets: tuple[str, ...] = Field(
        (), description="The columns to predict; empty: chosen by the profile."
    )
    past_covariates: tuple[str, ...] | None = Field(
        None,
        description="Columns that help to predict and are known up to the cutoff only; none "
        "given: chosen by the profile, an empty list: no column.",
    )
    known_future_covariates: tuple[str, ...] | None = Field(
        None,
        description="Columns known ahead of time as well, such as holidays; none given: those "
        "that go on behind the last value of the target.",
    )
    series: str | None = Field(
        None, description="The column that tells several series in one table apart."
    )
    frequency: str | None = Field(
        None,
        max_length=200,
        description="The spacing of the rows as a pandas offset such as h, D, B, W-MON or MS, or "
        "as one of our own such as C-1111110 for Monday to Saturday; none: found by the profile.",
    )
    static: tuple[str, ...] = Field(
        (),
        description="Columns that describe a series, the same in all its rows, such as a shop's "
        "size: what tells several series from each other.",
    )
    levels: int = Field(
        12,
        ge=1,
        le=200,
        description="Of a covariate of more different texts than this, those that come most often "
        "are inputs, and all others are one.",
    )
    resample: str | None = Field(
        None,
        max_length=20,
        description="Longer steps that rows are put together to before all else, as a pandas "
        "offset such as D, W-MON or MS; none: the rows are as they are.",
    )
    aggregate: Literal["sum", "mean", "last", "min", "max"] | None = Field(
        None,
        description="With resample: what is made of a target's rows in one step; none: the sum of "
        "what counts something, else the mean. Covariates are averaged, and of yes and no, one yes "
        "is enough.",
    )
    fill: Fill = Field(
        "interpolate",
        description="How a gap in a target is filled: on a straight line between its "
        "neighbours, by repeating the value before it, with the mean of all values before it, or "
        "as one season before, shifted to meet its neighbours; or dropped: no window that reads "
        "a gap is learnt from. Filled values never count.",
    )
    missing_future: Literal["refuse", "ignore"] = Field(
        "refuse",
        description="When known-future covariates end before the horizon does: refuse, or "
        "forecast without them, with their past alone.",
    )

    @field_validator(
        "targets", "past_covariates", "known_future_covariates", "static", mode="before"
    )
    @classmethod
    def _one_name_is_a_list_of_one(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("fill", mode="before")
    @classmethod
    def _know_other_names(cls, value: object) -> object:
        return _FILL_BY_OTHER_NAMES.get(value, value) if isinstance(value, str) else value

    @property
    def origin(self) -> tuple[object, ...]:
        """What tells where the data come from, whatever is made of them."""
        return (self.source, self.name, self.download)

    @property
    def covariates(self) -> tuple[str, ...]:
        """The covariates that are named, of either kind."""
        return (self.past_covariates or ()) + (self.known_future_covariates or ())

    @model_validator(mode="after")
    def _one_role_for_a_column(self) -> Self:
        named = [
            *self.targets,
            *self.covariates,
            *(name for name in (self.time, self.series) if name is not None),
        ]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f'the column "{twice[0]}" has more than one role')
        return self
