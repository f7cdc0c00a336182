"""A proof that nothing was learnt from the future: corrupt it, and see that nothing changes.

What the future is: every value behind the training part, and every value that was filled on a
line towards one. Covariates that are known ahead of time are meant to be known, and are the
only exception.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import StudioError
from lstm_core.learning.feeds.earlier import join_earlier
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.cutting import cut_series
from lstm_core.tasks.forecasting.framing.examples import Framing, frame_dataset, use_known_future
from lstm_core.tasks.forecasting.framing.inputs.adding import add_inputs

LearnBaselines = Callable[[ExperimentSpec, Dataset, int | None], Any]
"""From a filled-in spec, a dataset and a fold to what the baselines learn there, as JSON."""

_LARGEST_POWER = 4.0
"""Corrupted values lie off by up to ten to this, times what is usual in their column."""

_DRAWN_TOWARDS_LATER = ("interpolate", "season")
"""Ways to fill a gap that look at the value behind it."""

CHECKED = {
    "settings": "The settings that are read from the data",
    "transforms": "The fitted transforms",
    "training_windows": "The list of training windows",
    "training_rows": "The values that training windows read and predict",
    "test_inputs": "What a test window reads",
    "baselines": "What the baselines learn",
}
"""The name of each check, and what it compares."""


@dataclass(frozen=True)
class LeakCheck:
    """One thing that has to come out byte for byte the same."""

    name: str
    is_same: bool
    sentence: str


@dataclass(frozen=True)
class LeakReport:
    """What a scrambled future changed.

    Attributes:
        num_scrambled: values that were corrupted.
        exceptions: the known-future covariates, which keep their values.
        sentence: all of it in words.
    """

    is_clean: bool
    num_scrambled: int
    checks: tuple[LeakCheck, ...]
    exceptions: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class _Prepared:
    framing: Framing
    baselines: Any


def check_leaks(
    spec: ExperimentSpec,
    dataset: Dataset,
    seed: int = 0,
    learn_baselines: LearnBaselines | None = None,
) -> LeakReport:
    """Prepare an experiment twice, once with a scrambled future, and compare byte for byte.

    Args:
        spec: as a person gave it; what it leaves open is read from both datasets.
        seed: of the corruption.
        learn_baselines: left out, what the baselines learn is not checked.

    Raises:
        DataError: the dataset does not fit the spec.
    """
    resolved, _ = resolve_spec(spec, dataset)
    scrambled = scramble_future(dataset, resolved, seed)
    same = {"settings": _is_resolved_alike(spec, scrambled, resolved)}
    folds = range(resolved.task.num_folds or 1) if resolved.task.refit else [None]
    for fold in folds:
        before = _prepare(dataset, resolved, fold, learn_baselines)
        other = scramble_future(dataset, resolved, seed, fold)
        after = _prepare(other, resolved, fold, learn_baselines)
        results = _compare_training(before.framing, after.framing, resolved)
        if learn_baselines is not None:
            results["baselines"] = before.baselines == after.baselines
        results["test_inputs"] = _sees_no_future(dataset, before.framing, resolved, fold, seed)
        for name, is_same in results.items():
            same[name] = same.get(name, True) and is_same
    exceptions = use_known_future(dataset, resolved).roles.known_future_covariates
    num_scrambled = int((scrambled.frame.to_numpy() != dataset.frame.to_numpy()).sum())
    return _report(same, num_scrambled, exceptions)


def scramble_future(
    dataset: Dataset, spec: ExperimentSpec, seed: int, fold: int | None = None
) -> Dataset:
    """Corrupt every value behind the training part but those of known-future covariates.

    A gap that reaches up to the end of the training part was filled on a line towards a value
    behind it, and is corrupted, too.

    Args:
        spec: filled in.
        fold: with refit, the fold whose training part is left alone, from 0.
    """
    ends = [
        max(0, cut_series(rows.stop - rows.start, spec, fold).train_end)
        for _, rows in dataset.iterate_series()
    ]
    return _scramble_from(dataset, spec, ends, seed)


def _scramble_from(
    dataset: Dataset, spec: ExperimentSpec, starts: Sequence[int], seed: int
) -> Dataset:
    """Corrupt each series from a row of its own on."""
    generator = np.random.default_rng(seed)
    usable = use_known_future(dataset, spec)
    num_columns = len(usable.roles.columns) - len(usable.roles.known_future_covariates)
    num_targets = len(usable.roles.targets)
    values = dataset.frame.to_numpy(copy=True)
    for start, (_, rows) in zip(starts, dataset.iterate_series(), strict=True):
        for column in range(num_columns):
            first = start
            if column < num_targets and spec.data.fill in _DRAWN_TOWARDS_LATER:
                first = _find_future(dataset.observed[rows, column], start)
            future = values[rows.start + first : rows.stop, column]
            future[:] = _corrupt(future, generator)
    frame = dataset.frame.copy()
    frame.iloc[:, :] = values
    return replace(dataset, frame=frame)


def _find_future(observed: np.ndarray, start: int) -> int:
    """Return the first row with something in it of the values from ``start`` on.

    Args:
        observed: ``(rows,)`` of one target, whose gaps are filled on a line between neighbours;
            a gap with nothing behind it repeats what was before.
    """
    if not observed[start:].any():
        return start
    known = np.flatnonzero(observed[:start])
    return int(known[-1]) + 1 if len(known) else 0


def _corrupt(values: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Return wild values in place of ``(rows,)``: other signs, sizes and order."""
    if not len(values):
        return values
    usual = max(float(np.abs(values).max()), 1.0)
    power = generator.uniform(-1.0, _LARGEST_POWER, len(values))
    noise = generator.standard_normal(len(values)) * usual * 10.0**power
    return noise - generator.permutation(values)


