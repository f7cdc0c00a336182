"""Columns and rows that sum up others: totals, means of a year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import pandas as pd

_WORDS = frozenset({
    "total", "totals", "totaal", "totale", "totaux", "sum", "summe", "suma", "somme", "somma",
    "soma", "gesamt", "gesamtsumme", "gesamtergebnis", "insgesamt", "ytd", "annual", "annually",
    "yearly", "ann", "jahr", "ano", "annee", "anno", "year", "mean", "average", "avg", "mittel",
    "mittelwert", "durchschnitt", "moyenne", "media", "promedio", "gemiddelde", "srednia", "razem",
    "toplam", "ortalama", "celkem", "yhteensa", "итого", "всего", "среднее", "合計", "平均", "总计",
    "合计", "합계", "평균", "min", "max", "minimum", "maximum", "subtotal", "zwischensumme", "all",
})  # fmt: skip
_SEASON = re.compile(r"[JFMAMJJASOND]-?[JFMAMJJASOND]{1,2}|[JFMAMJJASOND]{3,6}|[jJ]-[dD]|[dD]-[nN]")
_NEARLY = 1e-6


def names_summary(name: str) -> bool:
    """Whether a name says that it sums up: Total, Annual, J-D, DJF."""
    if _SEASON.fullmatch(name.strip()):
        return True
    plain = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", plain))
    return bool(words) and (words[0] in _WORDS or words[-1] in _WORDS)


def sums_up(column: pd.Series, values: np.ndarray) -> bool:
    """Whether a column is the sum or the mean of ``values``, ``(rows, columns)``, in each row."""
    if not pd.api.types.is_numeric_dtype(column):
        return False
    own = column.to_numpy(np.float64, na_value=np.nan)
    full = ~np.isnan(values).any(axis=1) & ~np.isnan(own)
    if full.sum() < 2:
        return False
    sums = values[full].sum(axis=1)
    size = np.abs(sums).max() or 1.0
    return bool(
        (np.abs(own[full] - sums) <= _NEARLY * size).all()
        or (np.abs(own[full] - sums / values.shape[1]) <= 0.01 * size / values.shape[1]).all()
    )


def find_total_rows(labels: Sequence[pd.Series], values: np.ndarray) -> np.ndarray:
    """Return the rows that call themselves a total and are the sum of all others.

    Args:
        labels: columns of text that name the rows.
        values: float64, ``(rows, columns)``.
    """
    named = np.zeros(len(values), dtype=bool)
    for column in labels:
        texts = column.astype("str").mask(column.isna(), "")
        named |= texts.map({text: names_summary(text) for text in texts.unique()}).to_numpy(bool)
    if not named.any() or named.all():
        return np.array([], dtype=int)
    rest = np.nan_to_num(values[~named]).sum(axis=0)
    size = np.abs(rest).max() or 1.0
    found = [
        row for row in np.flatnonzero(named)
        if (np.abs(np.nan_to_num(values[row]) - rest) <= _NEARLY * size).mean() > 0.9
    ]  # fmt: skip
    return np.array(found, dtype=int)
