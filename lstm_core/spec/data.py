"""Where the data come from."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from lstm_core.spec.section import Section

ROW_ORDER = "#row"
"""As ``data.time``: the rows are in order and evenly spaced; count them."""


class DataSpec(Section):
    """Where the table comes from and what its columns are for."""

    source: Literal["csv", "yahoo", "sample"] = Field(
        "sample", description="Where the table comes from."
    )
    name: str = Field(
        "sine", max_length=200, description="The file's name, the ticker or the sample's name."
    )
    time: str | None = Field(
        None,
        description="The column that holds the times; none: found by the profile; "
        f'"{ROW_ORDER}": the rows are in order and evenly spaced.',
    )
    targets: tuple[str, ...] = Field(
        (), description="The columns to predict; empty: chosen by the profile."
    )
    past_covariates: tuple[str, ...] = Field(
        (), description="Columns that help to predict and are known up to the cutoff only."
    )
    known_future_covariates: tuple[str, ...] = Field(
        (), description="Columns known ahead of time as well, such as holidays."
    )
    series: str | None = Field(
        None, description="The column that tells several series in one table apart."
    )
    frequency: str | None = Field(
        None,
        max_length=20,
        description="The spacing of the rows as a pandas offset such as h, D, B, W-MON or MS; "
        "none: found by the profile.",
    )
    fill: Literal["interpolate", "previous"] = Field(
        "interpolate",
        description="How a gap in a target is filled: on a straight line between its "
        "neighbours, or by repeating the value before it.",
    )
    missing_future: Literal["refuse", "ignore"] = Field(
        "refuse",
        description="When known-future covariates end before the horizon does: refuse, or "
        "forecast without them, with their past alone.",
    )

    @field_validator("targets", "past_covariates", "known_future_covariates", mode="before")
    @classmethod
    def _one_name_is_a_list_of_one(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_role_for_a_column(self) -> Self:
        named = [
            *self.targets,
            *self.past_covariates,
            *self.known_future_covariates,
            *(name for name in (self.time, self.series) if name is not None),
        ]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f'the column "{twice[0]}" has more than one role')
        return self
