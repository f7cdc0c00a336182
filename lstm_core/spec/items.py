"""What a collection of labelled sequences is made of: where it comes from, what is what in it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from lstm_core.spec.section import Section

NO_COLUMN = "#none"
"""In place of a column's name: there is none, although the profile might see one."""

STRETCHES = "#stretches"
"""As ``item`` of a long table: rows in sequence with the same label and group are an item."""

Content = Literal["text", "numbers", "symbols"]
Layout = Literal["one_row", "wide", "long"]
Alphabet = Literal["dna", "rna", "protein", "any"]

_LONGEST_NAME = 200
_COLUMNS = ("text", "label", "group", "item", "time", "split")


class ItemsDataSpec(Section):
    """Where labelled sequences come from, and what each column is for.

    A field that is ``None`` is read from the files. A column that the profile would choose and
    that shall have no part is ``NO_COLUMN``.
    """

    kind: Literal["items"] = Field("items", description="Labelled sequences.")
    source: Literal["file", "sample"] = Field("sample", description="Where the items come from.")
    name: str = Field(
        "product_sentences",
        max_length=_LONGEST_NAME,
        description="The name of the file, or of the first of several, or of the sample.",
    )
    content: Content | None = Field(
        None,
        description="What an item is made of: words of a text, rows of numbers, or symbols such "
        "as the letters of DNA.",
    )
    layout: Layout | None = Field(
        None,
        description="How a table holds its items. one_row: a row an item, its text in a cell; "
        "wide: a row an item, a column for each step; long: a row for each step of an item.",
    )
    header: bool | None = Field(
        None, description="Whether the first row of a table holds the columns' names."
    )
    text: str | None = Field(None, description="The column of texts or of sequences of symbols.")
    label: str | None = Field(None, description="The column of labels: what is to be predicted.")
    group: str | None = Field(
        None,
        description="The column that names what must not be split: a speaker, a patient, a "
        "document. Items of one group are never on both sides.",
    )
    item: str | None = Field(
        None,
        description="The column that names an item; in a long table, the one that says which "
        "rows belong together.",
    )
    time: str | None = Field(
        None,
        description="In a long table, the column that orders an item's rows; otherwise the "
        "item's own time, for a split in the order of time.",
    )
    split: str | None = Field(
        None, description="The column that says train, validation or test of each item."
    )
    channels: tuple[str, ...] | None = Field(
        None, description="The columns of numbers that make up a signal, in their order."
    )
    alphabet: Alphabet | None = Field(None, description="Which letters symbols are read as.")

    @field_validator("channels", mode="before")
    @classmethod
    def _one_name_is_a_list_of_one(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @property
    def origin(self) -> tuple[object, ...]:
        """What tells where the data come from, whatever is made of them."""
        return (self.source, self.name)

    @property
    def columns(self) -> dict[str, str]:
        """The columns that have a part, by part; channels left out."""
        given = {part: getattr(self, part) for part in _COLUMNS}
        return {
            part: name for part, name in given.items() if name not in (None, NO_COLUMN, STRETCHES)
        }

    @model_validator(mode="after")
    def _one_role_for_a_column(self) -> Self:
        # A group may name the items as well: an item that stands for itself.
        named = [name for part, name in self.columns.items() if part != "item"]
        named += list(self.channels or ())
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f'the column "{twice[0]}" has more than one role')
        return self
