"""What older versions wrote, in the layout of this one.

All of it works on plain JSON objects, before anything is checked: what is no spec stays what it
is, to be refused where it is read. A step says what one version changed; what is older goes
through all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

SCHEMA_VERSION: Literal[2] = 2
_VERSION = "schema_version"


@dataclass(frozen=True)
class _Step:
    """From one version to the next.

    Attributes:
        spec: takes a spec of the one, without its version, and gives the other's.
        path: the same for ``section.key``.
        is_before: whether a spec without a version is of the one or older.
    """

    spec: Callable[[Mapping[str, Any]], dict[str, Any]]
    path: Callable[[str], str]
    is_before: Callable[[Mapping[str, Any]], bool]


_OF_THE_TASK = ("forecast", "backtest")
"""Two sections of version 1, which are the section ``task`` since."""


_FLOOR = {"floor": "counts"}
"""What version 1 kept forecasts to, of which it had no choice."""

_READ = {"covariates": "all", "calendar_tried": []}
"""What it read and tried, likewise: said where a program wrote the spec, so that a run can be made
again. Who wrote a few settings by hand gets for all others what would be chosen today.
"""

_WRITTEN_OUT = {
    "forecast": {"strategy", "transform", "calendar", "scaling"},
    "backtest": {"refit", "window", "gap", "stride"},
}
"""By section, settings of which a person would hardly write each."""


def _gather_task(spec: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: part for name, part in spec.items() if name not in _OF_THE_TASK}
    parts = [spec[name] for name in _OF_THE_TASK if name in spec]
    if "task" in kept:  # it was none of version 1: refused as it is
        return dict(spec)
    odd = [part for part in parts if not isinstance(part, Mapping)]
    joined = {key: value for part in parts for key, value in part.items()} if not odd else {}
    whole = not odd and all(keys <= set(spec.get(name, ())) for name, keys in _WRITTEN_OUT.items())
    task = odd[0] if odd else _FLOOR | (_READ if whole else {}) | joined
    return {**kept, "task": task}


def _move_into_task(path: str) -> str:
    section, dot, key = path.partition(".")
    return f"task.{key}" if dot and section in _OF_THE_TASK else path


_STEPS = (
    _Step(
        _gather_task,
        _move_into_task,
        lambda spec: any(name in spec for name in _OF_THE_TASK) and "task" not in spec,
    ),
)
"""From version 1 on."""


def find_version(spec: Mapping[str, Any]) -> Any:
    """Return the version that the spec names, or that it has by its layout."""
    if _VERSION in spec:
        return spec[_VERSION]
    older = (number for number, step in enumerate(_STEPS, 1) if step.is_before(spec))
    return next(older, SCHEMA_VERSION)


def upgrade_spec(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the spec as this version writes it; one of an unknown version stays as it is."""
    version = find_version(spec)
    if type(version) is not int or not 1 <= version < SCHEMA_VERSION:
        return spec
    upgraded = {name: part for name, part in spec.items() if name != _VERSION}
    for step in _STEPS[version - 1 :]:
        upgraded = step.spec(upgraded)
    return {_VERSION: SCHEMA_VERSION, **upgraded}


def upgrade_path(path: str) -> str:
    """Return where a setting stands now: ``task.horizon`` for ``forecast.horizon``."""
    for step in _STEPS:
        path = step.path(path)
    return path


def upgrade_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands beside settings, by where they stand now."""
    return {upgrade_path(path): value for path, value in values.items()}


def upgrade_space(space: Mapping[str, Any]) -> dict[str, Any]:
    """Return a search's space, and what its entries depend on, by where settings stand now."""
    return {path: _upgrade_entry(entry) for path, entry in upgrade_values(space).items()}


def _upgrade_entry(entry: Any) -> Any:
    if isinstance(entry, Mapping) and isinstance(entry.get("when"), Mapping):
        return {**entry, "when": upgrade_values(entry["when"])}
    return entry
