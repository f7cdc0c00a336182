"""What to do, as data: one frozen ``ExperimentSpec`` crosses every boundary.

The form, the file, the command line and the worker all speak it. A field that is ``None``
means "read it from the data's own profile"; ``tasks.forecasting.defaults`` fills it in and says
why.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from lstm_core.errors import SpecError, suggest_name

SCHEMA_VERSION: Literal[1] = 1

ROW_ORDER = "#row"
"""As ``data.time``: the rows are in order and evenly spaced; count them."""

Architecture = Literal["segment", "vanilla", "stacked", "bidirectional", "gru"]
Preset = Literal["fast", "balanced", "best"]

SEEDS_OF_PRESETS: dict[Preset, int] = {"fast": 1, "balanced": 3, "best": 5}


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


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


class ForecastSpec(Section):
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
    scaling: Literal["standard", "minmax", "none"] = Field(
        "standard", description="How each column is scaled, fitted on the training part only."
    )
    window_normalisation: Literal["last_value", "mean_std", "none"] | None = Field(
        None,
        description="What is taken from the target in each window before the network sees it, "
        "and given back to its prediction; none given: chosen by the validation part.",
    )
    ranges: Literal["quantile", "residuals"] | None = Field(
        None,
        description="Where the ranges' widths come from: a head of the network that learns "
        "quantiles, or past errors alone. Both are calibrated on held-out errors. None: "
        "quantiles, unless there is little to learn from.",
    )
    shrink: bool | None = Field(
        None,
        description="Whether predictions are drawn towards the best baseline as far as that "
        "helps on the validation part; none: where rows are few or the series is a random walk.",
    )

    @property
    def sizes(self) -> tuple[int, int]:
        """Lookback and horizon, once both are set.

        Raises:
            SpecError: one is still to be read from the data.
        """
        if self.lookback is None or self.horizon is None:
            raise SpecError("Lookback and horizon are still to be read from the data.")
        return self.lookback, self.horizon


class BacktestSpec(Section):
    """How the test part is walked through: cutoffs roll forward, fold by fold."""

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


class ModelSpec(Section):
    """The network."""

    architecture: Architecture | None = Field(
        None, description="The kind of network; none: read from the season and the rows."
    )
    units: int | None = Field(
        None,
        ge=1,
        le=2_048,
        description="Width of each recurrent layer; none: read from the number of rows.",
    )
    segment: int | None = Field(
        None,
        ge=1,
        le=1_000,
        description="Steps in one segment of the segment LSTM; none: one season or a divisor.",
    )
    mixing: bool | None = Field(
        None,
        description="Whether one window holds all targets, or each is predicted from its own "
        "past; none: each by itself in the segment LSTM, otherwise all together.",
    )
    layers: int | None = Field(
        None, ge=1, le=6, description="Recurrent layers; none: 2 when stacked, otherwise 1."
    )
    dropout: float = Field(
        0.0, ge=0, lt=1, description="Share of each layer's inputs hidden while training."
    )
    l1: float = Field(0.0, ge=0, le=1, description="Penalty on the size of the weights.")
    l2: float = Field(0.0, ge=0, le=1, description="Penalty on the square of the weights.")

    @model_validator(mode="after")
    def _layers_fit_the_architecture(self) -> Self:
        if self.architecture == "vanilla" and self.num_layers != 1:
            raise ValueError('"vanilla" has one layer; choose "stacked" for more')
        if self.architecture == "stacked" and self.num_layers < 2:
            raise ValueError('"stacked" has at least two layers; choose "vanilla" for one')
        return self

    @property
    def num_layers(self) -> int:
        return self.layers or (2 if self.architecture == "stacked" else 1)


class TrainingSpec(Section):
    """How the network learns."""

    preset: Preset = Field(
        "balanced",
        description="How much work: fast trains one network, balanced the median of three seeds, "
        "best of five.",
    )
    num_seeds: int | None = Field(
        None, ge=1, le=25, description="Networks whose median predicts; none: by the preset."
    )
    loss: Literal["mae", "mse", "huber"] = Field("mae", description="What is made small.")
    optimizer: Literal["adam", "adamw", "rmsprop", "sgd"] = Field(
        "adam", description="The rule that changes the weights."
    )
    learning_rate: float | None = Field(
        None, gt=0, le=10, description="Size of each change; none: by the architecture."
    )
    decay: float | None = Field(
        None,
        gt=0,
        le=1,
        description="Share of the learning rate that is left after each epoch; 1: all of it; "
        "none: by the architecture.",
    )
    clip_norm: float | None = Field(
        1.0, gt=0, description="Longest gradient allowed; none: no limit."
    )
    batch_size: int | None = Field(
        None, ge=1, le=65_536, description="Windows in one change of weights; none: by the rows."
    )
    windows_per_epoch: int | None = Field(
        None,
        ge=1,
        description="Windows in one epoch, drawn anew each time; none: as many as there are, "
        "within what an epoch may cost.",
    )
    epochs: int | None = Field(
        None, ge=1, le=100_000, description="Most epochs; none: by the architecture and the rows."
    )
    patience: int | None = Field(
        8,
        ge=1,
        description="Epochs without a better validation loss before training stops; the "
        "best weights are restored in any case; none: never stop early.",
    )
    retrain: bool = Field(
        False,
        description="Once validation has chosen the epochs, train again on training and "
        "validation part together for as many.",
    )
    seed: int = Field(42, ge=0, le=2**31 - 1, description="Start of all randomness.")


class ExperimentSpec(Section):
    """One experiment. Immutable; see ``fingerprint`` for its identity."""

    schema_version: Literal[1] = Field(SCHEMA_VERSION, description="Version of this form.")
    data: DataSpec = Field(default_factory=DataSpec, description="The table.")
    forecast: ForecastSpec = Field(default_factory=ForecastSpec, description="The task.")
    backtest: BacktestSpec = Field(default_factory=BacktestSpec, description="The judging.")
    model: ModelSpec = Field(default_factory=ModelSpec, description="The network and its size.")
    training: TrainingSpec = Field(default_factory=TrainingSpec, description="The learning.")

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON: equal for equal experiments, on every machine."""
        canonical = json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def to_json(self) -> str:
        return self.model_dump_json(indent=2)

    def with_values(self, values: Mapping[str, Any]) -> ExperimentSpec:
        """Return a copy with ``{"section.key": value}`` replaced.

        Raises:
            SpecError: a name is unknown or a value is refused.
        """
        content = self.model_dump(mode="json")
        for path, value in values.items():
            section, dot, key = path.partition(".")
            if not dot or section not in SECTIONS:
                raise SpecError(
                    f'There is no setting "{path}".',
                    f"Write section.key; the sections are {', '.join(SECTIONS)}."
                    + suggest_name(section, SECTIONS),
                )
            content[section][key] = value
        return parse_spec(content)

    def update(self, section: str, values: Mapping[str, Any]) -> ExperimentSpec:
        """Return a copy with values of one section replaced that are known to be valid."""
        changed = getattr(self, section).model_copy(update=values)
        return self.model_copy(update={section: changed})


