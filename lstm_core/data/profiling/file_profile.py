"""``profile_file``: what a careful person would say of a file before anything is learnt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lstm_core.data.columns.roles import RoleChoice, choose_roles
from lstm_core.data.loading import load_table
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Question, Remark
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan
from lstm_core.spec.series import SeriesDataSpec

Outcome = Literal["read", "asks", "refused"]


@dataclass(frozen=True)
class FileProfile:
    """A file, as far as it could be read.

    Attributes:
        table: None where it holds none.
        choice: what the columns are for; None where none can be predicted over time.
        dataset: None where the rows can't be put in order.
        refusal: why something of these is missing.
    """

    table: SourceTable | None = None
    choice: RoleChoice | None = None
    dataset: Dataset | None = None
    refusal: DataError | None = None

    @property
    def outcome(self) -> Outcome:
        if self.refusal is not None:
            return "refused"
        return "asks" if self.questions else "read"

    @property
    def questions(self) -> tuple[Question, ...]:
        asked = self.table.questions if self.table else ()
        asked = (*asked, *(self.choice.questions if self.choice else ()))
        return (*asked, *(self.dataset.questions if self.dataset else ()))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """How the file was read, then what its columns are for, then what was done to the rows."""
        if self.table is None:
            return ()
        remarks = [*self.table.remarks, *(self.choice.remarks if self.choice else ())]
        known = {remark.sentence for remark in remarks}
        told = self.dataset.notes if self.dataset else ()
        return (*remarks, *(Remark("rows", note) for note in told if note not in known))

    @property
    def plan(self) -> ReadingPlan:
        """How it was read, each item filled in that it needs."""
        if self.choice is not None:
            return self.choice.spec.reading
        return self.table.plan if self.table else ReadingPlan()


def profile_file(content: bytes, data: SeriesDataSpec) -> FileProfile:
    """Read a file as far as it goes; no error of the file's is raised.

    Args:
        content: the whole file.
        data: its name, and whatever a person has said of it.
    """
    try:
        table = load_table(data, content)
    except DataError as error:
        return FileProfile(refusal=error)
    try:
        choice = choose_roles(table, data)
    except DataError as error:
        return FileProfile(table, refusal=error)
    try:
        return FileProfile(table, choice, build_dataset(table, data, choice))
    except DataError as error:
        return FileProfile(table, choice, refusal=error)
