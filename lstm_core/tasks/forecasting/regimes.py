"""What kind of problem a dataset is, and the network and training that suit it.

All of it is read from training rows alone. The figures come from the project's own
measurements on public data (see ``benchmarks``), not from theory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_core.models.segments import FEWEST_SEGMENTS, find_segment
from lstm_core.spec import SEEDS_OF_PRESETS, ExperimentSpec, ModelSpec
from lstm_core.spec.architectures import ARCHITECTURES
from lstm_core.spec.architectures.entry import Learning
from lstm_core.spec.architectures.segment import SEGMENT
from lstm_core.spec.layers import SegmentDecoder
from lstm_core.tasks.forecasting.framing.scaling import measure_spread_growth
from lstm_core.tasks.forecasting.pretrained.answering import MOST_STEPS
from lstm_core.tasks.forecasting.pretrained.tuning.choosing import (
    choose_fine_tuning,
    choose_version,
)

SMALL_ROWS = 200
MANY_SERIES = 20
MOST_WINDOWS_PER_EPOCH = 4_096

_MANY_SERIES_FACTOR = 4
"""How many times as many windows an epoch has where one network learns from many series."""

_USUAL = {"schedule": "decay", "retrain": False}
_LEAST_STRETCH = 50
_FEWEST_STRETCHES = 3
_WANDERING = 0.3

_LAGS = 10
_FEWEST_FOR_WALK = 40
_GROWTH_FOR_LOG = 0.5


@dataclass(frozen=True)
class Regime:
    """What was found.

    Attributes:
        num_rows: median training rows of a series. ``num_series``: how many there are.
        is_small: fewer than ``SMALL_ROWS`` rows a series, and few series.
        has_many_series: one network learns from many series.
        is_walk: each value is the one before plus noise, as far as can be seen.
        needs_log: positive values whose spread grows with their level.
    """

    num_rows: int
    num_series: int
    is_small: bool
    has_many_series: bool
    is_walk: bool
    needs_log: bool

    def count_windows(self, length: int) -> int:
        """About how many windows of ``length`` rows there are to learn from; at least 1."""
        return max(1, self.num_series * (self.num_rows - length + 1))


def detect_regime(series: Sequence[np.ndarray], season: int) -> Regime:
    """Look at the training rows of the first target of each series, ``(rows,)`` each."""
    num_rows = int(np.median([len(values) for values in series]))
    many = len(series) >= MANY_SERIES
    is_walk = season == 1 and _share(map(_is_walk, series)) > 0.5
    return Regime(
        num_rows,
        len(series),
        num_rows < SMALL_ROWS and not many,
        many,
        is_walk,
        _share(_grows(values, season, is_walk) for values in series) > 0.5,
    )


def does_level_wander(values: np.ndarray, season: int) -> bool:
    """Whether whole seasons differ in level by much of what the values ``(rows,)`` differ by.

    Then a network that is shown the level itself meets levels that it never saw. True where
    there are too few rows to tell.
    """
    length = season * -(-_LEAST_STRETCH // season)
    count = len(values) // length
    if count < _FEWEST_STRETCHES:
        return True
    levels = values[len(values) - count * length :].reshape(count, length).mean(axis=1)
    return bool(levels.std() > _WANDERING * values.std())


def choose_model(
    spec: ExperimentSpec, regime: Regime
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any], dict[str, str]]:
    """Return what is still open in ``task``, ``model`` and ``training``, and the reasons.

    The spec's season, lookback and horizon are set.
    """
    task: dict[str, Any] = {}
    model: dict[str, Any] = {}
    training: dict[str, Any] = {}
    reasons: dict[str, str] = {}

    def choose(section: dict[str, Any], name: str, key: str, value: Any, reason: str) -> Any:
        given = getattr(getattr(spec, name), key)
        if given is None:
            section[key] = value
            reasons[f"{name}.{key}"] = reason
            return value
        return given

    proposed, why = _choose_architecture(spec, regime)
    comes_trained = ARCHITECTURES[spec.model.architecture or proposed].comes_trained
    choose(task, "task", "transform", *_choose_transform(regime))
    choose(task, "task", "shrink", True, _say_shrink(regime, comes_trained))
    tells_little = (regime.is_small or regime.is_walk) and not comes_trained
    choose(task, "task", "ranges", *_choose_ranges(tells_little))
    if regime.is_walk:
        choose(
            task,
            "task",
            "window_normalisation",
            "last_value",
            "It looks like a random walk, so what is learnt is the "
            + ("return" if regime.needs_log else "change")
            + " since the last value.",
        )
    architecture = choose(model, "model", "architecture", proposed, why)
    learning = _find_learning(architecture, spec)
    fine_tune = ""
    if comes_trained:
        num_windows = regime.count_windows(sum(spec.task.sizes))
        fine_tune = choose(model, "model", "fine_tune", *choose_fine_tuning(num_windows))
        choose(model, "model", "pretrained_version", *choose_version())
    elif architecture != "custom":
        choose(model, "model", "units", *_choose_units(regime, learning))
    if ARCHITECTURES[architecture].cuts_segments:
        choose(model, "model", "segment", *_choose_segment(spec))
    choose(
        model,
        "model",
        "mixing",
        learning.is_mixing,
        "This network reads all targets together."
        if learning.is_mixing
        else "Each target from its own past: fewer ways to be misled.",
    )
    choose(training, "training", "num_seeds", *_choose_seeds(spec, comes_trained))
    choose(training, "training", "learning_rate", *_choose_rate(regime, learning))
    most = MOST_WINDOWS_PER_EPOCH * (_MANY_SERIES_FACTOR if regime.has_many_series else 1)
    num_windows = choose(
        training,
        "training",
        "windows_per_epoch",
        learning.windows or most,
        "More windows than that are drawn anew for each epoch, so that it stays short.",
    )
    num_windows = min(num_windows, regime.count_windows(sum(spec.task.sizes)))
    batch = choose(training, "training", "batch_size", *_choose_batch(num_windows, learning))
    num_steps = -(-num_windows // batch)  # in one epoch
    epochs = choose(training, "training", "epochs", *_choose_epochs(regime, learning, num_steps))
    if fine_tune == "none":
        training["epochs"] = epochs = 0
        reasons["training.epochs"] = "It is used as it comes: nothing is trained."
    elif not epochs and not comes_trained:
        epochs, why = _choose_epochs(regime, learning, num_steps)
        training["epochs"] = epochs
        reasons["training.epochs"] = f"In 0 epochs it would learn nothing. {why}"
    choose(training, "training", "decay", *_choose_decay(learning, epochs))
    # As it always was where nothing is said, so that there is nothing to tell.
    usual = _USUAL | ({"schedule": "one_cycle"} if comes_trained else {})
    training |= {key: value for key, value in usual.items() if getattr(spec.training, key) is None}
    return task, model, training, reasons


def _find_learning(architecture: str, spec: ExperimentSpec) -> Learning:
    """Return how a network is usually trained: if it predicts segments, as the segment LSTM is."""
    own = isinstance(spec.model.decoder, SegmentDecoder)
    return (SEGMENT if own else ARCHITECTURES[architecture]).learning


def _choose_transform(regime: Regime) -> tuple[str, str]:
    if regime.needs_log and regime.is_walk:
        return "log", "Positive and like a random walk: returns are what is comparable."
    if regime.needs_log:
        return "log", "The values are positive, and their spread grows with their level."
    return "none", "The spread does not grow with the level."


def _say_shrink(regime: Regime, comes_trained: bool) -> str:
    if comes_trained:
        return "Who knew something more of held-out rows, it or a simple rule, has a share."
    if regime.is_small:
        return f"{regime.num_rows} rows to learn from are few: a mix with a baseline is safer."
    if regime.is_walk:
        return "It looks like a random walk: the last value is hard to beat."
    return "Who knew something more of held-out rows, a rule or the pre-trained LSTM, has a share."


def _choose_ranges(tells_little: bool) -> tuple[str, str]:
    if tells_little:
        return "residuals", "There is too little to learn quantiles from: past errors tell more."
    return "quantile", "The network can tell calm stretches from wild ones."


def _choose_architecture(spec: ExperimentSpec, regime: Regime) -> tuple[str, str]:
    season, (lookback, _) = spec.task.season or 1, spec.task.sizes
    if spec.task.strategy == "recursive":
        return "vanilla", "One step at a time is what the textbook network does."
    if regime.is_small and _leaves_network_open(spec):
        return "pretrained", (
            f"{regime.num_rows} rows to learn from are few: it has learnt from made-up series "
            "before."
        )
    if season < 4:
        return "vanilla", "There is no season to cut segments by."
    if regime.is_small:
        return "vanilla", "With few rows, the smallest network."
    if lookback < FEWEST_SEGMENTS * find_segment(season):
        return "vanilla", "The lookback holds less than two segments."
    return "segment", f"There is a season of {season} steps to cut segments by."


def _leaves_network_open(spec: ExperimentSpec) -> bool:
    """Whether nothing is asked for that a network that comes trained can't do."""
    asked_of_it = {"architecture": None, "fine_tune": None, "pretrained_version": None}
    own, usual = (dict(model) | asked_of_it for model in (spec.model, ModelSpec()))
    return (
        own == usual
        and not spec.training.stateful
        and not spec.data.known_future_covariates
        and spec.task.sizes[1] <= MOST_STEPS
    )


