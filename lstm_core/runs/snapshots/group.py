"""Several runs that belong together, as the record hands them out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from lstm_core.spec import ExperimentSpec


class GroupKind(StrEnum):
    """What the runs of a group are for."""

    RACE = "race"
    SEARCH = "search"


@dataclass(frozen=True)
class RunGroup:
    """Runs that were made for one purpose; how they went is read from the runs themselves.

    Attributes:
        id: 16 lower-case letters and digits that nobody can guess; fit for an address.
        kind: what the runs are for.
        name: what a person called it; may be empty.
        dataset_id: of all runs.
        dataset_name: the file's name, ticker or sample's name (hostile text).
        settings: what was planned, as the kind writes it; frozen.
        created_at: UTC, aware.
        deleted_at: when somebody deleted it; None: it is there.
    """

    id: str
    kind: GroupKind
    name: str
    dataset_id: str
    dataset_name: str
    settings: dict[str, Any]
    created_at: datetime
    deleted_at: datetime | None = None


@dataclass(frozen=True)
class GroupMember:
    """A run to be made for a group.

    Attributes:
        label: what it is for inside the group, such as a contestant; runs that differ in their
            seed alone share it.
        spec: what to run.
    """

    label: str
    spec: ExperimentSpec
