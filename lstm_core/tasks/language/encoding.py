"""Running text as units, fitted to the training part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from lstm_core.data.documents.splitting.stretches import Stretch, read_stretches
from lstm_core.learning.encoding.unit_kinds.face import Located
from lstm_core.learning.encoding.units import EDGE, Units, fit_units, units_from_json
from lstm_core.spec.tasks.language import LanguageSpec
from lstm_core.tasks.language.framing import Framing


@dataclass(frozen=True)
class Encoding:
    """How text becomes units.

    A document begins and ends with ``EDGE``.
    """

    units: Units

    def encode_stretches(self, framing: Framing, stretches: Sequence[Stretch]) -> np.ndarray:
        """Return the units of stretches one behind another, int32; edges where documents have."""
        found = [np.empty(0, np.int32)]
        texts = framing.collection.texts
        for stretch, text in zip(stretches, read_stretches(texts, stretches), strict=True):
            begins = stretch.start == 0
            ends = stretch.stop == len(texts[stretch.document])
            found += [_EDGE] * begins + [self.units.encode(text)] + [_EDGE] * ends
        return np.concatenate(found)

    def locate(self, text: str) -> Located:
        """Return the units of a text, and where they lie in it; without edges."""
        return self.units.locate(text)

    def to_json(self) -> dict[str, Any]:
        return {"units": self.units.to_json()}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Encoding:
        """Read what ``to_json`` wrote."""
        return cls(units_from_json(found["units"]))


_EDGE = np.array([EDGE], np.int32)


@dataclass(frozen=True)
class _Asked:
    """What an encoding was asked for: equal where it would be the same."""

    fingerprint: str
    spec: LanguageSpec
    framing: Framing = field(compare=False, repr=False)


def fit_encoding(spec: LanguageSpec, framing: Framing) -> Encoding:
    """Fit to the training part; once for each way to ask. The spec is filled in.

    Raises:
        SpecError: there is nothing to tell apart.
    """
    return _fit(_Asked(framing.collection.fingerprint, keep_reading(spec), framing))


def keep_reading(spec: LanguageSpec) -> LanguageSpec:
    """Return what of a spec decides which units there are, and what is learnt from."""
    return LanguageSpec(**{name: getattr(spec, name) for name in _OF_READING})


_OF_READING = (
    *("units", "vocabulary", "rarest"),
    *("split", "test_fraction", "validation_fraction"),
)


@lru_cache(maxsize=8)
def _fit(asked: _Asked) -> Encoding:
    spec, framing = asked.spec, asked.framing
    assert spec.units is not None
    assert spec.vocabulary is not None
    assert spec.rarest is not None
    texts = read_stretches(framing.collection.texts, framing.split.train)
    return Encoding(fit_units(spec.units, texts, spec.vocabulary, spec.rarest))
