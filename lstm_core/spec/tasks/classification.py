"""Classification of sequences: what an item is read as, and how its label is judged."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lstm_core.spec.section import Section

Tokens = Literal["words", "characters", "kmers"]
Pooling = Literal["mean_max", "mean", "max", "last", "attention", "each"]
Split = Literal["stratified", "grouped", "time", "given"]


class ClassificationSpec(Section):
    """How an item becomes steps, what is hidden from it in training, and how it is judged."""

    kind: Literal["classification"] = Field("classification", description="The task.")

    # What an item is read as.
    tokens: Tokens | None = Field(
        None,
        description="What a step of a text, or of a sequence of symbols, is: a word, a character "
        "or symbol, or several symbols in a row; none: by the content.",
    )
    kmer: int = Field(3, ge=2, le=8, description="With kmers: symbols in a row that make a step.")
    vocabulary: int = Field(
        20_000,
        ge=10,
        le=200_000,
        description="Most tokens that are told apart, the most frequent ones of the training "
        "part; all others count as unknown.",
    )
    rarest: int | None = Field(
        None,
        ge=1,
        le=1_000,
        description="How often a token has to occur in the training part to be told apart; none: "
        "twice for words, otherwise once.",
    )
    most_steps: int | None = Field(
        None,
        ge=1,
        le=100_000,
        description="Steps of an item that are read, from its beginning; none: all, within what "
        "an item may cost.",
    )
    scaling: Literal["item", "training", "none"] | None = Field(
        None,
        description="How numbers are scaled: each item by its own level and spread, or all by "
        "those of the training part; none given: by item where there is one channel.",
    )

    # What stands before the layers of the network.
    embedding: int | None = Field(
        None,
        ge=1,
        le=1_024,
        description="Numbers that stand for a token; none: by what a token is.",
    )
    places: bool | None = Field(
        None,
        description="Whether a vector is learnt for each place as well, where all items have one "
        "length; none: for symbols.",
    )
    convolutions: int | None = Field(
        None,
        ge=0,
        le=6,
        description="Convolutions before the first layer, each normalised over the batch; none: "
        "by the content and the lengths.",
    )
    kernel: int | None = Field(
        None, ge=1, le=64, description="Steps that a convolution sees at once; none: 3 to 7."
    )
    filters: int | None = Field(
        None, ge=1, le=1_024, description="Width of the last convolution; none: by the content."
    )
    shorten: int | None = Field(
        None,
        ge=1,
        le=4_096,
        description="Steps that the convolutions make one of, by taking the largest; none: as "
        "many as leave the network about a hundred.",
    )

    # What stands behind them.
    pooling: Pooling | None = Field(
        None,
        description="What of the last layer's steps decides: their mean, their largest, both, the "
        "last one, a learnt weighing, or each in its place; none: mean and largest.",
    )
    head_dropout: float | None = Field(
        None, ge=0, lt=1, description="Share hidden before the label is said; none: a half."
    )

    # What is changed at random in training.
    hide: float | None = Field(
        None,
        ge=0,
        lt=1,
        description="Share of tokens that are made unknown while training; none: by the content.",
    )
    spatial_dropout: float | None = Field(
        None,
        ge=0,
        lt=1,
        description="Share of a token's numbers hidden in all steps of an item at once; none: by "
        "the content.",
    )
    jitter: float | None = Field(
        None, ge=0, le=2, description="Noise on scaled numbers while training; none: 0.1."
    )
    stretch: float | None = Field(
        None,
        ge=0,
        le=1,
        description="How far each channel is made larger or smaller while training; none: 0.1.",
    )
    crop: float | None = Field(
        None,
        gt=0,
        le=1,
        description="Shortest share of a signal that is shown while training; none: 0.7 where "
        "signals are long.",
    )

    # What is made small.
    class_weights: Literal["none", "balanced"] | None = Field(
        None,
        description="Whether each label counts the same in training, however few items it has; "
        "none given: where labels are uneven.",
    )
    label_smoothing: float | None = Field(
        None,
        ge=0,
        lt=1,
        description="Share of the certainty that is taken from the true label; none: 0.1.",
    )
    focus: float = Field(
        0.0,
        ge=0,
        le=10,
        description="Focal loss: how much less items count that are right already; 0: all alike.",
    )

    # How it is judged.
    split: Split | None = Field(
        None,
        description="What is kept apart: labels spread evenly; so with groups whole; the newest "
        "items; or as the items say themselves. None: read from the items.",
    )
    keep_copies_together: bool = Field(
        True, description="Whether exact copies of an item are all learnt from or all kept apart."
    )
    test_fraction: float = Field(
        0.2, gt=0, lt=0.9, description="Share of the items that are kept apart to judge."
    )
    validation_fraction: float = Field(
        0.1, gt=0, lt=0.9, description="Share of the others that decides when to stop."
    )
    num_folds: int | None = Field(
        None,
        ge=1,
        le=20,
        description="Folds of a cross-validation, in which every item is judged once; 1: a single "
        "split; none: 1, or more where there are few items.",
    )
    calibrate: bool = Field(
        True,
        description="Whether a temperature is fitted on the validation part, so that certainty "
        "can be taken at its word.",
    )
