"""How a search goes about it, and the space that it looks in, as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from lstm_core.errors import SpecError, suggest_name
from lstm_core.spec.experiment import explain_refusal
from lstm_core.spec.json_text import read_json
from lstm_core.spec.section import Section
from lstm_core.spec.upgrades import upgrade_path, upgrade_space

Strategy = Literal["random", "grid", "bayesian", "hyperband"]
Scale = Literal["linear", "log"]
Size = Literal["small", "medium", "large"]
SIZES: tuple[Size, ...] = get_args(Size)

MOST_CHOICES = 64
MOST_ENTRIES = 40


class _Entry(Section):
    """One setting that is searched over; ``when`` names settings and the values it goes with."""

    when: dict[str, tuple[Any, ...]] = Field(
        default_factory=dict,
        description="Settings of the same space, and the values under which this one matters.",
    )


class ChoiceEntry(_Entry):
    """One of several values, in no order."""

    kind: Literal["choice"] = "choice"
    values: tuple[Any, ...] = Field(
        min_length=1, max_length=MOST_CHOICES, description="What may be chosen; null: Auto."
    )

    @model_validator(mode="after")
    def _no_value_twice(self) -> Self:
        written = [json.dumps(value) for value in self.values]
        if len(set(written)) < len(written):
            raise ValueError("a value is given twice")
        return self


class _Range(_Entry):
    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        low, high, scale, step = (getattr(self, name) for name in ("low", "high", "scale", "step"))
        if low > high:
            raise ValueError(f"the range is empty: it goes from {low:g} to {high:g}")
        if scale == "log" and low <= 0:
            raise ValueError("on a log scale, a range begins above 0")
        if scale == "log" and step is not None and step <= 1:
            raise ValueError("on a log scale, the spacing multiplies: it is larger than 1")
        return self


class IntEntry(_Range):
    """A whole number from a range, both ends included."""

    kind: Literal["int"] = "int"
    low: int = Field(description="The smallest.")
    high: int = Field(description="The largest.")
    step: int | None = Field(
        None, ge=1, description="Spacing: from one to the next; on a log scale, what multiplies."
    )
    scale: Scale = Field("linear", description="Whether sums or ratios are evenly likely.")


class FloatEntry(_Range):
    """A number from a range, both ends included."""

    kind: Literal["float"] = "float"
    low: float = Field(description="The smallest.")
    high: float = Field(description="The largest.")
    step: float | None = Field(
        None, gt=0, description="Spacing: from one to the next; on a log scale, what multiplies."
    )
    scale: Scale = Field("linear", description="Whether sums or ratios are evenly likely.")


class FixedEntry(_Entry):
    """One value for all trials."""

    kind: Literal["fixed"] = "fixed"
    value: Any = Field(description="The value; null: Auto.")


Entry = ChoiceEntry | IntEntry | FloatEntry | FixedEntry
Space = dict[str, Entry]
"""By ``section.key``, in the order in which people see them."""

_SPACE: TypeAdapter[Space] = TypeAdapter(
    Annotated[
        dict[str, Annotated[Entry, Field(discriminator="kind")]], Field(max_length=MOST_ENTRIES)
    ]
)


class SearchSpec(Section):
    """How a search goes about it."""

    strategy: Strategy = Field(
        "bayesian",
        description="Random: any point is as likely. Grid: one after another. Bayesian: where a "
        "model of the scores so far expects the most. Hyperband: many short trainings, and longer "
        "ones for the best of them.",
    )
    objective: str | None = Field(
        None,
        max_length=40,
        description="What is to become best, measured on what is held out before the test: a "
        "measure of the task, skill or validation_loss; none: the task's first measure.",
    )
    num_trials: int = Field(20, ge=1, le=10_000, description="Most trials.")
    executions: int = Field(
        1, ge=1, le=10, description="Runs of each trial, from different seeds; their mean counts."
    )
    minutes: float | None = Field(
        None, gt=0, le=100_000, description="Most minutes for the trials; none: no limit."
    )
    slots: int | None = Field(
        None, ge=1, le=256, description="Trials side by side; none: as many as fit this machine."
    )
    trials_per_gpu: int = Field(1, ge=1, le=16, description="Trials that share one GPU.")
    prune: bool = Field(
        True,
        description="Whether a trial ends early whose validation loss is above the median of "
        "the trials before it at the same epoch.",
    )
    num_folds: int | None = Field(
        None, ge=1, le=20, description="Folds that each trial is scored on; none: up to 3."
    )
    refit: bool | None = Field(
        None, description="Train anew for each fold; none: where rows are few."
    )
    num_confirmations: int = Field(
        3,
        ge=2,
        le=10,
        description="Fresh seeds with which the best and the default are compared at the end.",
    )
    max_failures: int = Field(
        5, ge=1, le=100, description="Failed trials in a row after which the search ends itself."
    )
    seed: int = Field(42, ge=0, le=2**31 - 2, description="Start of all randomness.")


def parse_search(content: Mapping[str, Any]) -> SearchSpec:
    """Read what the record or a form holds.

    Raises:
        SpecError: an unknown key, or a value out of bounds.
    """
    known = list(SearchSpec.model_fields)
    for key in content:
        if key not in known:
            raise SpecError(
                f'A search has no setting "{key}".',
                suggest_name(key, known).strip() or f"Its settings are {', '.join(known)}.",
            )
    try:
        return SearchSpec.model_validate(content)
    except ValidationError as error:
        raise SpecError(explain_refusal(error, "search")) from error


def parse_space(content: Mapping[str, Any] | str | bytes) -> Space:
    """Read a space from JSON text or from the plain objects that JSON gives, of any version so far.

    Short forms: a list is a choice, and any other value that is no object is fixed.

    Raises:
        SpecError: not JSON, no space, or an entry is refused.
    """
    if isinstance(content, str | bytes):
        content = read_json(content, "The space")
    if not isinstance(content, Mapping):
        raise SpecError(
            "The space must be a JSON object: settings, and what each may be.",
            'For example {"model.units": {"kind": "int", "low": 16, "high": 128, "scale": "log"}}.',
        )
    _refuse_twice(content)
    content = upgrade_space(content)
    try:
        return _SPACE.validate_python({path: _expand(each) for path, each in content.items()})
    except ValidationError as error:
        raise SpecError(*_explain(error)) from error


def _refuse_twice(content: Mapping[str, Any]) -> None:
    for path in content:
        now = upgrade_path(path)
        if now != path and now in content:
            raise SpecError(
                f'The space names a setting twice: "{path}" is what "{now}" was called before.',
                f'Take "{path}" out.',
            )


def _explain(error: ValidationError) -> tuple[str, str]:
    """Say the first fault of a space: what, and what to do."""
    fault = error.errors(include_url=False)[0]
    if not fault["loc"]:
        return (
            f"The space has more than {MOST_ENTRIES} settings.",
            "Leave out those that are always the same.",
        )
    path, *location = map(str, fault["loc"])
    kinds = {kind.model_fields["kind"].default: kind for kind in get_args(Entry)}
    if not location:
        given = fault["input"].get("kind")
        return (
            f'What "{path}" may be is of no kind that there is'
            + ("." if given is None else f": {json.dumps(given)}."),
            f'Write "kind": one of {", ".join(kinds)}.' + suggest_name(str(given), kinds),
        )
    place, key = f'"{path}" in the space', ".".join(location[1:])
    known = [name for name in kinds[location[0]].model_fields if name != "kind"]
    said = {
        "too_short": (f"{place} has nothing to choose from.", "Give at least one value."),
        "too_long": (
            f"{place} has more than {MOST_CHOICES} values to choose from.",
            "Give fewer, or a range.",
        ),
        "missing": (f'{place} has no "{key}".', f"Its keys are {', '.join(known)}."),
        "extra_forbidden": (
            f'{place} has an unknown key, "{key}".',
            suggest_name(key, known).strip() or f"Its keys are {', '.join(known)}.",
        ),
        "tuple_type": (f'{place}: "{key}" has to be a list.', "Write it in square brackets."),
        "dict_type": (
            f'{place}: "{key}" has to be an object.',
            'For example {"model.architecture": ["stacked"]}.',
        ),
    }.get(fault["type"])
    if said is not None:
        return said
    message = fault["msg"].removeprefix("Value error, ")
    given = fault.get("input")
    shown = f" (given: {given!r:.60})" if isinstance(given, str | int | float) else ""
    of_key = f'"{key}" is refused: ' if key else ""
    return f"{place}: {of_key}{message[:1].lower()}{message[1:]}{shown}.", ""


def space_to_json(space: Space) -> dict[str, Any]:
    return {path: entry.model_dump(mode="json") for path, entry in space.items()}


def _expand(entry: Any) -> Any:
    if isinstance(entry, Mapping | _Entry):
        return entry
    if isinstance(entry, list | tuple):
        return {"kind": "choice", "values": entry}
    return {"kind": "fixed", "value": entry}
