"""Forecasting: what is predicted, and how it is judged."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, field_validator

from lstm_core.errors import SpecError
from lstm_core.spec.section import Section

Cycle = Literal["hour", "weekday", "month_day", "year_day"]
"""What goes round in a calendar: the hour of the day, and the days of week, month and year."""

CYCLES: tuple[Cycle, ...] = get_args(Cycle)

Normalisation = Literal["last_value", "mean_std", "none", "season", "season_level"]
Reading = Literal["all", "known_ahead", "none"]
CalendarReading = Literal["all", "none"]
Statistic = Literal["mean", "std", "min", "max"]
Change = Literal["difference", "return"]

_Reach = Annotated[int, Field(ge=1, le=10_000)]
_Window = Annotated[int, Field(ge=2, le=10_000)]
_Name = Annotated[str, Field(max_length=500)]


class ForecastingSpec(Section):
    """What is predicted, from how much history, and how it is judged."""

    kind: Literal["forecasting"] = Field("forecasting", description="The task.")
    lookback: int | None = Field(
        None, ge=1, le=10_000, description="Input steps; none: read from the season."
    )
    horizon: int | None = Field(
        None, ge=1, le=5_000, description="Steps predicted; none: read from the frequency."
    )
    season: int | None = Field(
        None, ge=1, le=10_000, description="Steps in one season; 1: no season; none: found."
    )
    strategy: Literal["direct", "recursive"] = Field(
        "direct",
        description="All steps at once, or one step at a time with each prediction fed back: "
        "simple to explain, but errors add up.",
    )
    validation_fraction: float = Field(
        0.15,
        gt=0,
        lt=0.5,
        description="Share of the rows, before the test part, that decides when to stop.",
    )
    test_fraction: float | None = Field(
        None,
        gt=0,
        lt=0.5,
        description="Share of the rows, the last ones, never seen in training; none: 0.15, or "
        "more where that holds less than three horizons.",
    )
    transform: Literal["none", "log", "boxcox"] | None = Field(
        None,
        description="What is done to a positive target before scaling, so that its spread does "
        "not grow with its level; none given: read from the training part.",
    )
    calendar: tuple[Cycle, ...] = Field(
        (),
        description="What the network is told of each row's time, behind the last row as well; "
        "each is a sine and a cosine.",
    )
    calendar_tried: tuple[Cycle, ...] | None = Field(
        None,
        description="What it may be told beside that, where validation finds that it helps. None "
        "given: what goes round at least twice in the training part.",
    )
    calendar_read: CalendarReading | None = Field(
        None,
        description="Whether the network reads what is tried of the calendar: all of it, or none. "
        "None given: chosen by the validation part.",
    )
    categories: Literal["one_hot", "embedded"] = Field(
        "one_hot",
        description="How the network is told a category's level, such as a kind of weather: by a "
        "column of 0 and 1 for each level, or by a few numbers that are learnt for each.",
    )
    covariates: Reading | None = Field(
        None,
        description="Which of the table's covariates the network reads: all, those that are known "
        "ahead, or none. A regression among the baselines reads what is known ahead in any case. "
        "None given: chosen by the validation part.",
    )
    outliers: Literal["none", "clip", "hampel"] = Field(
        "none",
        description="How outliers of targets and past covariates are drawn in where the network "
        "reads and learns, by limits of the training part: clip at three widths of its middle "
        "half beyond that, or Hampel's filter. What it is judged by stays as it was.",
    )
    holidays: str = Field(
        "",
        max_length=12,
        pattern=r"^([A-Z]{2}(-[A-Za-z0-9]{1,9})?)?$",
        description="Whose public holidays the network is told of, ahead as well: a country by "
        "two letters, such as DE, or a part of one, such as DE-BY; empty: nobody's.",
    )
    holiday_neighbours: bool = Field(
        False, description="Whether it is told of the days before and after holidays as well."
    )
    exchange: str = Field(
        "",
        max_length=10,
        description="The exchange whose trading days the network is told of, ahead as well, by "
        "its market code, such as XNYS; empty: none.",
    )
    lags: tuple[_Reach, ...] = Field(
        (),
        max_length=20,
        description="How many rows back each target is shown beside itself: what lies further "
        "back than the lookback, such as a year.",
    )
    rolling: tuple[_Window, ...] = Field(
        (),
        max_length=10,
        description="Over how many rows up to each row statistics of the targets are shown.",
    )
    statistics: tuple[Statistic, ...] = Field(("mean",), description="Which statistics.")
    changes: tuple[Change, ...] = Field(
        (),
        description="Changes from row to row that are shown beside the targets: differences, or "
        "returns, which are shares of the value before.",
    )
    products: tuple[_Name, ...] = Field(
        (),
        max_length=8,
        description="Columns whose powers, and products with each other, are shown as well.",
    )
    degree: int = Field(2, ge=2, le=3, description="Of how many columns a product is at most.")
    mask: bool = Field(
        False,
        description="Whether the network is told which values of the targets were observed and "
        "which were filled.",
    )
    floor: Literal["zero", "counts", "none"] | None = Field(
        None,
        description="What forecasts and their ranges keep to: nothing below zero; so where a "
        "target holds whole numbers, or often nothing, and is never below it; or no limit. None: "
        "zero, unless the training part says that values may cross it.",
    )
    scaling: Literal["standard", "minmax", "none"] = Field(
        "standard", description="How each column is scaled, fitted on the training part only."
    )
    season_ahead: int | None = Field(
        None,
        ge=0,
        le=10_000,
        description="A season in steps, of which as many are taken as the horizon is long. "
        "Predictions may begin with a mean over the same time in the seasons before, as it was or "
        "at the level of the last one, and the network is told of both where they do. 0: with "
        "none; none given: the season that comes closest in the training part, where validation "
        "chooses what predictions begin with.",
    )
    window_normalisation: Normalisation | None = Field(
        None,
        description="What is taken from the target in each window before the network sees it, "
        "and given back to its prediction. Season: mean and spread are taken, and the prediction "
        "begins with the same time in earlier seasons; season_level: moved to the level of the "
        "last one. None given: chosen by the validation part.",
    )
    ranges: Literal["quantile", "residuals"] | None = Field(
        None,
        description="Where the ranges' widths come from: a head of the network that learns "
        "quantiles, or past errors alone. Both are calibrated on held-out errors. None: "
        "quantiles, unless there is little to learn from.",
    )
    shrink: bool | None = Field(
        None,
        description="Whether a network is drawn towards the best baseline, and one that is trained "
        "here towards the pre-trained LSTM as well, as far as that helps on rows held out; and one "
        "that failed on the test part leaves what lies beyond the data to that baseline; none: "
        "yes.",
    )
    # The test part is walked through: cutoffs roll forward, fold by fold.
    num_folds: int | None = Field(
        None, ge=1, le=20, description="Stretches of the test part; none: up to 5, as room allows."
    )
    refit: bool | None = Field(
        None,
        description="Train anew before each fold, as one would in use; none: where rows are few.",
    )
    window: Literal["expanding", "sliding"] = Field(
        "expanding",
        description="With refit: train on everything before the fold, or on as many rows as "
        "before the first fold.",
    )
    gap: int = Field(
        0,
        ge=0,
        le=5_000,
        description="Rows left out between the parts, as when values arrive late.",
    )
    stride: int | None = Field(
        None,
        ge=1,
        le=5_000,
        description="Rows from one cutoff to the next; none: 1, or one horizon with refit.",
    )

    @field_validator("calendar", "calendar_tried")
    @classmethod
    def _put_in_order(cls, value: tuple[Cycle, ...] | None) -> tuple[Cycle, ...] | None:
        return None if value is None else tuple(cycle for cycle in CYCLES if cycle in value)

    @field_validator("lags", "rolling", mode="before")
    @classmethod
    def _one_is_a_list_of_one(cls, value: object) -> object:
        return (value,) if isinstance(value, int) else value

    @field_validator("products", mode="before")
    @classmethod
    def _one_name_is_a_list_of_one(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("lags", "rolling")
    @classmethod
    def _sort_once(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(set(value)))

    @field_validator("statistics", "changes", "products")
    @classmethod
    def _name_once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value))

    @property
    def cycles(self) -> tuple[Cycle, ...]:
        """All that is laid out of the calendar: what was asked for, then what is tried."""
        tried = self.calendar_tried or ()
        return (*self.calendar, *(cycle for cycle in tried if cycle not in self.calendar))

    @property
    def season_back(self) -> int:
        """The season that predictions may begin with, in whole ones as long as the horizon.

        0: there is none. What is predicted one step after another begins with none.
        """
        if not self.season_ahead or self.strategy == "recursive":
            return 0
        _, horizon = self.sizes
        return self.season_ahead * -(-horizon // self.season_ahead)

    @property
    def sizes(self) -> tuple[int, int]:
        """Lookback and horizon, once both are set.

        Raises:
            SpecError: one is still to be read from the data.
        """
        if self.lookback is None or self.horizon is None:
            raise SpecError("Lookback and horizon are still to be read from the data.")
        return self.lookback, self.horizon
