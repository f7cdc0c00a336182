"""Drawing a network towards what else can forecast, as far as held-out windows say that it helps.

With few rows a network knows little that a baseline does not; their mean is hard to beat. With
many, held-out windows tell who knows more, and in what share: the network, the best baseline, or
the pre-trained LSTM.
Source: Bates and Granger, "The Combination of Forecasts", Operational Research Quarterly 20
(1969); weights drawn to equal ones as in Stock and Watson, "Combination forecasts of output
growth", Journal of Forecasting 23 (2004).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np

from lstm_core.tasks.forecasting.baselines.naming import ETS_BY_ERROR

_TENTHS = 10
"""Weights go in steps of a tenth."""

_PULL = 0.25
"""What one who speaks alone has to be better by than equal weights, as a share of the error, where
a single window tells; with more, less by their root, as what they leave to chance is."""

_NOTHING = 1e-9
"""Shares below are what is left of a subtraction."""

_RULES = 2
"""How baselines are made; in kept models, so that these go on as they were."""
_FIRST_RULES = {"ets": ETS_BY_ERROR}


@dataclass(frozen=True)
class Shrinkage:
    """``weight`` of the network, ``other_share`` of another, the rest of ``baseline``.

    Attributes:
        has_own_widths: ranges are as wide as the mix's own past errors ask for, and the same in
            calm and in wild stretches; else the network tells the two apart.
        other: what has a share and is no baseline, by its name among them; empty: nothing.
    """

    weight: float
    baseline: str
    has_own_widths: bool = False
    other: str = ""
    other_share: float = 0.0

    @property
    def shares(self) -> dict[str, float]:
        """Who speaks beside the network, the largest share first; nobody where it is alone."""
        found = {
            self.baseline: 1.0 - self.weight - self.other_share,
            self.other: self.other_share,
        }
        heard = [(name, share) for name, share in found.items() if share > _NOTHING]
        return dict(sorted(heard, key=lambda each: -each[1]))

    def combine(self, point: np.ndarray, others: Mapping[str, np.ndarray]) -> np.ndarray:
        """Combine predictions of one shape, all scaled."""
        mixed: np.ndarray = self.weight * point
        for name, share in self.shares.items():
            mixed = mixed + share * others[name]
        return mixed

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "rules": _RULES}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        """Read what ``to_json`` wrote; of older rules, those that were meant then."""
        baseline = content["baseline"]
        if content.get("rules", 1) == 1:
            baseline = _FIRST_RULES.get(baseline, baseline)
        return cls(
            content["weight"],
            baseline,
            content.get("has_own_widths", False),
            content.get("other", ""),
            content.get("other_share", 0.0),
        )


def choose_shrinkage(
    actual: np.ndarray,
    point: np.ndarray,
    baselines: Mapping[str, np.ndarray],
    other: tuple[str, np.ndarray] | None = None,
    *,
    num_older: int = 0,
    num_apart: float | None = None,
    is_mean: bool = False,
) -> Shrinkage:
    """Choose the baseline with the least mean absolute error, and everybody's share.

    Shares are drawn to equal ones, the more so the less there is that tells; all is the network's
    where it did at least as well alone.

    Args:
        actual, point, and each baseline: ``(n, horizon)`` of held-out windows, scaled; NaN in
            ``actual`` where nothing is known.
        other: what may have a share beside these, and its name.
        num_older: how many of the windows, the first ones, the baselines have learnt from: those
            tell shares, and not which baseline is the best.
        num_apart: how many windows that don't overlap find room where these lie; none: all.
        is_mean: the network was asked for the mean; the squared error decides then.
    """
    known = np.isfinite(actual)
    power = 2 if is_mean else 1

    def measure(said: np.ndarray, since: int = 0) -> float:
        error = float((np.abs(actual - said)[since:][known[since:]] ** power).mean())
        return error if np.isfinite(error) else np.inf

    best = min(baselines, key=lambda name: measure(baselines[name], num_older))
    if other is not None and not np.isfinite(other[1]).all():
        other = None  # a share of nothing would be no number either
    name, third = ("", None) if other is None else other
    heard = [point, baselines[best], *([] if third is None else [third])]
    found: dict[tuple[float, ...], float] = {}
    for weights in _list_weights(len(heard)):
        said = sum(weight * each for weight, each in zip(weights, heard, strict=True))
        found[weights] = measure(np.asarray(said))
    pull = _PULL / max(1.0, len(actual) if num_apart is None else num_apart) ** 0.5
    chosen = min(found, key=lambda weights: found[weights] * (1.0 + pull * _measure_bias(weights)))
    alone = (1.0, *[0.0] * (len(heard) - 1))
    if found[alone] <= found[chosen]:
        chosen = alone
    return Shrinkage(chosen[0], best, other=name, other_share=chosen[2] if name else 0.0)


def _list_weights(count: int) -> Iterator[tuple[float, ...]]:
    """Yield all shares of so many that add up to 1."""

    def split(tenths: int, parts: int) -> Iterator[tuple[int, ...]]:
        if parts == 1:
            yield (tenths,)
            return
        for first in range(tenths + 1):
            for rest in split(tenths - first, parts - 1):
                yield (first, *rest)

    for tenths in split(_TENTHS, count):
        yield tuple(each / _TENTHS for each in tenths)


def _measure_bias(weights: tuple[float, ...]) -> float:
    """How far weights are from equal ones: 0 there, 1 where one has all."""
    count = len(weights)
    away = sum((weight - 1.0 / count) ** 2 for weight in weights)
    return away * count / (count - 1)