SECTIONS: dict[str, type[Section]] = {
    "data": DataSpec,
    "forecast": ForecastSpec,
    "backtest": BacktestSpec,
    "model": ModelSpec,
    "training": TrainingSpec,
}


def parse_spec(content: Mapping[str, Any] | str | bytes) -> ExperimentSpec:
    """Read a spec from JSON text or from the plain objects that JSON gives.

    Raises:
        SpecError: not JSON, an unknown key (the nearest valid name is given), or a value out
            of bounds.
    """
    if isinstance(content, str | bytes):
        try:
            content = json.loads(content)
        except ValueError as error:
            raise SpecError(f"The spec is not valid JSON: {error}.") from error
    if not isinstance(content, Mapping):
        raise SpecError("The spec must be a JSON object with sections such as data and model.")
    version = content.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        raise SpecError(
            f"The spec has schema_version {version!r}; this program reads {SCHEMA_VERSION}.",
            "Use the version of LSTM Studio that wrote it, or print a fresh spec.",
        )
    try:
        return ExperimentSpec.model_validate(content)
    except ValidationError as error:
        raise SpecError(_explain(error)) from error


def parse_setting(text: str) -> tuple[str, Any]:
    """Split ``section.key=value``; the value is read as JSON where it is JSON, else as text.

    Raises:
        SpecError: there is no ``=``.
    """
    path, equals, value = text.partition("=")
    if not equals:
        raise SpecError(f'"{text}" sets nothing.', "Write section.key=value.")
    try:
        return path.strip(), json.loads(value)
    except ValueError:
        return path.strip(), value


def _explain(error: ValidationError) -> str:
    """Say the first fault of a validation in one sentence."""
    fault = error.errors(include_url=False, include_context=False)[0]
    location = [str(part) for part in fault["loc"]]
    path = ".".join(location) or "the spec"
    if fault["type"] == "extra_forbidden":
        parent = location[:-1]
        model = SECTIONS.get(parent[0], ExperimentSpec) if parent else ExperimentSpec
        known = list(model.model_fields)
        where = f'section "{parent[0]}"' if parent else "the spec"
        return f'There is no setting "{location[-1]}" in {where}.' + (
            suggest_name(location[-1], known) or f" Its settings are {', '.join(known)}."
        )
    message = fault["msg"].removeprefix("Value error, ")
    given = fault.get("input")
    shown = f" (given: {given!r:.60})" if isinstance(given, str | int | float) else ""
    return f'The setting "{path}" is refused: {message[:1].lower()}{message[1:]}{shown}.'
