"""What a collection of running texts is made of: where they come from, what is what in them."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from lstm_core.spec.items import NO_COLUMN
from lstm_core.spec.section import Section

_LONGEST_NAME = 200
_COLUMNS = ("text", "item", "group", "split")


class DocumentsDataSpec(Section):
    """Where running texts come from, and what each column of a table is for.

    A field that is ``None`` is read from the files. A column that would be chosen and that shall
    have no part is ``NO_COLUMN``. Where each file is a text, its folder and what its name says of
    train and test are columns as well.
    """

    kind: Literal["documents"] = Field("documents", description="Running texts.")
    source: Literal["file", "sample"] = Field("sample", description="Where they come from.")
    name: str = Field(
        "harbour_stories",
        max_length=_LONGEST_NAME,
        description="The name of the file, or of the first of several, or of the sample.",
    )
    header: bool | None = Field(
        None, description="Whether the first row of a table holds the columns' names."
    )
    text: str | None = Field(
        None,
        description="The column of texts, each a document; in a text file that names it in its "
        "first line, this makes it a table.",
    )
    item: str | None = Field(None, description="The column that names a document.")
    group: str | None = Field(
        None,
        description="The column that names what must not be split: an author, a book. Documents "
        "of one group are never on both sides.",
    )
    split: str | None = Field(
        None, description="The column that says train, validation or test of each document."
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
