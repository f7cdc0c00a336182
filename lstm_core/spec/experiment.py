"""The whole: one frozen ``ExperimentSpec`` crosses every boundary."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError

from lstm_core.errors import SpecError, suggest_name
from lstm_core.spec.data import DataSpec
from lstm_core.spec.forecast import BacktestSpec, ForecastSpec
from lstm_core.spec.json_text import read_json, reads_as_json
from lstm_core.spec.layers import DECODER_KINDS, LAYER_KINDS
from lstm_core.spec.model import ModelSpec
from lstm_core.spec.section import Section
from lstm_core.spec.training import TrainingSpec

SCHEMA_VERSION: Literal[1] = 1


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
        content = read_json(content, "The spec")
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
        raise SpecError(explain_refusal(error)) from error


def parse_setting(text: str) -> tuple[str, Any]:
    """Split ``section.key=value``; the value is read as JSON where it is JSON, else as text.

    Raises:
        SpecError: there is no ``=``, or what follows it is nested too deeply.
    """
    path, equals, value = text.partition("=")
    if not equals:
        raise SpecError(f'"{text}" sets nothing.', "Write section.key=value.")
    name = path.strip()
    return name, read_json(value, f'The value of "{name}"') if reads_as_json(value) else value


def read_setting(spec: ExperimentSpec, path: str) -> Any:
    """Return the value of ``"section.key"``, which must be there."""
    section, key = path.split(".")
    return getattr(getattr(spec, section), key)


def list_changes(before: ExperimentSpec, after: ExperimentSpec) -> dict[str, Any]:
    """Return ``section.key`` and new value, as JSON has it, of each setting that differs."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return {
        f"{section}.{key}": value
        for section in SECTIONS
        for key, value in new[section].items()
        if old[section][key] != value
    }


def _find_section(location: list[str]) -> type[Section]:
    """Return what stands at a place in the spec: the whole, a section, a layer or a decoder."""
    if not location:
        return ExperimentSpec
    return (LAYER_KINDS | DECODER_KINDS | SECTIONS).get(location[-1], ExperimentSpec)


def explain_refusal(error: ValidationError, what: str = "spec") -> str:
    """Say the first fault of a validation in one sentence; ``what`` was read."""
    fault = error.errors(include_url=False, include_context=False)[0]
    location = [str(part) for part in fault["loc"]]
    path = ".".join(location) or f"the {what}"
    if fault["type"] == "extra_forbidden" and what == "spec":
        parent = location[:-1]
        known = list(_find_section(parent).model_fields)
        where = f'section "{".".join(parent)}"' if parent else "the spec"
        return f'There is no setting "{location[-1]}" in {where}.' + (
            suggest_name(location[-1], known) or f" Its settings are {', '.join(known)}."
        )
    message = fault["msg"].removeprefix("Value error, ")
    given = fault.get("input")
    shown = f" (given: {given!r:.60})" if isinstance(given, str | int | float) else ""
    return f'The setting "{path}" is refused: {message[:1].lower()}{message[1:]}{shown}.'
