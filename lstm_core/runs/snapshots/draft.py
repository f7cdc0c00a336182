"""What a person has chosen before a run is made of it, and what can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from lstm_core.errors import SpecError
from lstm_core.spec import ExperimentSpec, list_changes

MOST_STEPS = 50
"""So many steps can be taken back; the oldest make room."""


@dataclass(frozen=True)
class Step:
    """One change that can be taken back, or done again.

    Attributes:
        words: what was done, after "Undo": ``"Remove the LSTM"``.
        values: ``section.key`` and the value that the settings had on the other side of it.
    """

    words: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Upload:
    """A file that somebody brought.

    Attributes:
        name: as it came; hostile text.
        sha256: of its content, under which it is kept.
    """

    name: str
    sha256: str


@dataclass(frozen=True)
class Draft:
    """A spec, and the names of the files that it speaks of, as the record knew it when asked.

    Attributes:
        id: 16 lower-case letters and digits that nobody can guess; fit for an address.
        spec: what was chosen; what is left to the data is none.
        uploads: the files that were brought, where the data come from files.
        dataset_id: of a recorded collection, which then stands in for them.
        change: what was changed for the person before they saw the settings; may be empty.
        past: steps that can be taken back, the latest last.
        ahead: steps that were taken back, the latest last.
        kept: what pages remember beside the spec, by names of theirs; plain JSON.
        version: rises with each change.
        created_at, used_at: UTC, aware; ``used_at`` is when it was last changed or looked at, to
            the day.
    """

    id: str = ""
    spec: ExperimentSpec = field(default_factory=ExperimentSpec)
    uploads: tuple[Upload, ...] = ()
    dataset_id: str | None = None
    change: str = ""
    past: tuple[Step, ...] = ()
    ahead: tuple[Step, ...] = ()
    kept: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    used_at: datetime = field(default_factory=lambda: datetime.now(UTC))


def merge_change(draft: Draft, before: ExperimentSpec, after: ExperimentSpec, words: str) -> Draft:
    """Return the draft with the settings replaced in which ``after`` differs from ``before``.

    Others stay as they are: another tab may have changed them meanwhile. Where the two don't go
    together, ``after`` is taken as a whole.

    Args:
        words: with them the change becomes a step that can be taken back.
    """
    changes = list_changes(before, after)
    try:
        merged = draft.spec.with_values(changes)
    except SpecError:
        merged = after
    if not words or merged == draft.spec:
        return replace(draft, spec=merged)
    step = Step(words, list_changes(merged, draft.spec))
    return replace(draft, spec=merged, past=(*draft.past, step)[-MOST_STEPS:], ahead=())


def take_back(draft: Draft) -> Draft:
    """Return the draft without its latest step; as it is where there is none.

    Raises:
        SpecError: what was before doesn't go with what was changed since.
    """
    if not draft.past:
        return draft
    *past, step = draft.past
    spec, inverse = _apply(draft.spec, step)
    return replace(draft, spec=spec, past=tuple(past), ahead=(*draft.ahead, inverse))


def do_again(draft: Draft) -> Draft:
    """Return the draft with the step that was last taken back; as it is where there is none.

    Raises:
        SpecError: it doesn't go with what was changed since.
    """
    if not draft.ahead:
        return draft
    *ahead, step = draft.ahead
    spec, inverse = _apply(draft.spec, step)
    return replace(draft, spec=spec, past=(*draft.past, inverse), ahead=tuple(ahead))


def _apply(spec: ExperimentSpec, step: Step) -> tuple[ExperimentSpec, Step]:
    """Return the spec with the step's values, and the step that leads back from it."""
    changed = spec.with_values(step.values)
    return changed, Step(step.words, list_changes(changed, spec))
