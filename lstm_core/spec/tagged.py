"""What a collection of tagged sequences is made of: where it comes from, what is what in it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from lstm_core.spec.items import NO_COLUMN
from lstm_core.spec.section import Section

StepContent = Literal["words", "numbers"]

_LONGEST_NAME = 200
_COLUMNS = ("token", "tag", "item", "group", "split")


class WordCutSpec(Section):
    """How running text is cut into words, so that they are like those that were tagged."""

    way: Literal["spaces", "marks", "signs"] = Field(
        "marks",
        description="Where words end. spaces: at spaces alone; marks: marks are words of their "
        "own; signs: and so is each sign of Chinese or Japanese.",
    )
    inside: str = Field(
        "'\u2019", max_length=40, description="Marks that are part of a word between two letters."
    )
    inside_numbers: str = Field(
        ".,:", max_length=40, description="Marks that are part of a number between two digits."
    )
    cuts_clitics: bool = Field(
        False, description="Whether don't is do and n't, and Ann's is Ann and 's."
    )


class TaggedDataSpec(Section):
    """Where sequences with a tag for each step come from, and what each column is for.

    A field that is ``None`` is read from the files. A column that would be chosen and that shall
    have no part is ``NO_COLUMN``.
    """

    kind: Literal["tagged"] = Field("tagged", description="Sequences with a tag for each step.")
    source: Literal["file", "sample"] = Field("sample", description="Where they come from.")
    name: str = Field(
        "calendar_requests",
        max_length=_LONGEST_NAME,
        description="The name of the file, or of the first of several, or of the sample.",
    )
    content: StepContent | None = Field(
        None, description="What a step is: a word, or a row of numbers."
    )
    header: bool | None = Field(
        None, description="Whether the first row of a table holds the columns' names."
    )
    token: str | None = Field(None, description="The column of words, one a row.")
    tag: str | None = Field(None, description="The column of tags: what is to be predicted.")
    item: str | None = Field(
        None,
        description="The column that says which rows are one sequence; where blank lines or the "
        "format say it, none.",
    )
    group: str | None = Field(
        None,
        description="The column that names what must not be split: a document, a person. "
        "Sequences of one group are never on both sides.",
    )
    split: str | None = Field(
        None, description="The column that says train, validation or test of each sequence."
    )
    channels: tuple[str, ...] | None = Field(
        None, description="The columns of numbers that make up a row, in their order."
    )
    piece: int | None = Field(
        None,
        ge=0,
        le=100_000,
        description="How many rows, at most, a piece has that a long sequence is cut into; 0: "
        "sequences stay whole.",
    )
    cut: WordCutSpec | None = Field(
        None,
        description="How running text that the model is asked about is cut into words; read from "
        "the words that were tagged.",
    )

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
        return {part: name for part, name in given.items() if name not in (None, NO_COLUMN)}

    @model_validator(mode="after")
    def _one_role_for_a_column(self) -> Self:
        # A group may name the sequences as well.
        named = [name for part, name in self.columns.items() if part != "item"]
        named += list(self.channels or ())
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f'the column "{twice[0]}" has more than one role')
        return self