def _choose_seeds(spec: ExperimentSpec, comes_trained: bool) -> tuple[int, str]:
    if comes_trained:
        return 1, "It begins with the weights that it brings."
    preset = spec.training.preset
    return SEEDS_OF_PRESETS[preset], f"By the preset {preset}."


def _choose_units(regime: Regime, learning: Learning) -> tuple[int, str]:
    if regime.is_small or regime.is_walk:
        return 32, "Small: there is little to learn from."
    if learning.wide_units is not None and regime.has_many_series:
        return learning.wide_units, f"{regime.num_series} series are learnt by one network."
    return 64, "Wide enough for what was measured on public data."


def _choose_segment(spec: ExperimentSpec) -> tuple[int, str]:
    season = spec.task.season or 1
    segment = find_segment(season)
    if segment == season:
        return segment, "One season."
    return segment, f"A divisor of the season of {season} steps."


def _choose_rate(regime: Regime, learning: Learning) -> tuple[float, str]:
    if learning.rate is not None:
        return learning.rate, f"Measured to be fast and steady for {learning.measured_for}."
    if regime.is_small:
        return 0.005, "Few windows change the weights seldom: by more at once."
    return 0.001, "The usual rate of Adam."


def _choose_batch(num_windows: int, learning: Learning) -> tuple[int, str]:
    if learning.large_batch is not None and num_windows >= MOST_WINDOWS_PER_EPOCH:
        return (
            learning.large_batch,
            f"Measured to be fast and thorough for {learning.measured_for}.",
        )
    return 32, "The usual size."


