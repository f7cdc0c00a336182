"""What exponential smoothing and the Theta method come to once they are fitted.

The recursion runs once over the values, and the forecast at each cutoff follows in closed form from
the states there. Sources stand with the fitting, in ``smoothing``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

import numpy as np

LARGEST_EXPONENT = 700.0


@dataclass(frozen=True)
class Adjustment:
    """What is taken from the values before they are smoothed, and given back to a forecast.

    ``floor`` stands in for a value that has no logarithm. ``profile`` is one season of fixed
    effects, subtracted or, with ``divides``, divided by; one neutral effect where there is none.
    """

    log: bool = False
    floor: float = 0.0
    offset: float = 0.0
    scale: float = 1.0
    profile: tuple[float, ...] = (0.0,)
    divides: bool = False

    def remove(self, values: np.ndarray, phases: np.ndarray) -> np.ndarray:
        """Adjust values ``(...)`` whose steps of the season are ``phases``, any whole numbers."""
        if self.log:
            values = np.log(np.where(values > 0, values, self.floor))
        scaled = (values - self.offset) / self.scale
        effects = np.asarray(self.profile)[phases % len(self.profile)]
        return scaled / effects if self.divides else scaled - effects

    def restore(self, adjusted: np.ndarray, phases: np.ndarray) -> np.ndarray:
        """Undo ``remove``, shape by shape."""
        effects = np.asarray(self.profile)[phases % len(self.profile)]
        scaled = adjusted * effects if self.divides else adjusted + effects
        values = scaled * self.scale + self.offset
        return np.exp(np.minimum(values, LARGEST_EXPONENT)) if self.log else values


@dataclass(frozen=True)
class SmoothingModel:
    """Fitted parameters of one series, and its states just before ``first_row``.

    ``alpha``, ``beta`` and ``gamma`` correct level, trend and season by parts of the last error,
    ``phi`` damps the trend, and ``drift`` is the Theta method's half slope. ``seasonal`` holds the
    states of the ``len(seasonal)`` rows before ``first_row``; one zero where no season is smoothed.
    ``longer`` holds those of further seasons, each with its part of the last error in
    ``longer_gammas``.
    """

    kind: Literal["ets", "theta", "mstl"]
    season: int
    first_row: int
    adjustment: Adjustment
    level: float
    trend: float = 0.0
    seasonal: tuple[float, ...] = (0.0,)
    alpha: float = 1.0
    beta: float = 0.0
    gamma: float = 0.0
    phi: float = 1.0
    drift: float = 0.0
    longer: tuple[tuple[float, ...], ...] = ()
    longer_gammas: tuple[float, ...] = ()

    @property
    def is_finite(self) -> bool:
        """Whether the fit came to numbers that a forecast can be made of."""
        longer = [state for season in self.longer for state in season]
        states = (self.level, self.trend, *self.seasonal, *longer, *self.adjustment.profile)
        parameters = (self.alpha, self.beta, self.gamma, self.phi, self.drift)
        return bool(np.isfinite((*states, *parameters)).all())

    @property
    def num_parameters(self) -> int:
        """What was fitted to the rows: states at the start, and smoothing parameters."""
        fixed = len(self.adjustment.profile) if len(self.adjustment.profile) > 1 else 0
        seasons = (self.seasonal, *self.longer)
        smoothed = sum(len(season) for season in seasons if len(season) > 1)
        free = (self.alpha != 1, self.beta > 0, self.gamma > 0, self.phi != 1, self.drift != 0)
        return 1 + (self.trend != 0) + fixed + smoothed + sum(free)

    def predict(self, values: np.ndarray, cutoffs: np.ndarray, horizon: int) -> np.ndarray:
        """Predict from several cutoffs, from each with the values up to it.

        Args:
            values: ``(rows,)`` without NaN; the rows that the model was fitted on stand where
                they stood then.
            cutoffs: ``(n,)`` rows of the last known value, in any order.
            horizon: steps to predict.

        Returns:
            ``(n, horizon)``.

        A cutoff before ``first_row`` is predicted from states that start at the first value.
        """
        return SmoothingWalk(self).predict(values, cutoffs, horizon)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        adjustment = content["adjustment"]
        return cls(
            **content
            | {
                "adjustment": Adjustment(**adjustment | {"profile": tuple(adjustment["profile"])}),
                "seasonal": tuple(content["seasonal"]),
                "longer": tuple(tuple(states) for states in content.get("longer", ())),
                "longer_gammas": tuple(content.get("longer_gammas", ())),
            }
        )


class SmoothingWalk:
    """A model's way along one series: later cutoffs go on from where earlier ones ended."""

    def __init__(self, model: SmoothingModel) -> None:
        self._model = model
        self._origin = self._row = -1  # where the recursion began, and the next row it reads
        self._level = self._trend = 0.0
        self._seasons: list[list[float]] = []  # of each, its states before ``_row``

    def predict(self, values: np.ndarray, cutoffs: np.ndarray, horizon: int) -> np.ndarray:
        """See ``SmoothingModel.predict``; the same series each time."""
        predicted = np.empty((len(cutoffs), horizon))
        early = cutoffs < self._model.first_row
        for chosen, origin in ((early, 0), (~early, self._model.first_row)):
            if chosen.any():
                predicted[chosen] = self._predict_from(origin, values, cutoffs[chosen], horizon)
        return predicted

    def _predict_from(
        self, origin: int, values: np.ndarray, cutoffs: np.ndarray, horizon: int
    ) -> np.ndarray:
        """Predict from cutoffs, none before the row ``origin`` where the recursion begins."""
        model = self._model
        if origin != self._origin or cutoffs.min() < self._row:
            self._begin(origin, values)
        start = self._row
        rows = np.arange(start, cutoffs.max() + 1)
        adjusted = model.adjustment.remove(values[rows], rows - model.first_row)  # (rows,)
        levels, trends, seasons = self._go_on(adjusted)

        known = cutoffs - start  # (n,)
        steps = np.arange(1, horizon + 1)
        damped = np.cumsum(model.phi**steps)  # (horizon,)
        smoothed = levels[known][:, None] + trends[known][:, None] * damped  # (n, horizon)
        # The states of the season start one season before the values, so its last state of each
        # step is always there.
        for states, size in zip(seasons, self._sizes, strict=True):
            smoothed += states[known[:, None] + 1 + (steps - 1) % size]
        if model.drift:
            num_read = cutoffs - origin + 1  # (n,)
            weight = (1.0 - (1.0 - model.alpha) ** num_read) / model.alpha
            smoothed += model.drift * (steps - 1 + weight[:, None])
        return model.adjustment.restore(smoothed, cutoffs[:, None] + steps - model.first_row)

    def _begin(self, origin: int, values: np.ndarray) -> None:
        model = self._model
        self._origin = self._row = origin
        self._seasons = [
            [states[(row - model.first_row) % size] for row in range(origin - size, origin)]
            for states, size in zip((model.seasonal, *model.longer), self._sizes, strict=True)
        ]
        self._level, self._trend = model.level, model.trend
        if origin != model.first_row:
            phase = np.array([origin - model.first_row])
            first = model.adjustment.remove(values[[origin]], phase)
            effects = sum(states[0] for states in self._seasons)
            self._level, self._trend = float(first[0]) - effects, 0.0

    @property
    def _sizes(self) -> list[int]:
        return [len(states) for states in (self._model.seasonal, *self._model.longer)]

    def _go_on(self, adjusted: np.ndarray) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
        """Run the recursion over the next ``(rows,)``.

        Returns:
            The levels ``(rows,)``, the trends ``(rows,)`` and the states of each season, which
            begin with those before: ``(size + rows,)``.
        """
        # Plain floats: a step costs less than one operation on an array would.
        model = self._model
        alpha, beta, gamma, phi = model.alpha, model.beta, model.gamma, model.phi
        level, trend = self._level, self._trend
        seasonals, *longer = [list(states) for states in self._seasons]
        others = list(zip(longer, model.longer_gammas, strict=True))
        levels, trends = [], []
        for row, value in enumerate(adjusted.tolist()):
            trend *= phi
            level += trend
            error = value - level - seasonals[row]
            for states, _ in others:
                error -= states[row]
            level += alpha * error
            trend += beta * error
            levels.append(level)
            trends.append(trend)
            seasonals.append(seasonals[row] + gamma * error)
            for states, part in others:
                states.append(states[row] + part * error)
        self._row += len(adjusted)
        self._level, self._trend = level, trend
        found = [seasonals, *longer]
        self._seasons = [states[-size:] for states, size in zip(found, self._sizes, strict=True)]
        return np.array(levels), np.array(trends), [np.array(states) for states in found]
