"""What a run's forecast is mixed of, and how wide its ranges are: held-out windows tell both.

A window is held out where the network that predicts it has learnt nothing from its rows: those of
the validation part tell the shares, and together with those of the test part, as they become known,
how far ranges have to be stretched. A network that comes trained has learnt little or nothing from
the rows of the training part, no more than the baselines have, so their later half tells shares as
well: few rows leave few windows to a validation part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.learning.feeds.feed import thin
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.base import Predict
from lstm_core.tasks.forecasting.baselines.fitting import Baselines, Line
from lstm_core.tasks.forecasting.baselines.listing import Rules, list_rules
from lstm_core.tasks.forecasting.baselines.pretrained import can_ask, name_pretrained
from lstm_core.tasks.forecasting.framing.examples import Framing
from lstm_core.tasks.forecasting.framing.whole import learns_mean
from lstm_core.tasks.forecasting.predicting.ranges import (
    MOST_WINDOWS,
    Calibration,
    raw_ends,
    score_ends,
    widen,
)
from lstm_core.tasks.forecasting.predicting.shrinking import Shrinkage, choose_shrinkage
from lstm_core.tasks.forecasting.predicting.totals import score_totals
from lstm_core.tasks.forecasting.predicting.windows import Predicted, list_lines, predict_windows

MAX_HELD_OUT_VALUES = 500_000
"""Predicted values of the validation part that are looked at; beyond, cutoffs are thinned."""

MOST_WEIGHED = 600
"""Windows of a series, spread over the validation part, that tell shares beside the latest ones:
neighbours overlap, and more of them say the same again."""


class Mix:
    """Mixes a network's predictions with others, and lays ranges around them.

    Lives for one run. For each fold ``begin`` comes first, then ``observe_validation``.

    Attributes:
        shrinkage: of the present fold; None: all is the network's. ``shrinkages``: of all so far.
    """

    def __init__(self, spec: ExperimentSpec, dataset: Dataset, num_folds: int) -> None:
        """Take a spec that is filled in, and a dataset with all its inputs."""
        self.shrinkage: Shrinkage | None = None
        self.shrinkages: list[Shrinkage] = []
        self._spec = spec
        self._dataset = dataset
        self._num_folds = num_folds
        _, self._horizon = spec.task.sizes
        self._season = spec.task.season or 1
        self._num_targets = len(dataset.roles.targets)
        self._values = dataset.frame.to_numpy()
        times = dataset.frame.index.get_level_values("time")
        self._clock = times.to_numpy().astype(np.int64)
        self._framing: Framing | None = None
        self._rules: Rules | None = None
        self._baselines: Baselines | None = None
        self._members: Baselines | None = None
        self._calibrations: list[Calibration] = []
        self._totals: list[Calibration] = []

    def begin(self, framing: Framing) -> None:
        """Begin a fold."""
        self._framing = framing
        self._calibrations, self._totals = self._make_calibrations(), self._make_calibrations()
        self._baselines = self._members = None

    @property
    def framing(self) -> Framing:
        """The present fold's."""
        if self._framing is None:
            raise RuntimeError("begin() comes first")
        return self._framing

    @property
    def baselines(self) -> Baselines:
        """Fitted to the training part when they are first asked for.

        That is after the network has been trained: nobody waits for them before its first epoch.
        """
        if self._baselines is None:
            lines = self._list_lines()
            self._baselines = Baselines.fit(lines, self._season, self._list_rules(lines).names)
        return self._baselines

    @property
    def left_out(self) -> Mapping[str, str]:
        """Baselines that could not be had, each with the reason."""
        return {} if self._rules is None else self._rules.left_out

    def predict(self, cutoffs: np.ndarray, predict: Predict) -> Iterator[Predicted]:
        """Predict from cutoffs of the flat table by all who have a part."""
        return predict_windows(
            self._dataset,
            self.framing,
            self.baselines,
            cutoffs,
            self._horizon,
            predict,
            self._members,
        )

    def observe_validation(self, judged: Predict) -> None:
        """Choose everybody's share, and calibrate the ranges, on rows held out."""
        most = max(1, MAX_HELD_OUT_VALUES // (self._horizon * self._num_targets))
        validation = self.framing.examples.cutoffs["validation"]
        latest = [own[-MOST_WINDOWS:] for own in self.framing.split_by_series(validation)]
        cutoffs = thin(np.concatenate(latest), most)
        if not self._spec.task.shrink:
            for block in self.predict(cutoffs, judged):
                self.take_in(block)
            return
        spread = [thin(own, MOST_WEIGHED) for own in self.framing.split_by_series(validation)]
        weighed = np.union1d(cutoffs, thin(np.concatenate(spread), most))
        self._members = self._find_members(len(weighed))
        blocks = list(self.predict(weighed, judged))
        older = self._predict_older(most, judged)
        self.shrinkage = self._choose_shrinkage(blocks, older)
        self.shrinkages.append(self.shrinkage)
        if not self.shrinkage.other_share:
            self._members = None  # nobody asks it any more
        if self._spec.task.ranges == "residuals":
            self._take_in_baseline(self.shrinkage.baseline, "train")
        for block in [*older, *blocks]:
            self.take_in(block)

    def mix(self, block: Predicted) -> tuple[np.ndarray, np.ndarray]:
        """Return point and ends, scaled, as they were said at the block's first cutoff.

        Blocks come in the order of time, series by series; see ``Predicted`` for the shapes.
        """
        point, ends = block.shrink(self.shrinkage)
        now = int(self._clock[block.part.rows][block.local[0]])
        calibration = self._calibrations[block.target]
        factors = calibration.fit(now)
        if len(self.framing.parts) == 1:  # another series would begin with an earlier time
            calibration.forget(now)
            self._totals[block.target].forget(now)
        return point, ends if factors is None else widen(point, ends, factors)

    def take_in(self, block: Predicted) -> None:
        """Let what the mix got wrong in a block stretch later ranges."""
        point, ends = block.shrink(self.shrinkage)
        known_at = self._clock[block.part.rows][block.local + self._horizon]
        scores = score_ends(block.scaled_actual, point, ends)
        self._calibrations[block.target].add(known_at, scores)
        told = (block.scaler.restore_target(each, block.target) for each in (point, ends))
        self._totals[block.target].add(known_at, score_totals(block.actual, *told))

    def fall_back(self, name: str) -> None:
        """Leave what lies beyond the data to a baseline, with ranges of its held-out errors."""
        self.shrinkage = Shrinkage(0.0, name, has_own_widths=True)
        self._calibrations, self._totals = self._make_calibrations(), self._make_calibrations()
        for where in ("validation", "test"):
            self._take_in_baseline(name, where)

    def fit_ranges(self) -> list[np.ndarray | None]:
        """Return for each target what ranges beyond the data are stretched by; see ``ranges``."""
        return [calibration.fit() for calibration in self._calibrations]

    def fit_totals(self) -> list[np.ndarray | None]:
        """Return the same for the sums by each step; see ``totals``."""
        return [calibration.fit() for calibration in self._totals]

    def _make_calibrations(self) -> list[Calibration]:
        is_scarce = self._spec.model.comes_trained
        return [Calibration(is_scarce=is_scarce) for _ in range(self._num_targets)]

    def _predict_older(self, most: int, judged: Predict) -> list[Predicted]:
        """Predict from those cutoffs of the training part that tell shares, so many at most."""
        if not self._spec.model.comes_trained:
            return []
        by_series = self.framing.split_by_series(self.framing.examples.cutoffs["train"])
        halves = [thin(own[len(own) // 2 :], MOST_WEIGHED) for own in by_series]
        cutoffs = thin(np.concatenate(halves), most)
        return list(self.predict(cutoffs, judged)) if len(cutoffs) else []

    def _choose_shrinkage(
        self, blocks: Sequence[Predicted], older: Sequence[Predicted]
    ) -> Shrinkage:
        """Choose by windows of the validation part, and of the training part where they tell."""
        every = [*older, *blocks]
        others = [block.scaled_others for block in every]
        said = {name: np.concatenate([found[name] for found in others]) for name in others[0]}
        names = () if self._members is None else self._members.names
        members = [(name, said.pop(name)) for name in names]
        return choose_shrinkage(
            np.concatenate([block.scaled_actual for block in every]),
            np.concatenate([block.point for block in every]),
            said,
            members[0] if members else None,
            num_older=sum(len(block.local) for block in older),
            num_apart=self._count_apart(blocks) + self._count_apart(older),
            is_mean=learns_mean(self._spec),
        )

    def _count_apart(self, blocks: Sequence[Predicted]) -> float:
        """Return how many windows that don't overlap find room where these lie."""
        lines: dict[tuple[int, int], list[np.ndarray]] = {}
        for block in blocks:
            lines.setdefault((block.part.first, block.target), []).append(block.local)
        reaches = [max(map(np.max, own)) - min(map(np.min, own)) for own in lines.values()]
        return float(sum(reach / self._horizon + 1 for reach in reaches))

    def _find_members(self, num_weighed: int) -> Baselines | None:
        """Return what may have a share beside the network and the baselines, if anything may.

        Args:
            num_weighed: windows of the validation part that all are asked about.
        """
        if self._spec.model.comes_trained:
            return None  # it is the network
        num_windows = num_weighed + len(self.framing.examples.cutoffs["test"])
        if not can_ask(num_windows * self._num_targets * self._num_folds, self._horizon):
            return None
        lines = self._list_lines()
        values = [line.values for line in lines]
        name = name_pretrained(values, self._season, self._dataset.frequency)
        return Baselines.fit(lines, self._season, [name])

    def _list_lines(self) -> list[Line]:
        rows = [slice(part.cuts.train_start, part.cuts.train_end) for part in self.framing.parts]
        return list_lines(self._values, self.framing, self._dataset.roles, self._horizon, rows)

    def _list_rules(self, lines: Sequence[Line]) -> Rules:
        """Return what stands beside the model: the same in every fold, by what the first shows."""
        if self._rules is None:
            self._rules = list_rules(
                [line.values for line in lines],
                self._season,
                self._dataset.frequency,
                lines[0].known.shape[1],
            )
        return self._rules

    def _take_in_baseline(self, name: str, where: str) -> None:
        """Take in what a baseline got wrong in a part.

        The training part tells where the validation part is short: the few errors in it say
        little, and a network that was stopped by them flatters itself.

        Args:
            where: ``train``, ``validation`` or ``test``.
        """
        framing, horizon = self.framing, self._horizon
        by_series = framing.split_by_series(framing.examples.cutoffs[where])
        for number, (part, own) in enumerate(zip(framing.parts, by_series, strict=True)):
            local = own[-MOST_WINDOWS:] - part.first
            ahead = local[:, None] + np.arange(1, horizon + 1)
            known_at = self._clock[part.rows][local + horizon]
            scaler = framing.scalers[number]
            for target in range(self._num_targets):
                values = self._values[part.rows, target]
                observed = self._dataset.observed[part.rows, target][ahead]
                line = number * self._num_targets + target
                said = self.baselines.predict(line, values, local, horizon, [name])[name]
                point = scaler.transform_target(said, target)
                actual = scaler.transform_target(np.where(observed, values[ahead], np.nan), target)
                ends = raw_ends(point[..., None])
                told = (scaler.restore_target(each, target) for each in (point, ends))
                scores = score_ends(actual, point, ends)
                totals = score_totals(np.where(observed, values[ahead], np.nan), *told)
                if where == "train":
                    num_rows = part.cuts.train_end - part.cuts.train_start
                    optimism = self.baselines.measure_optimism(line, name, num_rows)
                    scores, totals = scores * optimism, totals * optimism
                self._calibrations[target].add(known_at, scores)
                self._totals[target].add(known_at, totals)
