"""Which settings a search may change, what is no space, and what a point makes of a spec."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lstm_core.errors import SpecError, suggest_name
from lstm_core.searches.space.points import (
    MOST_STEPS,
    count_points,
    count_values,
    has_value,
    is_active,
    is_continuous,
    list_values,
)
from lstm_core.searches.space.words import compare_spaces, say_entry, say_value
from lstm_core.spec import ExperimentSpec, list_settings
from lstm_core.spec.points import apply_values
from lstm_core.spec.search import ChoiceEntry, Entry, FloatEntry, IntEntry, Space
from lstm_core.tasks.registry import find_kind

__all__ = [
    "check_space",
    "compare_spaces",
    "count_points",
    "list_extremes",
    "list_searchable",
    "list_values",
    "say_entry",
]

_OF_NETWORKS = (
    "model.architecture",
    "model.units",
    "model.layers",
    "model.segment",
    "model.mixing",
    "model.fine_tune",
    "model.dropout",
    "model.l1",
    "model.l2",
)
_OF_LEARNING = (
    "training.loss",
    "training.optimizer",
    "training.momentum",
    "training.learning_rate",
    "training.schedule",
    "training.decay",
    "training.clip_norm",
    "training.batch_size",
    "training.windows_per_epoch",
    "training.epochs",
    "training.patience",
    "training.precision",
)


def list_searchable(spec: ExperimentSpec) -> tuple[str, ...]:
    """Return what changes the network, what it reads, or how it learns: what a search may change.

    Everything else says what is predicted and how that is judged (trials with another task or
    another test have scores that can't be compared), is the search's own (seeds are its
    executions), or has no part in the task.
    """
    kind = find_kind(spec)
    paths = (*_OF_NETWORKS, *kind.searchable, *_OF_LEARNING)
    return tuple(path for path in paths if path not in kind.unused)


_ARCHITECTURE = "model.architecture"
_OF_NAMED_NETWORKS = (
    *("model.units", "model.layers", "model.segment", "model.dropout", "model.fine_tune"),
)
_OWN_SEEDS = ("training.seed", "training.num_seeds", "training.preset")
_DESIGNED = ("model.stack", "model.decoder")


def check_space(space: Space, base: ExperimentSpec) -> None:
    """Refuse what can't be searched from a spec.

    Raises:
        SpecError: a setting is unknown or not for a search, a value is refused by the spec, a
            condition or a step makes no sense, or there is only one point.
    """
    for path, entry in space.items():
        _check_path(path, space, base)
        _check_step(path, entry)
        _check_when(path, space)
    if count_points(space) == 1:
        raise SpecError(
            "The space has one point only: there is nothing to search.",
            "Give at least one setting a range, or several values to choose from.",
        )
    for path, entry in space.items():
        for context in _list_contexts(path, space):
            for value in _list_tried(entry):
                _check_value(path, value, context, base)


def list_extremes(space: Space, base: ExperimentSpec) -> list[dict[str, Any]]:
    """Return a handful of points between which the others lie; no two make the same spec.

    One with the smallest numbers and the shortest lists, and for each architecture one with the
    largest and the longest.
    """
    architectures = list_values(space[_ARCHITECTURE]) if _ARCHITECTURE in space else [None]
    points: dict[str, dict[str, Any]] = {}
    for architecture, end in [(architectures[0], min), *((each, max) for each in architectures)]:
        point: dict[str, Any] = {}
        for path, entry in space.items():
            if is_active(entry, point):
                values = list_values(entry)
                values = values if isinstance(entry, ChoiceEntry) else (values[0], values[-1])
                point[path] = architecture if path == _ARCHITECTURE else end(values, key=_weigh)
        points.setdefault(apply_values(base, point).fingerprint, point)
    return list(points.values())


def _weigh(value: Any) -> float:
    """Numbers by size, lists by length; of all others, the first is taken."""
    if isinstance(value, list | tuple):
        return len(value)
    return float(value) if isinstance(value, int | float) else 0.0


def _check_path(path: str, space: Space, base: ExperimentSpec) -> None:
    searchable = list_searchable(base)
    if path not in searchable:
        known = list_settings(base)
        if path not in known:
            raise SpecError(
                f'The space names a setting that there is not: "{path}".',
                suggest_name(path, searchable).strip()
                or suggest_name(path, known).strip()
                or "Write section.key, for example model.units.",
            )
        raise SpecError(f'A search can\'t change "{path}": {_say_why(path, base)}.', "Take it out.")
    is_designed = base.model.architecture == "custom" and _ARCHITECTURE not in space
    if is_designed and path in _OF_NAMED_NETWORKS:
        raise SpecError(
            f'"{path}" has no effect on layers of your own: each has its own size.',
            "Take it out, or let the architecture be searched as well.",
        )


def _say_why(path: str, base: ExperimentSpec) -> str:
    if path in find_kind(base).unused:
        return f"it has no part in {base.task.kind}"
    if path in _OWN_SEEDS:
        return "it gives each trial its seeds itself"
    if path in _DESIGNED:
        return "layers are put together in the designer"
    return "it has to be the same for all trials, so that their scores can be compared"


def _check_step(path: str, entry: Entry) -> None:
    if not isinstance(entry, IntEntry | FloatEntry) or entry.step is None:
        return
    is_log = entry.scale == "log"
    width = entry.high / entry.low if is_log else entry.high - entry.low
    if entry.low < entry.high and entry.step > width * (1 + 1e-9):
        raise SpecError(
            f'The spacing of "{path}" leads out of its range: '
            + (
                f"{entry.low:g} × {entry.step:g} is more than {entry.high:g}."
                if is_log
                else f"{entry.low:g} + {entry.step:g} is more than {entry.high:g}."
            ),
            "Take a smaller spacing or a wider range.",
        )
    if isinstance(entry, FloatEntry) and count_values(entry) > MOST_STEPS:
        raise SpecError(
            f'The spacing of "{path}" is so small that there are more than {MOST_STEPS:,} values.',
            "Take a larger spacing, or none: then any value in the range is possible.",
        )


def _check_when(path: str, space: Space) -> None:
    earlier = list(space)[: list(space).index(path)]
    for parent, values in space[path].when.items():
        if parent not in space:
            raise SpecError(
                f'"{path}" depends on "{parent}", which is not in the space.',
                suggest_name(parent, space).strip() or "Add it, or take the condition out.",
            )
        if parent not in earlier:
            raise SpecError(
                f'"{path}" depends on "{parent}", which does not come before it.',
                "Put what others depend on first; two can't depend on each other.",
            )
        entry = space[parent]
        if is_continuous(entry):
            raise SpecError(
                f'"{path}" depends on "{parent}", which may be any number in a range.',
                "Give that range a spacing, or a list of values.",
            )
        if not values:
            raise SpecError(
                f'"{path}" can never matter: its condition names no value of "{parent}".',
                "Name some, or take the condition out.",
            )
        for value in values:
            if not has_value(entry, value):
                raise SpecError(
                    f'"{path}" waits for "{parent}" to be {say_value(value)}, which it never is.',
                    "Name values that it has.",
                )


def _list_tried(entry: Entry) -> Sequence[Any]:
    """Return values that tell for all: what a spec takes of numbers is a range without gaps.

    The second of a range of fractions tells whether they may be fractions at all.
    """
    values = list_values(entry)
    return values if isinstance(entry, ChoiceEntry) else (values[0], values[-1], *values[1:2])


def _list_contexts(path: str, space: Space) -> Iterator[dict[str, Any]]:
    """Yield values of other entries under which an entry matters, with every architecture."""
    context = _meet_conditions(path, space)
    if path == "model.layers" and _ARCHITECTURE in space:
        for value in list_values(space[_ARCHITECTURE]):
            tried = {**context, _ARCHITECTURE: value}
            if is_active(space[path], tried):
                yield tried
    else:
        yield context


def _meet_conditions(path: str, space: Space) -> dict[str, Any]:
    context: dict[str, Any] = {}
    for parent, values in space[path].when.items():
        context |= {**_meet_conditions(parent, space), parent: values[0]}
    return context


def _check_value(path: str, value: Any, context: Mapping[str, Any], base: ExperimentSpec) -> None:
    try:
        apply_values(base, {**context, path: value})
    except SpecError as error:
        raise SpecError(
            error.what, f'Take {say_value(value)} out of what "{path}" may be.'
        ) from error