def _prepare(
    dataset: Dataset, spec: ExperimentSpec, fold: int | None, learn: LearnBaselines | None
) -> _Prepared:
    framing = frame_dataset(add_inputs(use_known_future(dataset, spec), spec), spec, fold)
    return _Prepared(framing, learn(spec, dataset, fold) if learn else None)


def _is_resolved_alike(spec: ExperimentSpec, dataset: Dataset, resolved: ExperimentSpec) -> bool:
    try:
        return resolve_spec(spec, dataset)[0] == resolved
    except StudioError:  # what was accepted is refused now: that depends on the future as well
        return False


def _compare_training(before: Framing, after: Framing, spec: ExperimentSpec) -> dict[str, bool]:
    lookback, horizon = spec.task.sizes
    cutoffs = before.examples.cutoffs["train"]
    read = _list_rows(cutoffs, 1 - lookback, 0)
    predicted = _list_rows(cutoffs, 1, horizon)
    counts = before.examples.weight[predicted] > 0  # (rows, targets)
    num_targets = counts.shape[1]

    def show_rows(framing: Framing) -> list[np.ndarray]:
        examples = framing.examples
        return [
            examples.past[read],
            examples.series[read],
            examples.future[read],
            examples.future[predicted],
            # A row's own level is read where it is the last one that is known.
            examples.earlier[predicted, : 2 * num_targets],
            examples.earlier[cutoffs, 2 * num_targets :],
            examples.weight[predicted],
            # A filled value weighs nothing, whatever it is.
            np.where(counts, examples.past[predicted, :num_targets], 0.0),
        ]

    return {
        "transforms": _are_same(_show_transforms(before), _show_transforms(after)),
        "training_windows": before.parts == after.parts
        and _are_same([cutoffs], [after.examples.cutoffs["train"]]),
        "training_rows": _are_same(show_rows(before), show_rows(after)),
    }


def _list_rows(cutoffs: np.ndarray, first: int, last: int) -> np.ndarray:
    """Return every row that lies ``first`` to ``last`` steps from any cutoff, once."""
    changes = np.zeros(cutoffs.max() + last + 2, dtype=np.int64)
    changes[cutoffs + first] += 1  # cutoffs are unique
    changes[cutoffs + last + 1] -= 1
    return np.flatnonzero(np.cumsum(changes))


def _sees_no_future(
    dataset: Dataset, framing: Framing, spec: ExperimentSpec, fold: int | None, seed: int
) -> bool:
    """Corrupt all that lies behind one test window of each series; look at what those read."""
    lookback, horizon = spec.task.sizes
    generator = np.random.default_rng(seed)
    test = framing.examples.cutoffs["test"]
    starts = {name: rows.stop - rows.start for name, rows in dataset.iterate_series()}
    chosen = []
    for part in framing.parts:
        own = test[(test >= part.first) & (test < part.first + part.num_rows)]
        if len(own):
            chosen.append(int(generator.choice(own)))
            starts[part.name] = chosen[-1] - part.first + 1
    other = _scramble_from(dataset, spec, list(starts.values()), seed)
    after = frame_dataset(add_inputs(use_known_future(other, spec), spec), spec, fold)
    read = np.asarray(chosen)[:, None] + np.arange(1 - lookback, 1)  # (series, lookback)
    ahead = np.asarray(chosen)[:, None] + np.arange(1, horizon + 1)  # (series, horizon)

    def show_inputs(found: Framing) -> list[np.ndarray]:
        examples = found.examples
        told = join_earlier(examples.earlier[ahead], examples.earlier[read[:, -1:]])
        return [examples.past[read], examples.future[ahead], told]

    return _are_same(
        [*show_inputs(framing), *_show_transforms(framing)],
        [*show_inputs(after), *_show_transforms(after)],
    )


def _show_transforms(framing: Framing) -> list[np.ndarray]:
    return [array for scaler in framing.scalers for array in vars(scaler).values()]


def _are_same(these: Sequence[np.ndarray], those: Sequence[np.ndarray]) -> bool:
    return [array.tobytes() for array in these] == [array.tobytes() for array in those]


def _report(same: dict[str, bool], num_scrambled: int, exceptions: tuple[str, ...]) -> LeakReport:
    checks = tuple(
        LeakCheck(
            name,
            same[name],
            f"{what}: byte for byte the same."
            if same[name]
            else f"{what}: not the same, so there is something of the future in it.",
        )
        for name, what in CHECKED.items()
        if name in same
    )
    leaks = [CHECKED[check.name] for check in checks if not check.is_same]
    corrupted = f"{num_scrambled:,} values of the future were corrupted"
    if leaks:
        named = "; ".join(leak[:1].lower() + leak[1:] for leak in leaks)
        sentence = f"A leak: {corrupted}, and what must not change did: {named}."
    else:
        sentence = f"No leak: {corrupted}, and all that is learnt from came out the same."
    if exceptions:
        named = ", ".join(f'"{name}"' for name in exceptions)
        sentence += f" Left as they are, because they are known ahead of time: {named}."
    return LeakReport(not leaks, num_scrambled, checks, exceptions, sentence)