def _choose_epochs(regime: Regime, learning: Learning, num_steps: int) -> tuple[int, str]:
    if learning.num_steps is not None:
        usual = 2 * learning.epochs if regime.has_many_series else learning.epochs
        epochs = min(learning.most_epochs, max(usual, -(-learning.num_steps // num_steps)))
        return epochs, (
            "After so many there is little more to learn, as measured."
            if epochs == usual
            else "Short epochs, so more of them: what counts is how often weights change."
        )
    if regime.is_small:
        return learning.most_epochs, "Few windows make short epochs."
    return learning.epochs, "Validation usually stops it earlier."


def _choose_decay(learning: Learning, epochs: int) -> tuple[float, str]:
    if learning.decay < 1 and epochs:
        share = learning.decay ** (learning.epochs / epochs)
        return round(share, 4), "Large changes first, then fine ones."
    return 1.0, "The rate stays, and validation decides when to stop."


def _is_walk(values: np.ndarray) -> bool:
    """Whether changes tell nothing about later changes, and the level wanders.

    The autocorrelations of the changes at the first lags are small (each within three standard
    errors, together within what Box and Pierce's statistic allows), and that of the level is
    near one.
    """
    if len(values) < _FEWEST_FOR_WALK:
        return False
    changes = np.diff(values)
    centred = changes - changes.mean()
    level = values - values.mean()
    spread, power = float(centred @ centred), float(level @ level)
    if spread <= 0 or power <= 0:
        return False
    count = len(centred)
    found = np.array([centred[lag:] @ centred[:-lag] / spread for lag in range(1, _LAGS + 1)])
    if np.abs(found).max() > 3.5 / np.sqrt(count) or count * float(found @ found) > 25.0:
        return False
    return float(level[1:] @ level[:-1] / power) > 0.8


def _grows(values: np.ndarray, season: int, is_walk: bool) -> bool:
    if len(values) == 0 or values.min() <= 0:
        return False
    if is_walk and values.max() > 1.5 * values.min():
        return True
    slope = measure_spread_growth(values, season)
    return slope is not None and slope > _GROWTH_FOR_LOG


def _share(found: Any) -> float:
    return float(np.mean(list(found)))
