"""The whole: one frozen ``ExperimentSpec`` crosses every boundary."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic.fields import FieldInfo

from lstm_core.errors import NewerVersionError, SpecError, suggest_name
from lstm_core.spec.data import DATA, DataSpec
from lstm_core.spec.json_text import read_json, reads_as_json
from lstm_core.spec.layers import DECODER_KINDS, LAYER_KINDS
from lstm_core.spec.model import ModelSpec
from lstm_core.spec.section import Section
from lstm_core.spec.tasks import TASKS, TaskSpec
from lstm_core.spec.training import TrainingSpec
from lstm_core.spec.upgrades import (
    SCHEMA_VERSION,
    find_version,
    upgrade_path,
    upgrade_spec,
    upgrade_values,
)


class ExperimentSpec(Section):
    """One experiment. Immutable; see ``fingerprint`` for its identity."""

    schema_version: Literal[2] = Field(SCHEMA_VERSION, description="Version of this form.")
    data: DataSpec = Field(default_factory=DATA.make_usual, description="What there is.")
    task: TaskSpec = Field(
        default_factory=TASKS.make_usual, description="What is learnt from it, and the judging."
    )
    model: ModelSpec = Field(default_factory=ModelSpec, description="The network and its size.")
    training: TrainingSpec = Field(default_factory=TrainingSpec, description="The learning.")

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON: equal for equal experiments, on every machine.

        Another layout has others: what is kept by it is kept anew, see ``upgrades``.
        """
        return hash_content(self.model_dump(mode="json"))

    def to_json(self) -> str:
        return self.model_dump_json(indent=2)

    def with_values(self, values: Mapping[str, Any]) -> ExperimentSpec:
        """Return a copy with ``{"section.key": value}`` replaced, or ``section.part.key``.

        With another kind of section, its other settings begin anew: they are another's.

        Raises:
            SpecError: a name is unknown or a value is refused.
        """
        content = self.model_dump(mode="json")
        changes: dict[str, dict[str, Any]] = {}
        for path, value in upgrade_values(values).items():
            section, dot, key = path.partition(".")
            if not dot or section not in SECTIONS:
                raise SpecError(
                    f'There is no setting "{path}".',
                    f"Write section.key; the sections are {', '.join(SECTIONS)}."
                    + suggest_name(section, SECTIONS),
                )
            changes.setdefault(section, {})[key] = value
        for section, changed in changes.items():
            before = content[section]
            is_another = changed.get("kind", before.get("kind")) != before.get("kind")
            content[section] = _put({} if is_another else before, changed)
        return parse_spec(content)

    def with_valid(self, path: str, value: Any) -> ExperimentSpec:
        """Return a copy with ``"section.key"`` replaced by a value that is known to be valid."""
        section, key = path.split(".")
        return self.update(section, {key: value})

    def update(self, section: str, values: Mapping[str, Any]) -> ExperimentSpec:
        """Return a copy with values of one section replaced that are known to be valid."""
        changed = getattr(self, section).model_copy(update=values)
        return self.model_copy(update={section: changed})


