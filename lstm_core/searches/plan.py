"""What a search will do: the data it may see, the spec it begins with, the space it looks in.

Light on purpose: the page calls it to say what a search would be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError, SpecError, StudioError
from lstm_core.searches.development import hold_out_test
from lstm_core.searches.space.settings import (
    apply_values,
    check_space,
    compare_spaces,
    list_extremes,
)
from lstm_core.searches.strategies.strategy import check_strategy
from lstm_core.spec import ExperimentSpec, list_changes, parse_spec, read_setting
from lstm_core.spec.search import SearchSpec, Space, parse_search, parse_space, space_to_json
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.cutting import DEFAULT_TEST_FRACTION, cut_series
from lstm_core.tasks.forecasting.framing.examples import check_framing

USUAL_FOLDS = 3
_MOST_SCORED = 0.35
_MOST_VALIDATION = 0.3
_FRESH_SEEDS = 1_000
"""How far the seeds of confirmations are from those of trials."""

_CONTENDERS_OF_LOSS = (
    *("training.loss", "training.pinball_level", "task.transform", "task.scaling"),
    *("task.window_normalisation", "task.ranges"),
)
"""Where these differ, validation losses are of different things."""


@dataclass(frozen=True)
class SearchPlan:
    """Everything that a search's process has to know; frozen in the record.

    Attributes:
        draft: what the person had; the winner's values are put into it for the final run.
        settings: how to go about it.
        space: where to look.
        base: what trials are, but for their values and their seeds; alone it is the default.
        max_epochs: the longest training, for a strategy that begins with shorter ones.
    """

    draft: ExperimentSpec
    settings: SearchSpec
    space: Space
    base: ExperimentSpec
    max_epochs: int

    def make_trial_spec(self, values: Mapping[str, Any], execution: int) -> ExperimentSpec:
        """Return the spec of a trial's run; ``execution`` counts from 0."""
        return self._seed(apply_values(self.base, values), execution)

    def make_confirmation_spec(self, values: Mapping[str, Any], number: int) -> ExperimentSpec:
        """Return the same with a seed that no trial had; ``number`` counts from 0."""
        return self._seed(apply_values(self.base, values), _FRESH_SEEDS + number)

    def make_final_spec(self, values: Mapping[str, Any]) -> ExperimentSpec:
        """Return the draft with a trial's values, to be trained on all rows."""
        return apply_values(self.draft, values)

    def find_loss_kind(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return what the validation losses of a trial are of: comparable where it is equal."""
        spec = apply_values(self.base, values)
        return tuple(read_setting(spec, path) for path in _CONTENDERS_OF_LOSS)

    def to_json(self, development_id: str) -> dict[str, Any]:
        """Return what the record keeps; ``development_id`` names the data that it may see."""
        return {
            "draft": self.draft.model_dump(mode="json"),
            "search": self.settings.model_dump(mode="json"),
            "space": space_to_json(self.space),
            "base": self.base.model_dump(mode="json"),
            "max_epochs": self.max_epochs,
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
        )

    def _seed(self, spec: ExperimentSpec, offset: int) -> ExperimentSpec:
        return spec.update("training", {"seed": (self.settings.seed + offset) % 2**31})


def plan_search(
    draft: ExperimentSpec, dataset: Dataset, settings: SearchSpec, space: Space
) -> tuple[SearchPlan, Dataset]:
    """Return the plan, and the data that the search may see.

    The draft's defaults are read from the data once, for all trials; what belongs to a network,
    such as its width, is each trial's own unless the space or the draft says. Trials are scored on
    as many rows before the test part as that has itself.

    Raises:
        SpecError: the space or the settings can't be searched with.
        DataError: the data are too few, or a point of the space does not suit them.
    """
    base, development = prepare_base(draft, dataset, settings)
    check_space(space, base)
    _check_objective(settings, space)
    resolved = _check_points(base, development, space)
    epochs = draft.training.epochs or resolved.training.epochs or 1
    check_strategy(space, settings, epochs)
    return SearchPlan(draft, settings, space, base, epochs), development


def prepare_base(
    draft: ExperimentSpec, dataset: Dataset, settings: SearchSpec
) -> tuple[ExperimentSpec, Dataset]:
    """Return what trials begin with, and the data that they may see.

    Raises:
        DataError: the data are too few.
    """
    alone = draft.update("task", {"shrink": False}).update("training", {"num_seeds": 1})
    resolved, _ = resolve_spec(alone, dataset)
    development = hold_out_test(dataset, resolved)
    task = resolved.task
    test_fraction = task.test_fraction or DEFAULT_TEST_FRACTION
    left = 1.0 - test_fraction
    refit = task.refit if settings.refit is None else settings.refit
    base = alone.model_copy(update={"task": task})
    base = base.update(
        "task",
        {
            "test_fraction": min(_MOST_SCORED, test_fraction / left),
            "validation_fraction": min(_MOST_VALIDATION, task.validation_fraction / left),
        },
    )
    base = base.update(
        "task",
        {
            "refit": refit,
            "stride": draft.task.stride or (task.horizon if refit else 1),
            "num_folds": settings.num_folds or _choose_num_folds(base, development),
        },
    )
    base = base.update("model", {"architecture": resolved.model.architecture})
    base = base.update("training", {"windows_per_epoch": resolved.training.windows_per_epoch})
    return base, development


def describe_default(plan: SearchPlan, development: Dataset) -> dict[str, Any]:
    """Return what the default has for each setting of the space, as far as it matters."""
    resolved, _ = resolve_spec(plan.base, development)
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


def _choose_num_folds(base: ExperimentSpec, development: Dataset) -> int:
    _, horizon = base.task.sizes
    longest = max(rows.stop - rows.start for _, rows in development.iterate_series())
    cuts = cut_series(longest, base)
    return max(1, min(USUAL_FOLDS, (cuts.test_end - cuts.test_start) // horizon))


def _check_objective(settings: SearchSpec, space: Space) -> None:
    varied = [path for path in _CONTENDERS_OF_LOSS if path in space and space[path].kind != "fixed"]
    if settings.objective == "validation_loss" and varied:
        raise SpecError(
            f"Validation losses can't be compared where {' and '.join(varied)} may change: each is "
            "in units of its own.",
            "Choose another objective such as mase, or fix these settings.",
        )


def _check_points(base: ExperimentSpec, development: Dataset, space: Space) -> ExperimentSpec:
    """Return the default filled in, once the ends of the space are known to suit the data."""
    resolved, _ = resolve_spec(base, development)
    left_out = check_framing(development, resolved)
    for values in list_extremes(space, base):
        named = ", ".join(f"{path} = {value}" for path, value in values.items())
        try:
            tried, _ = resolve_spec(apply_values(base, values), development)
        except StudioError as error:
            raise DataError(
                f"The space reaches settings that can't be run ({named}): {error.what}",
                f"{error.remedy} Or narrow the space.",
            ) from error
        others = check_framing(development, tried)
        if others != left_out:
            raise DataError(
                f"The space reaches settings ({named}) that would be scored on other series: "
                f"{len(others)} are too short for it, and {len(left_out)} for the default.",
                "Shorten the longest lookback.",
            )
    return resolved
