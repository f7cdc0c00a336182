"""What a search will do: the data it may see, the spec it begins with, the space it looks in.

Light on purpose: the page calls it to say what a search would be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lstm_core.errors import DataError, SpecError, StudioError
from lstm_core.judging.measures import Measure
from lstm_core.searches.objective import find_objective
from lstm_core.searches.space.settings import (
    check_space,
    compare_spaces,
    list_extremes,
)
from lstm_core.searches.strategies.strategy import check_strategy
from lstm_core.spec import ExperimentSpec, list_changes, parse_spec, read_setting
from lstm_core.spec.points import apply_values
from lstm_core.spec.search import SearchSpec, Space, parse_search, parse_space, space_to_json
from lstm_core.tasks.kind import TaskKind
from lstm_core.tasks.registry import find_kind

_FRESH_SEEDS = 1_000
"""How far the seeds of confirmations are from those of trials."""

_USUAL_EPOCHS = 50
"""The longest training where the draft's network needs none and others of the space do."""

_LOSSES = ("training.loss", "training.pinball_level")
"""Where these differ, or what the task adds to them, validation losses are of different things."""


@dataclass(frozen=True)
class SearchPlan:
    """Everything that a search's process has to know; frozen in the record.

    Attributes:
        draft: what the person had; the winner's values are put into it for the final run.
        settings: how to go about it.
        space: where to look.
        base: what trials are, but for their values and their seeds; alone it is the default.
        max_epochs: the longest training, for a strategy that begins with shorter ones.
        decided_by: the key of the measure that results on these data are decided by; none: the
            task's usual one.
        chosen: what the validation part of the default's run has chosen, filled in; None: not yet,
            or nothing. Other trials take it over instead of trying it once more. Not kept with the
            plan: that run tells.
    """

    draft: ExperimentSpec
    settings: SearchSpec
    space: Space
    base: ExperimentSpec
    max_epochs: int
    decided_by: str | None = None
    chosen: ExperimentSpec | None = None

    @property
    def leaves_open(self) -> bool:
        """Whether the default's run is to choose something for all trials."""
        return bool(self._kind.list_tried(self.base))

    @property
    def objective(self) -> Measure:
        """What trials are scored by."""
        objective = self.settings.objective
        return self.deciding if objective is None else find_objective(self._kind, objective)

    @property
    def deciding(self) -> Measure:
        """What skill is measured by."""
        measures = self._kind.measures
        return next((each for each in measures if each.key == self.decided_by), measures[0])

    @property
    def _kind(self) -> TaskKind:
        return find_kind(self.base)

    def make_trial_spec(self, values: Mapping[str, Any], execution: int) -> ExperimentSpec:
        """Return the spec of a trial's run; ``execution`` counts from 0."""
        return self._seed(self._apply(values), execution)

    def make_confirmation_spec(self, values: Mapping[str, Any], number: int) -> ExperimentSpec:
        """Return the same with a seed that no trial had; ``number`` counts from 0."""
        return self._seed(self._apply(values), _FRESH_SEEDS + number)

    def make_final_spec(self, values: Mapping[str, Any]) -> ExperimentSpec:
        """Return the draft with a trial's values, to be trained on all rows."""
        return apply_values(self.draft, values)

    def find_loss_kind(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return what the validation losses of a trial are of: comparable where it is equal."""
        spec = apply_values(self.base, values)
        return tuple(read_setting(spec, path) for path in _list_loss_settings(spec))

    def to_json(self, development_id: str) -> dict[str, Any]:
        """Return what the record keeps; ``development_id`` names the data that it may see."""
        return {
            "draft": self.draft.model_dump(mode="json"),
            "search": self.settings.model_dump(mode="json"),
            "space": space_to_json(self.space),
            "base": self.base.model_dump(mode="json"),
            "max_epochs": self.max_epochs,
            "decided_by": self.decided_by,
            "development_id": development_id,
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> SearchPlan:
        return cls(
            draft=parse_spec(content["draft"]),
            settings=parse_search(content["search"]),
            space=parse_space(content["space"]),
            base=parse_spec(content["base"]),
            max_epochs=content["max_epochs"],
            decided_by=content.get("decided_by"),
        )

    def _apply(self, values: Mapping[str, Any]) -> ExperimentSpec:
        spec = apply_values(self.base, values)
        return spec if self.chosen is None else self._kind.settle(spec, self.chosen)

    def _seed(self, spec: ExperimentSpec, offset: int) -> ExperimentSpec:
        return spec.update("training", {"seed": (self.settings.seed + offset) % 2**31})


def plan_search(
    draft: ExperimentSpec, collection: Any, settings: SearchSpec, space: Space
) -> tuple[SearchPlan, Any]:
    """Return the plan, and the data that the search may see.

    The draft's defaults are read from the data once, for all trials; what belongs to a network,
    such as its width, is each trial's own unless the space or the draft says. Trials are scored on
    as many rows before the test part as that has itself.

    Raises:
        SpecError: the space or the settings can't be searched with, or the task has no such
            objective.
        DataError: the data are too few, or a point of the space does not suit them.
    """
    draft = find_kind(draft).fix_test_part(draft)
    kind = find_kind(draft)
    if settings.objective is not None:
        find_objective(kind, settings.objective)  # refused before anything takes long
    base, development = prepare_base(draft, collection, settings)
    check_space(space, base)
    _check_objective(settings, space, base)
    resolved = _check_points(base, development, space)
    epochs = draft.training.epochs or resolved.training.epochs or _USUAL_EPOCHS
    check_strategy(space, settings, epochs)
    deciding = kind.choose_measure(resolved, development).key
    settings = settings.model_copy(update={"objective": settings.objective or deciding})
    return SearchPlan(draft, settings, space, base, epochs, deciding), development


def prepare_base(
    draft: ExperimentSpec, collection: Any, settings: SearchSpec
) -> tuple[ExperimentSpec, Any]:
    """Return what trials begin with, and the data that they may see.

    Raises:
        DataError: the data are too few.
    """
    kind = find_kind(draft)
    alone = kind.stand_alone(kind.fix_test_part(draft)).update("training", {"num_seeds": 1})
    resolved, _ = kind.resolve(alone, collection)
    development = kind.hold_out_test(resolved, collection)
    base = kind.prepare_trials(alone, resolved, development, settings)
    base = base.update("model", {"architecture": resolved.model.architecture})
    base = base.update("training", {"windows_per_epoch": resolved.training.windows_per_epoch})
    return base, development


def describe_default(plan: SearchPlan, development: Any) -> dict[str, Any]:
    """Return what the default has for each setting of the space, as far as it matters."""
    resolved, _ = find_kind(plan.base).resolve(plan.base, development)
    values = {path: read_setting(resolved, path) for path in plan.space}
    if "model.layers" in values:
        values["model.layers"] = resolved.model.num_layers
    return {path: value for path, value in values.items() if value is not None}


def check_same_plan(
    plan: SearchPlan, space: Space | None, settings: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Refuse to go on with a search under other conditions than those it began with.

    Args:
        space, settings, values: what was asked for now: a space, ``SearchSpec``'s keys, and
            ``section.key`` of the draft; empty where nothing was asked for.

    Raises:
        SpecError: something differs, with what.
    """
    differences = [] if space is None else compare_spaces(plan.space, space)
    own = plan.settings.model_dump(mode="json")
    differences += [
        f"{key} was {own[key]}, and is {value}."
        for key, value in settings.items()
        if value is not None and own[key] != value
    ]
    differences += [
        f"{path} was {read_setting(plan.draft, path)}, and is {value}."
        for path, value in list_changes(plan.draft, plan.draft.with_values(values)).items()
    ]
    if differences:
        raise SpecError(
            f"The search can't go on with another plan: {' '.join(differences)}",
            "Leave these options out to go on as it began, or start another search.",
        )


def _list_loss_settings(spec: ExperimentSpec) -> tuple[str, ...]:
    return (*_LOSSES, *find_kind(spec).loss_settings)


def _check_objective(settings: SearchSpec, space: Space, base: ExperimentSpec) -> None:
    named = [path for path in _list_loss_settings(base) if path in space]
    varied = [path for path in named if space[path].kind != "fixed"]
    if settings.objective == "validation_loss" and varied:
        raise SpecError(
            f"Validation losses can't be compared where {' and '.join(varied)} may change: each is "
            "in units of its own.",
            f"Choose another objective such as {find_kind(base).measures[0].key}, or fix these "
            "settings.",
        )


def _check_points(base: ExperimentSpec, development: Any, space: Space) -> ExperimentSpec:
    """Return the default filled in, once the ends of the space are known to suit the data."""
    kind = find_kind(base)
    resolved, _ = kind.resolve(base, development)
    left_out = kind.list_left_out(resolved, development)
    for values in list_extremes(space, base):
        named = ", ".join(f"{path} = {value}" for path, value in values.items())
        try:
            tried, _ = kind.resolve(apply_values(base, values), development)
        except StudioError as error:
            raise DataError(
                f"The space reaches settings that can't be run ({named}): {error.what}",
                f"{error.remedy} Or narrow the space.",
            ) from error
        others = kind.list_left_out(tried, development)
        if others != left_out:
            raise DataError(
                f"The space reaches settings ({named}) that would be scored on other series: "
                f"{len(others)} are too short for it, and {len(left_out)} for the default.",
                "Shorten the longest lookback.",
            )
    return resolved
