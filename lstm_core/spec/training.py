"""How the network learns."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from lstm_core.spec.section import Section

Preset = Literal["fast", "balanced", "best"]
Loss = Literal["mae", "mse", "huber", "log_cosh", "pinball"]
Optimizer = Literal["adam", "adamw", "rmsprop", "sgd", "lion"]
Schedule = Literal["decay", "constant", "cosine", "plateau", "one_cycle"]
Precision = Literal["float32", "mixed_float16", "mixed_bfloat16"]

SEEDS_OF_PRESETS: dict[Preset, int] = {"fast": 1, "balanced": 3, "best": 5}


class TrainingSpec(Section):
    """How the network learns."""

    preset: Preset = Field(
        "balanced",
        description="How much work: fast trains one network, balanced the median of three seeds, "
        "best of five.",
    )
    num_seeds: int | None = Field(
        None, ge=1, le=25, description="Networks whose median predicts; none: by the preset."
    )
    loss: Loss = Field("mae", description="What is made small.")
    pinball_level: float = Field(
        0.5,
        ge=0.01,
        le=0.99,
        description="With the loss pinball: the share of actual values that are to lie below "
        "the prediction.",
    )
    optimizer: Optimizer = Field("adam", description="The rule that changes the weights.")
    momentum: float = Field(
        0.0,
        ge=0,
        le=0.999,
        description="With sgd: the share of each change that the next one keeps.",
    )
    learning_rate: float | None = Field(
        None, gt=0, le=10, description="Size of each change; none: by the architecture."
    )
    schedule: Schedule | None = Field(
        None,
        description="How the learning rate changes: by decay after each epoch, never, along half "
        "a cosine down to 0, halved when validation gets no better, or up and down once; none: by "
        "the task.",
    )
    decay: float | None = Field(
        None,
        gt=0,
        le=1,
        description="With the schedule decay: share of the learning rate that is left after each "
        "epoch; 1: all of it; none: by the architecture.",
    )
    clip_norm: float | None = Field(
        1.0, gt=0, description="Longest gradient allowed; none: no limit."
    )
    batch_size: int | None = Field(
        None, ge=1, le=65_536, description="Windows in one change of weights; none: by the rows."
    )
    windows_per_epoch: int | None = Field(
        None,
        ge=1,
        description="Windows in one epoch, drawn anew each time; none: as many as there are, "
        "within what an epoch may cost.",
    )
    epochs: int | None = Field(
        None,
        ge=0,
        le=100_000,
        description="Most epochs; 0: nothing is trained, which only a network that comes trained "
        "can do without; none: by the architecture and the rows.",
    )
    patience: int | None = Field(
        8,
        ge=1,
        description="Epochs without a better validation loss before training stops; the "
        "best weights are restored in any case; none: never stop early.",
    )
    stateful: bool = Field(
        False,
        description="Whether the recurrent state goes on from each window to the one that begins "
        "where it ends, instead of beginning at zero.",
    )
    retrain: bool | None = Field(
        None,
        description="Once validation has chosen the epochs, train again on training and "
        "validation part together for as many, or for all that are planned where the learning "
        "rate falls to 0 over those; none: by the task and how much there is.",
    )
    precision: Precision = Field(
        "float32",
        description="Numbers that the network computes with; mixed: 16 bits for the layers, 32 "
        "for weights, loss and predictions.",
    )
    seed: int = Field(42, ge=0, le=2**31 - 1, description="Start of all randomness.")

    @property
    def plans_rate(self) -> bool:
        """Whether the rate's course is spread over the epochs that are planned, and ends at 0."""
        return self.schedule in ("cosine", "one_cycle")
