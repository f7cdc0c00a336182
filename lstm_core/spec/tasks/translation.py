"""Translation: a sequence turned into another one."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lstm_core.spec.section import Section

TextUnits = Literal["characters", "words", "pieces"]
Looking = Literal["dot", "additive", "none"]
PairSplit = Literal["stratified", "grouped", "given"]


class TranslationSpec(Section):
    """What texts are cut into, how what is wanted is said, and how it is judged."""

    kind: Literal["translation"] = Field("translation", description="The task.")

    # What texts are cut into.
    source_units: TextUnits | None = Field(
        None,
        description="What is given is cut into: characters, words, or pieces of words "
        "(byte-pairs); none: by how long the texts are.",
    )
    target_units: TextUnits | None = Field(
        None, description="The same of what is wanted; none: by how long the texts are."
    )
    source_vocabulary: int | None = Field(
        None,
        ge=10,
        le=100_000,
        description="Most units that are told apart of what is given, the most frequent ones of "
        "the training part; none: by how much text there is.",
    )
    target_vocabulary: int | None = Field(
        None,
        ge=10,
        le=100_000,
        description="The same of what is wanted; none: by how much text there is.",
    )
    rarest: int | None = Field(
        None,
        ge=1,
        le=1_000,
        description="How often a unit has to occur in the training part to be told apart; none: "
        "once of characters, twice of words and pieces.",
    )
    most_steps: int | None = Field(
        None,
        ge=4,
        le=2_000,
        description="Units of a text at most. Of a longer one the beginning is read, and no longer "
        "one is learnt from or said; none: what nearly all texts keep within.",
    )

    # The network around the encoder.
    embedding: int | None = Field(
        None, ge=1, le=2_048, description="Numbers that stand for a unit; none: by the units."
    )
    attention: Looking | None = Field(
        None,
        description="How the decoder looks back at what is given while it says a unit: by a "
        "product (dot, Luong), by a small network (additive, Bahdanau), or not at all (none: all "
        "has to fit into one state); none given: by a product.",
    )
    decoder_layers: int | None = Field(
        None,
        ge=1,
        le=4,
        description="LSTM layers that say what is wanted; those after the first one read what "
        "attention found as well. None: by how much there is to learn from.",
    )
    decoder_units: int | None = Field(
        None,
        ge=1,
        le=2_048,
        description="Width of each of these layers; none: as wide as the encoder's steps.",
    )
    tied: bool | None = Field(
        None,
        description="Whether units are said by the same numbers that they are read by; none: yes.",
    )

    # How it learns.
    input_dropout: float | None = Field(
        None,
        ge=0,
        lt=1,
        description="Share of the numbers that stand for units hidden while training; none: by "
        "how much there is to learn from.",
    )
    head_dropout: float | None = Field(
        None,
        ge=0,
        lt=1,
        description="Share hidden before a unit is said while training; none: by how much there "
        "is to learn from.",
    )
    smoothing: float | None = Field(
        None,
        ge=0,
        lt=1,
        description="Label smoothing: the share of certainty that is spread over all units while "
        "learning, so that no unit is ever certain; none: a tenth of pieces and words.",
    )
    own_words: float = Field(
        0.0,
        ge=0,
        le=1,
        description="Scheduled sampling: the share of units that the decoder reads as it said them "
        "itself while learning, instead of the true ones. It costs a second pass.",
    )

    # How what is wanted is searched for.
    beam: int = Field(
        5,
        ge=1,
        le=32,
        description="Beam search: beginnings that are followed at once; 1: always the likeliest "
        "next unit.",
    )
    length_penalty: float = Field(
        1.0,
        ge=0,
        le=2,
        description="How much long translations are favoured over short ones, which are likelier "
        "for their shortness alone; 0: not at all.",
    )

    # How it is judged.
    split: PairSplit | None = Field(
        None,
        description="What is kept apart: any pairs; so with groups whole; or as the pairs say "
        "themselves. None: read from the data.",
    )
    keep_copies_together: bool = Field(
        True,
        description="Whether pairs with the same source are all learnt from or all kept apart.",
    )
    test_fraction: float = Field(
        0.1, gt=0, lt=0.9, description="Share of the pairs that are kept apart to judge."
    )
    validation_fraction: float = Field(
        0.05, gt=0, lt=0.9, description="Share of the others that decides when to stop."
    )
    num_folds: int | None = Field(
        None,
        ge=1,
        le=20,
        description="Folds of a cross-validation, in which every pair is judged once; 1: a single "
        "split; none: 1, or more where there are few pairs.",
    )
