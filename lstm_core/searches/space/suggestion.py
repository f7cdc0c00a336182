"""A setting that is added to a space: what it may be, to begin with."""

from __future__ import annotations

from typing import Any, Literal, Union, get_args, get_origin

from lstm_core.errors import SpecError
from lstm_core.searches.space.points import NUM_SAMPLES, list_values
from lstm_core.spec import ExperimentSpec, describe_setting, read_setting
from lstm_core.spec.architectures import ARCHITECTURES
from lstm_core.spec.search import (
    MOST_CHOICES,
    ChoiceEntry,
    Entry,
    FixedEntry,
    FloatEntry,
    IntEntry,
    Space,
)
from lstm_core.tasks.networks import list_architectures

Shape = Literal["range", "choice", "fixed"]
"""What an entry is, whether its numbers are whole or not."""

_USUAL: dict[str, Entry] = {
    "model.layers": IntEntry(low=2, high=4),
    "model.dropout": FloatEntry(low=0.0, high=0.4, step=0.1),
    "model.l1": FloatEntry(low=1e-6, high=1e-3, scale="log"),
    "model.l2": FloatEntry(low=1e-6, high=1e-3, scale="log"),
    "training.momentum": FloatEntry(low=0.0, high=0.9, step=0.1),
    "training.decay": FloatEntry(low=0.8, high=1.0, step=0.05),
    "training.clip_norm": FloatEntry(low=0.1, high=10.0, scale="log"),
    "training.patience": IntEntry(low=4, high=16, step=2, scale="log"),
}
_WHEN: dict[str, dict[str, tuple[str, ...]]] = {
    "model.layers": {
        "model.architecture": tuple(
            name for name, entry in ARCHITECTURES.items() if entry.is_made_to_be_stacked
        )
    },
    "model.segment": {
        "model.architecture": tuple(
            name for name, entry in ARCHITECTURES.items() if entry.cuts_segments
        )
    },
    "model.fine_tune": {
        "model.architecture": tuple(
            name for name, entry in ARCHITECTURES.items() if entry.comes_trained
        )
    },
    "training.momentum": {"training.optimizer": ("sgd",)},
    "training.decay": {"training.schedule": ("decay",)},
}
"""Where a setting matters."""

_DOUBLED = 4
"""A whole number that the data decide goes from half of it to this many times as much as that."""


def suggest_entry(path: str, resolved: ExperimentSpec, proposed: Space) -> Entry:
    """Return what a setting may be: as proposed, or what is usual around what the default has.

    Args:
        path: one of ``searches.space.settings.list_searchable``.
        resolved: what is searched from, filled in.
        proposed: a space for the same draft.

    Its conditions may speak of settings that are not searched: see ``settle_conditions``.
    """
    if path in proposed:
        return proposed[path]
    return _invent(path, resolved).model_copy(update={"when": _WHEN.get(path, {})})


def _invent(path: str, resolved: ExperimentSpec) -> Entry:
    if path in _USUAL:
        return _USUAL[path]
    own = read_setting(resolved, path)
    named = list_named_values(path, resolved)
    if named:
        first = [own] if own in named else []
        return ChoiceEntry(values=(*first, *(value for value in named if value not in first)))
    if isinstance(own, float):
        return FloatEntry(low=own / 5, high=own * 5, scale="log")
    if isinstance(own, int):
        low = max(1, own // 2)
        return IntEntry(low=low, high=low * _DOUBLED, step=2, scale="log")
    return ChoiceEntry(values=(own,))


def reshape_entry(entry: Entry, shape: Shape, suggested: Entry) -> Entry:
    """Return a range, a list or one value that says as much of what the entry said as it can.

    Args:
        suggested: for the same setting; what a range is where the entry has no two numbers.

    Raises:
        SpecError: its values have no order, so that no range can be made of them.
    """
    values = list_values(entry)
    if shape == "fixed":
        return FixedEntry(value=values[0], when=entry.when)
    if shape == "choice":
        if len(values) > MOST_CHOICES:
            step = (len(values) - 1) / (NUM_SAMPLES - 1)
            values = [values[round(step * number)] for number in range(NUM_SAMPLES)]
        return ChoiceEntry(values=tuple(values), when=entry.when)
    numbers = [value for value in values if type(value) in (int, float)]
    if isinstance(suggested, IntEntry | FloatEntry) and len(set(numbers)) < 2:
        return suggested.model_copy(update={"when": entry.when})
    if not numbers:
        raise SpecError(
            "Its values are no numbers, so there is no range of them.",
            "Choose some of the values, or one.",
        )
    low, high = min(numbers), max(numbers)
    scale = getattr(suggested, "scale", "linear")
    kind = IntEntry if all(type(value) is int for value in numbers) else FloatEntry
    return kind(low=low, high=high, scale=scale if low > 0 else "linear", when=entry.when)


def list_named_values(path: str, spec: ExperimentSpec) -> tuple[Any, ...]:
    """Return the values of a setting that is one of a few, Auto not among them; else nothing.

    Of networks, those that the spec's task has a use for.
    """
    if path == "model.architecture":
        return list_architectures(spec)
    return _unfold(describe_setting(spec, path).annotation)


def _unfold(annotation: Any) -> tuple[Any, ...]:
    if annotation is bool:
        return (True, False)
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if get_origin(annotation) is Union or type(annotation).__name__ == "UnionType":
        return tuple(value for part in get_args(annotation) for value in _unfold(part))
    return ()
