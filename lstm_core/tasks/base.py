"""The face that every task shows to the pipeline, in the process that trains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
import pandas as pd

from lstm_core.events import EpochFinished
from lstm_core.learning.feeds.feed import Feed

if TYPE_CHECKING:
    import keras

    from lstm_core.learning.ensemble import Combine, Member, PredictBy, Tried
    from lstm_core.learning.fitting import Watch
    from lstm_core.learning.trainer import Objective

Predict = Callable[[np.ndarray], np.ndarray]
"""Turns places of a feed, ``(n,)``, into what the networks say of them, example by example."""


NOTHING_CHOSEN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Choice:
    """Something that the validation part chooses before the networks are trained in full.

    Attributes:
        setting: the path in the spec that the choice fills in.
        layer: the name of the layer that does its work in any of these ways.
        values: what may be chosen, the likeliest first.
        leads: by which share of its error a value has to be ahead of the others, where it has to.
    """

    setting: str
    layer: str
    values: tuple[str, ...]
    leads: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Evaluation:
    """What the untouched part of the data says about a model.

    Attributes:
        metrics: the task's measures by their keys; None where undefined.
        baselines: the same for each baseline.
        verdict: what to tell people, JSON.
        tables: what else came of it, by name: ``predictions`` among them.
    """

    metrics: dict[str, float | None]
    baselines: dict[str, dict[str, float | None]]
    verdict: dict[str, Any]
    tables: dict[str, pd.DataFrame]


class Task(Protocol):
    """One thing that an LSTM is asked to do with a collection, for one run.

    The pipeline calls ``prepare``, trains, and hands the trained networks to ``observe``, once for
    each fold; ``evaluate`` comes last and speaks of everything observed. What is asked for after a
    ``prepare`` is about the fold that was prepared.
    """

    @property
    def folds(self) -> Sequence[int | None]:
        """What to prepare and train for, in turn; ``[None]`` when one training serves all."""

    @property
    def objective(self) -> Objective:
        """What the networks make small."""

    @property
    def starts_trained(self) -> bool:
        """Whether its networks know something before they learn.

        Then what they know first is measured as well, and kept where nothing better is learnt.
        """

    @property
    def combine(self) -> Combine:
        """How what several networks say becomes one answer."""

    def prepare(self, fold: int | None) -> Feed:
        """Split, fit the transforms on the training part only, and lay out the examples."""

    def build_network(self, kinds: Mapping[str, str] = NOTHING_CHOSEN) -> keras.Model:
        """Build the spec's encoder with the task's inputs before it and its head behind.

        Args:
            kinds: what was chosen for layers, by their names, as ``choices`` names them.
        """

    def choices(self) -> Sequence[Choice]:
        """Return what the validation part is to choose before the first fold is trained."""

    def measure_tried(self, predict: Predict) -> float | None:
        """Return how far off a network is on the validation part that was tried for a choice.

        None: the loss tells.
        """

    def settle(self, choice: Choice, tried: Tried) -> None:
        """Take what was chosen; the spec says so from now on."""

    def watch(self) -> Watch | None:
        """Return the example that is to be seen after each epoch, if any."""

    def find_way(self) -> PredictBy | None:
        """Return how networks predict, where that is not by one look at an example each."""

    def observe(self, judged: Predict, predict: Predict) -> None:
        """Take down what is predicted of held-out examples by the networks of the prepared fold.

        ``judged`` is by weights that have seen nothing of the validation part, ``predict`` by
        those that will be used.
        """

    def evaluate(self) -> Evaluation:
        """Judge what was observed on the test part beside the baselines."""

    def diagnose(
        self,
        evaluation: Evaluation,
        epochs: Sequence[EpochFinished],
        best_epochs: Sequence[int],
    ) -> list[dict[str, Any]]:
        """Return what is wrong with the run and what may help, JSON.

        Args:
            epochs: of the networks that predict, without those that were only tried.
            best_epochs: of each network of the last fold; 0: it is used as it came.
        """

    def answer(self, predict: Predict) -> dict[str, pd.DataFrame]:
        """Return what a person wanted to know, as tables by name: beyond the data, say."""

    def explain(self, network: keras.Model, members: Sequence[Member]) -> dict[str, pd.DataFrame]:
        """Return where the networks of the last fold look, as tables by name."""

    def keep(self) -> dict[str, Any]:
        """Return what a predictor needs beside the weights, JSON."""


class Predictor(Protocol):
    """A trained model, reopened from what was kept, that answers again and again."""

    def answer(self, collection: Any) -> pd.DataFrame:
        """Return the answer about another collection."""

    def explain(self, collection: Any, how: str | None, label: str | None) -> dict[str, Any]:
        """Return what the model says of the first item, and what spoke for it, JSON.

        Args:
            how: one of the task's ways; none: no more than what it says.
            label: what is to be explained; none: what it says.

        Raises:
            DataError: the task knows no such way.
        """


@runtime_checkable
class Writer(Protocol):
    """A predictor that can go on from a beginning as well, unit by unit."""

    def go_on(self, asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Write, and yield what has come piece by piece, JSON.

        Args:
            asked: with what it begins, and how it is to be written, JSON; the task's own. What is
                missing is usual.

        Yields:
            ``drafts``: for each, ``text`` that may be shown by now behind that before.

        Raises:
            StudioError: what is asked for makes no sense.
        """


@runtime_checkable
class Translator(Protocol):
    """A predictor that turns texts into others."""

    def turn(self, texts: Sequence[str]) -> pd.DataFrame:
        """Return ``said`` and ``certainty``, from 0 to 1, a row for each text; none is empty."""


Kept = Mapping[str, Any]
"""What ``Task.keep`` returned, and what else was kept of a run's model."""
