"""BLEU, chrF and exact match of translations, and what each sentence adds to them.

Counts are of ``sacrebleu``: Post, "A Call for Clarity in Reporting BLEU Scores", WMT (2018). BLEU:
Papineni et al., ACL (2002); chrF: Popović, WMT (2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from lstm_core.errors import StudioError

_ORDERS = 4
_CHARACTER_ORDERS = 6
_BETA = 2.0


@dataclass(frozen=True, eq=False)
class Tally:
    """What sentences add to each measure; sums of rows give the measure of all of them.

    Attributes:
        bleu: ``(sentences, 10)``: words said and there, and for runs of one to four words those
            that are right, then those that were said.
        chrf: ``(sentences, 18)``: for runs of one to six characters, said, there and right.
        exact: bool ``(sentences,)``.
        signatures: by the key of a measure, how ``sacrebleu`` counted, for whoever compares.
    """

    bleu: np.ndarray
    chrf: np.ndarray
    exact: np.ndarray
    signatures: dict[str, str]

    def take(self, key: str) -> np.ndarray:
        """Return what sentences add to a measure, ``(sentences, counts)`` float64."""
        if key == "exact_match":
            return np.stack([self.exact, np.ones(len(self.exact))], axis=1).astype(np.float64)
        found: np.ndarray = self.bleu if key == "bleu" else self.chrf
        return found

    def select(self, chosen: np.ndarray) -> Tally:
        """Return some of the sentences; ``chosen``: numbers, or a bool for each."""
        return Tally(self.bleu[chosen], self.chrf[chosen], self.exact[chosen], self.signatures)


def count(said: Sequence[str], references: Sequence[str]) -> Tally:
    """Count what translations and references share, sentence by sentence.

    Raises:
        StudioError: ``sacrebleu`` isn't installed.
    """
    if len(said) != len(references):
        raise ValueError("each translation needs its reference")
    metrics = _import_metrics()
    bleu = metrics.BLEU(tokenize=choose_cut(references), force=True)
    chrf = metrics.CHRF()
    exact = [
        " ".join(one.split()) == " ".join(other.split())
        for one, other in zip(said, references, strict=True)
    ]
    return Tally(
        _extract(bleu, said, references, 2 + 2 * _ORDERS),
        _extract(chrf, said, references, 3 * _CHARACTER_ORDERS),
        np.array(exact, dtype=bool),
        {"bleu": str(bleu.get_signature()), "chrf": str(chrf.get_signature())} if said else {},
    )


def choose_cut(references: Sequence[str]) -> str:
    """Return how ``sacrebleu`` is to cut words: Chinese and Japanese into signs."""
    text = "".join(references[:500])
    signs = sum("\u3040" <= sign <= "\u30ff" or "\u4e00" <= sign <= "\u9fff" for sign in text)
    if signs <= 0.3 * len(text):
        return "13a"
    kana = sum("\u3040" <= sign <= "\u30ff" for sign in text)
    return "char" if kana > 0.05 * len(text) else "zh"


def score(tally: Tally) -> dict[str, float | None]:
    """Return every measure of ``MEASURES`` by its key; None without sentences."""
    if not len(tally.exact):
        return {"bleu": None, "chrf": None, "exact_match": None}
    return {key: measure(tally, key) for key in MEASURED}


def measure(tally: Tally, key: str) -> float:
    """Return one measure of all sentences."""
    return float(MEASURED[key](tally.take(key).sum(axis=0)[None])[0])


def measure_bleu(sums: np.ndarray) -> np.ndarray:
    """Return BLEU, ``(m,)``, from sums of ``Tally.bleu``, ``(m, 10)``.

    Orders without any match are smoothed exponentially, as ``sacrebleu`` does by default.
    """
    sums = sums.astype(np.float64)
    said, there = sums[:, 0], sums[:, 1]
    right, total = sums[:, 2 : 2 + _ORDERS], sums[:, 2 + _ORDERS :]
    halvings = 2.0 ** np.cumsum((right == 0) & (total > 0), axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(right > 0, right / total, 1.0 / (halvings * total))
        shares = np.where(total > 0, shares, 0.0)
        logarithm = np.log(shares).mean(axis=1)
        brevity = np.where(said < there, np.exp(1.0 - there / said), 1.0)
        found = 100.0 * brevity * np.exp(logarithm)
    return np.where((total > 0).all(axis=1) & (right[:, 0] > 0), found, 0.0)


def measure_chrf(sums: np.ndarray) -> np.ndarray:
    """Return chrF, ``(m,)``, from sums of ``Tally.chrf``, ``(m, 18)``."""
    counts = sums.astype(np.float64).reshape(len(sums), -1, 3)
    said, there, right = counts[..., 0], counts[..., 1], counts[..., 2]
    counted = (said > 0) & (there > 0)
    orders = np.maximum(counted.sum(axis=1), 1)
    precision = np.where(counted, right / np.maximum(said, 1.0), 0.0).sum(axis=1) / orders
    recall = np.where(counted, right / np.maximum(there, 1.0), 0.0).sum(axis=1) / orders
    weight = _BETA**2
    below = weight * precision + recall
    found: np.ndarray = np.where(
        below > 0, 100.0 * (1 + weight) * precision * recall / np.maximum(below, 1e-300), 0.0
    )
    return found


def measure_exact(sums: np.ndarray) -> np.ndarray:
    """Return the share of exact ones, ``(m,)``, from ``(m, 2)`` of right ones and all."""
    found: np.ndarray = sums[:, 0] / np.maximum(sums[:, 1], 1.0)
    return found


MEASURED = {"bleu": measure_bleu, "chrf": measure_chrf, "exact_match": measure_exact}


def _extract(metric: Any, said: Sequence[str], references: Sequence[str], width: int) -> np.ndarray:
    if not said:
        return np.zeros((0, width))
    # The library keeps no public way to counts of each sentence; its own tests for chance use this.
    rows = metric._extract_corpus_statistics(list(said), [list(references)])
    return np.array(rows, dtype=np.float64).reshape(len(said), width)


def _import_metrics() -> ModuleType:
    try:
        import sacrebleu.metrics as metrics
    except ImportError as error:
        raise StudioError(
            "Translations are scored by the library sacrebleu, which is not installed.",
            "Install it with: pip install sacrebleu",
        ) from error
    found: ModuleType = metrics
    return found