def _put(content: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of a section with ``key`` or ``part.key`` replaced.

    Raises:
        SpecError: the part holds a value.
    """
    result = dict(content)
    for path, value in changed.items():
        part, dot, key = path.partition(".")
        inner = result.get(part, {}) if dot else {}
        if not isinstance(inner, Mapping):
            raise SpecError(f'There is no setting "{path}": "{part}" holds a value, not settings.')
        result[part] = _put(inner, {key: value}) if dot else value
    return result


SECTIONS = tuple(name for name in ExperimentSpec.model_fields if name != "schema_version")

_OF_SEVERAL_KINDS = {"data": DATA, "task": TASKS}
_OF_ONE_KIND: dict[str, type[Section]] = {"model": ModelSpec, "training": TrainingSpec}


def hash_content(content: Any) -> str:
    """Return the SHA-256 of plain JSON, whatever the order of its keys."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def parse_spec(content: Mapping[str, Any] | str | bytes) -> ExperimentSpec:
    """Read a spec from JSON text or from the plain objects that JSON gives, of any version so far.

    Raises:
        SpecError: not JSON, an unknown key (the nearest valid name is given), or a value out
            of bounds.
    """
    if isinstance(content, str | bytes):
        content = read_json(content, "The spec")
    if not isinstance(content, Mapping):
        raise SpecError("The spec must be a JSON object with sections such as data and model.")
    content = upgrade_spec(content)
    version = find_version(content)
    if version != SCHEMA_VERSION:
        is_newer = isinstance(version, int) and version > SCHEMA_VERSION
        raise (NewerVersionError if is_newer else SpecError)(
            f"The spec has schema_version {version!r}; this program reads 1 to {SCHEMA_VERSION}."
            + (" A newer version wrote it." if is_newer else ""),
            "Use the version of LSTM Studio that wrote it, or print a fresh spec.",
        )
    try:
        return ExperimentSpec.model_validate(content)
    except ValidationError as error:
        raise SpecError(explain_refusal(error, content=content)) from error


def parse_setting(text: str) -> tuple[str, Any]:
    """Split ``section.key=value``; the value is read as JSON where it is JSON, else as text.

    Raises:
        SpecError: there is no ``=``, or what follows it is nested too deeply.
    """
    path, equals, value = text.partition("=")
    if not equals:
        raise SpecError(f'"{text}" sets nothing.', "Write section.key=value.")
    name = upgrade_path(path.strip())
    return name, read_json(value, f'The value of "{name}"') if reads_as_json(value) else value


def read_setting(spec: ExperimentSpec, path: str) -> Any:
    """Return the value of ``"section.key"`` or ``"section.part.key"``, which must be there."""
    found: Any = spec
    for name in path.split("."):
        found = getattr(found, name)
    return found


def list_settings(spec: ExperimentSpec) -> list[str]:
    """Return ``section.key`` of everything that can be set where kinds are as in the spec."""
    return [
        f"{section}.{key}"
        for section in SECTIONS
        for key in type(getattr(spec, section)).model_fields
    ]


def list_fields(path: str) -> list[FieldInfo]:
    """Return what ``describe_setting`` says, for each kind of section that has this setting."""
    name, key = path.split(".")
    several = _OF_SEVERAL_KINDS.get(name)
    sections = several.kinds.values() if several else [_OF_ONE_KIND[name]]
    return [each.model_fields[key] for each in sections if key in each.model_fields]


def describe_setting(spec: ExperimentSpec, path: str) -> FieldInfo:
    """Return the default, bounds and type of ``"section.key"``, which must be there."""
    section, key = path.split(".")
    fields: dict[str, FieldInfo] = type(getattr(spec, section)).model_fields
    return fields[key]


def list_changes(before: ExperimentSpec, after: ExperimentSpec) -> dict[str, Any]:
    """Return ``section.key`` and new value, as JSON has it, of each setting that differs.

    Of a section that is of another kind, all of them: ``with_values`` begins it anew.
    """
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return {
        f"{section}.{key}": value
        for section in SECTIONS
        for key, value in new[section].items()
        if new[section].get("kind") != old[section].get("kind") or old[section][key] != value
    }


def _find_section(location: list[str], content: Mapping[str, Any]) -> type[Section]:
    """Return what stands at a place in the spec: the whole, a section, a layer or a decoder."""
    if not location:
        return ExperimentSpec
    name = location[-1]
    if name in _OF_SEVERAL_KINDS:
        return _OF_SEVERAL_KINDS[name].find(content.get(name))
    if len(location) == 2 and location[0] in _OF_SEVERAL_KINDS:
        field = _find_section(location[:1], content).model_fields.get(name)
        part = field.annotation if field else None
        if isinstance(part, type) and issubclass(part, Section):
            return part
    return (LAYER_KINDS | DECODER_KINDS | _OF_ONE_KIND).get(name, ExperimentSpec)


def explain_refusal(
    error: ValidationError, what: str = "spec", content: Mapping[str, Any] | None = None
) -> str:
    """Say the first fault of a validation in one sentence.

    Args:
        what: what was read. ``content``: of a spec, what it holds.
    """
    fault = error.errors(include_url=False, include_context=False)[0]
    location = [str(part) for part in fault["loc"]]
    path = ".".join(location) or f"the {what}"
    if fault["type"] == "extra_forbidden" and what == "spec":
        parent = location[:-1]
        known = list(_find_section(parent, content or {}).model_fields)
        where = f'section "{".".join(parent)}"' if parent else "the spec"
        return f'There is no setting "{location[-1]}" in {where}.' + (
            suggest_name(location[-1], known) or f" Its settings are {', '.join(known)}."
        )
    message = fault["msg"].removeprefix("Value error, ")
    given = fault.get("input")
    shown = f" (given: {given!r:.60})" if isinstance(given, str | int | float) else ""
    return f'The setting "{path}" is refused: {message[:1].lower()}{message[1:]}{shown}.'
