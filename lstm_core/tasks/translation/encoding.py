"""Both sides of pairs as units, fitted to the training part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from lstm_core.learning.encoding.units import EDGE, Units, fit_units, units_from_json
from lstm_core.spec.tasks.translation import TranslationSpec
from lstm_core.tasks.translation.framing import Framing

MORE_STEPS = 8
"""Units by which a translation may be longer than twice what is usual."""


@dataclass(frozen=True)
class Encoding:
    """How pairs become numbers.

    Attributes:
        source, target: units of each side.
        most_steps: units of a text at most; of a longer one the beginning is read.
        growth: how many units a target has for each unit of its source, usually.
    """

    source: Units
    target: Units
    most_steps: int
    growth: float

    def encode_sources(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Return each text's units with an edge behind them, int32."""
        return [self._close(self.source.encode(text)) for text in texts]

    def encode_targets(self, texts: Sequence[str | None]) -> list[np.ndarray]:
        """Return each text's units between two edges, int32; of an unknown one the edges alone."""
        return [np.append(_EDGE, self._close(self.target.encode(text or ""))) for text in texts]

    def limit(self, sources: Sequence[np.ndarray]) -> np.ndarray:
        """Return how many units translations have at most, their ends among them, ``(texts,)``."""
        lengths = np.array([len(source) for source in sources], np.float64)
        most = np.ceil(2.0 * self.growth * lengths).astype(np.int64) + MORE_STEPS
        found: np.ndarray = np.minimum(most, self.most_steps + 1)
        return found

    def is_cut(self, source: np.ndarray, text: str) -> bool:
        """Whether a text was longer than what is read of it."""
        return len(source) > self.most_steps and len(self.source.encode(text)) > self.most_steps

    def _close(self, units: np.ndarray) -> np.ndarray:
        return np.append(units[: self.most_steps], _EDGE).astype(np.int32)

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.source.to_json(),
            "target": self.target.to_json(),
            "most_steps": self.most_steps,
            "growth": self.growth,
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Encoding:
        """Read what ``to_json`` wrote."""
        source, target = (units_from_json(found[side]) for side in ("source", "target"))
        return cls(source, target, found["most_steps"], found["growth"])


_EDGE = np.array([EDGE], np.int32)

_OF_UNITS = (
    *("source_units", "target_units", "source_vocabulary", "target_vocabulary", "rarest"),
    *("split", "test_fraction", "validation_fraction", "keep_copies_together", "num_folds"),
)
_OF_READING = (*_OF_UNITS, "most_steps")


@dataclass(frozen=True, eq=False)
class Fitted:
    """Units of both sides, and how many of them each text is.

    Attributes:
        before, after: ``(pairs,)`` units of what is given and of what is wanted, without edges.
    """

    source: Units
    target: Units
    before: np.ndarray
    after: np.ndarray


@dataclass(frozen=True)
class _Asked:
    """What units were asked for: equal where they would be the same."""

    fingerprint: str
    spec: TranslationSpec
    fold: int
    framing: Framing = field(compare=False, repr=False)


def fit_sides(spec: TranslationSpec, framing: Framing, fold: int = 0) -> Fitted:
    """Fit units to the training part of a fold; once for each way to ask.

    Args:
        spec: filled in, but for how much is read.

    Raises:
        SpecError: there is nothing to tell apart.
    """
    kept = TranslationSpec(**{name: getattr(spec, name) for name in _OF_UNITS})
    return _fit(_Asked(framing.pairs.fingerprint, kept, fold, framing))


def fit_encoding(spec: TranslationSpec, framing: Framing, fold: int = 0) -> Encoding:
    """Fit to the training part of a fold; the spec is filled in.

    Raises:
        SpecError: there is nothing to tell apart.
    """
    assert spec.most_steps is not None
    fitted, train = fit_sides(spec, framing, fold), framing.splits[fold].train
    growth = float((fitted.after[train] + 1).sum() / (fitted.before[train] + 1).sum())
    return Encoding(fitted.source, fitted.target, spec.most_steps, growth)


def find_whole(spec: TranslationSpec, framing: Framing, fold: int = 0) -> np.ndarray:
    """Return which pairs are no longer than what is read, ``(n,)`` bool."""
    fitted = fit_sides(spec, framing, fold)
    found: np.ndarray = np.maximum(fitted.before, fitted.after) <= (spec.most_steps or 0)
    return found


def keep_reading(spec: TranslationSpec) -> TranslationSpec:
    """Return what of a spec decides which units there are, and what is learnt from."""
    return TranslationSpec(**{name: getattr(spec, name) for name in _OF_READING})


@lru_cache(maxsize=16)
def _fit(asked: _Asked) -> Fitted:
    spec, pairs = asked.spec, asked.framing.pairs
    train = asked.framing.splits[asked.fold].train
    source = _fit_side(spec, pairs.sources[train].tolist(), "source")
    target = _fit_side(spec, pairs.targets[train].tolist(), "target")
    before, after = (
        np.array([len(units.encode(text)) for text in texts], np.int64)
        for units, texts in ((source, pairs.sources), (target, pairs.targets))
    )
    return Fitted(source, target, before, after)


def _fit_side(spec: TranslationSpec, texts: Sequence[str], side: str) -> Units:
    kind = getattr(spec, f"{side}_units")
    rarest = spec.rarest or (1 if kind == "characters" else 2)
    return fit_units(kind, texts, getattr(spec, f"{side}_vocabulary"), rarest)
