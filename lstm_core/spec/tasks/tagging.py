"""Tagging: a tag for each step of a sequence."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lstm_core.spec.section import Section

Spelling = Literal["lstm", "convolution", "none"]
Chain = Literal["crf", "softmax"]
TagSplit = Literal["stratified", "grouped", "time", "given"]


class TaggingSpec(Section):
    """What a step is read by, how tags are said, and how they are judged."""

    kind: Literal["tagging"] = Field("tagging", description="The task.")

    # What a step is read by.
    vocabulary: int = Field(
        30_000,
        ge=10,
        le=200_000,
        description="Most words that are told apart, without regard to capitals, the most frequent "
        "ones of the training part; all others count as unknown.",
    )
    rarest: int | None = Field(
        None,
        ge=1,
        le=1_000,
        description="How often a word has to occur in the training part to be told apart; none: "
        "once.",
    )
    embedding: int | None = Field(
        None,
        ge=1,
        le=1_024,
        description="Numbers that stand for a word; none: by how many words there are.",
    )
    spelling: Spelling | None = Field(
        None,
        description="What reads a word letter by letter, beside the word itself: an LSTM both "
        "ways, a convolution, which is faster, or nothing; none: an LSTM.",
    )
    letters: int | None = Field(
        None, ge=2, le=512, description="Numbers that a word's letters are summed up in; none: 64."
    )
    scaling: Literal["item", "training", "none"] | None = Field(
        None,
        description="How numbers are scaled: each sequence by its own level and spread, or all by "
        "those of the training part; none given: by the training part.",
    )
    most_steps: int | None = Field(
        None,
        ge=8,
        le=10_000,
        description="Steps that are read at once. Longer sequences are read in stretches, each "
        "with some steps before and behind it; none: 256.",
    )

    # What is changed at random in training.
    hide: float | None = Field(
        None,
        ge=0,
        le=10,
        description="How much words are hidden while training, so that spelling and neighbours are "
        "learnt from: of a word that occurs n times, the share h / (h + n); none: 0.3.",
    )
    input_dropout: float | None = Field(
        None,
        ge=0,
        lt=1,
        description="Share of a step's numbers hidden in all steps of a sequence at once; none: a "
        "half of words, a tenth of rows of numbers.",
    )
    jitter: float | None = Field(
        None, ge=0, le=2, description="Noise on scaled numbers while training; none: 0.1."
    )

    # How tags are said.
    chain: Chain | None = Field(
        None,
        description="Whether a sequence's tags are said together, by how likely one follows "
        "another (crf: a linear-chain conditional random field), or each by itself (softmax); "
        "none: together.",
    )
    head_dropout: float | None = Field(
        None, ge=0, lt=1, description="Share hidden before tags are said; none: a half."
    )

    # How it is judged.
    split: TagSplit | None = Field(
        None,
        description="What is kept apart: tags spread evenly; so with groups whole; the newest; or "
        "as the sequences say themselves. None: read from the data.",
    )
    keep_copies_together: bool = Field(
        True,
        description="Whether exact copies of a sequence are all learnt from or all kept apart.",
    )
    test_fraction: float = Field(
        0.2, gt=0, lt=0.9, description="Share of the sequences that are kept apart to judge."
    )
    validation_fraction: float = Field(
        0.1, gt=0, lt=0.9, description="Share of the others that decides when to stop."
    )
    num_folds: int | None = Field(
        None,
        ge=1,
        le=20,
        description="Folds of a cross-validation, in which every sequence is judged once; 1: a "
        "single split; none: 1, or more where there are few sequences.",
    )
