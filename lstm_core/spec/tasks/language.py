"""Writing on: which unit comes next in running text."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lstm_core.spec.section import Section

UnitChoice = Literal["characters", "words", "pieces"]
TextSplitHow = Literal["end", "documents", "grouped", "given"]


class LanguageSpec(Section):
    """What text is cut into, how far back is learnt from, and how it is judged."""

    kind: Literal["language"] = Field("language", description="The task.")

    # What is read.
    units: UnitChoice | None = Field(
        None,
        description="What text is cut into: characters, words and marks, or pieces of words that "
        "occur often (byte-pairs); none: by how much text there is.",
    )
    vocabulary: int | None = Field(
        None,
        ge=10,
        le=100_000,
        description="Most units that are told apart, the most frequent ones of the training part; "
        "none: by what a unit is.",
    )
    rarest: int | None = Field(
        None,
        ge=1,
        le=1_000,
        description="How often a unit has to occur in the training part to be told apart; none: "
        "by what a unit is.",
    )
    steps: int | None = Field(
        None,
        ge=2,
        le=1_024,
        description="Units through which an error is followed back. The state goes on from one "
        "stretch to the next, so that what is remembered may be older. None: 64, or fewer where "
        "there is little text.",
    )

    # Around the layers.
    embedding: int | None = Field(
        None, ge=1, le=2_048, description="Numbers that stand for a unit; none: by the units."
    )
    tied: bool | None = Field(
        None,
        description="Whether a unit is said by the same numbers that it is read by; none: for "
        "words and pieces.",
    )
    input_dropout: float | None = Field(
        None,
        ge=0,
        lt=1,
        description="Share of a unit's numbers hidden while training; none: by how much text there "
        "is.",
    )
    head_dropout: float | None = Field(
        None, ge=0, lt=1, description="Share hidden before the next unit is said; none: likewise."
    )

    # How it is judged.
    split: TextSplitHow | None = Field(
        None,
        description="What is kept apart: the end of each text; whole texts; so with groups whole; "
        "or as the texts say themselves. None: read from the texts.",
    )
    test_fraction: float = Field(
        0.1, gt=0, lt=0.9, description="Share of the text that is kept apart to judge."
    )
    validation_fraction: float = Field(
        0.05, gt=0, lt=0.9, description="Share of the rest that decides when to stop."
    )
