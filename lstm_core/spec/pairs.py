"""What a collection of pairs is made of: where it comes from, what is turned into what."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from lstm_core.spec.items import NO_COLUMN
from lstm_core.spec.section import Section

_LONGEST_NAME = 200
_COLUMNS = ("given", "wanted", "group", "split")


class PairsDataSpec(Section):
    """Where pairs of sequences come from, and what each column is for.

    A field that is ``None`` is read from the files. A column that would be chosen and that shall
    have no part is ``NO_COLUMN``.
    """

    kind: Literal["pairs"] = Field("pairs", description="Sequences and what they are turned into.")
    source: Literal["file", "sample"] = Field("sample", description="Where they come from.")
    name: str = Field(
        "written_dates",
        max_length=_LONGEST_NAME,
        description="The name of the file, or of the first of several, or of the sample.",
    )
    header: bool | None = Field(
        None, description="Whether the first row of a table holds the columns' names."
    )
    given: str | None = Field(
        None, description="The column of what is given: the sentences to be translated."
    )
    wanted: str | None = Field(
        None, description="The column of what is wanted: their translations. To be predicted."
    )
    group: str | None = Field(
        None,
        description="The column that names what must not be split: a document, a person. Pairs of "
        "one group are never on both sides.",
    )
    split: str | None = Field(
        None, description="The column that says train, validation or test of each pair."
    )

    @property
    def origin(self) -> tuple[object, ...]:
        """What tells where the data come from, whatever is made of them."""
        return (self.source, self.name)

    @property
    def columns(self) -> dict[str, str]:
        """The columns that have a part, by part."""
        given = {part: getattr(self, part) for part in _COLUMNS}
        return {part: name for part, name in given.items() if name not in (None, NO_COLUMN)}

    @model_validator(mode="after")
    def _one_role_for_a_column(self) -> Self:
        named = list(self.columns.values())
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f'the column "{twice[0]}" has more than one role')
        return self
