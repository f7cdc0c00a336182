"""What was judged, pair by pair, and summed up by what is hard about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.tasks.translation.judging.scoring import Tally, measure, measure_chrf

_LENGTHS = (0, 5, 10, 20, 40)
"""Units of what is given, where the next part begins."""

_UNKNOWN = (0, 1, 2)
"""Of its units, that the training part lacks."""

MOST_GROUPS = 30


@dataclass(frozen=True, eq=False)
class Given:
    """What is known of each text that was judged.

    Attributes:
        lengths: ``(pairs,)`` units. ``num_unknown``: ``(pairs,)`` those that the training part
            lacks, words that are put together of bytes among them.
        groups: ``(pairs,)``; None where there are none.
    """

    lengths: np.ndarray
    num_unknown: np.ndarray
    groups: np.ndarray | None


@dataclass(frozen=True, eq=False)
class Said:
    """What a model says of texts.

    Attributes:
        texts: of each. ``certainty``: ``(pairs,)`` the geometric mean of its units' probabilities.
        is_whole: ``(pairs,)`` whether it came to its end.
    """

    texts: Sequence[str]
    certainty: np.ndarray
    is_whole: np.ndarray


def tabulate_pairs(
    ids: np.ndarray,
    sources: Sequence[str],
    targets: Sequence[str],
    said: Said,
    given: Given,
    tally: Tally,
    rivals: Mapping[str, Sequence[str]],
) -> pd.DataFrame:
    """Return a row for each pair.

    ``id, source, target, said``; ``exact``; ``chrf``: of this text alone; ``certainty``;
    ``num_unknown``; ``is_whole``; and ``said_BASELINE``.
    """
    frame = pd.DataFrame(
        {
            "id": ids.astype(str),
            "source": list(sources),
            "target": list(targets),
            "said": list(said.texts),
            "exact": tally.exact,
            "chrf": measure_chrf(tally.chrf),
            "certainty": said.certainty,
            "num_unknown": given.num_unknown,
            "is_whole": said.is_whole,
        }
    )
    return frame.assign(**{f"said_{name}": list(texts) for name, texts in rivals.items()})


def break_down(key: str, given: Given, tally: Tally, rivals: Mapping[str, Tally]) -> pd.DataFrame:
    """Return the measure that decides by what is hard: where it errs.

    ``by``: ``length``, ``unknown`` or ``group``; ``value``: its name; ``num``: pairs; ``score``,
    and ``score_BASELINE``.
    """
    by = {
        "length": _name_parts(given.lengths, _LENGTHS, "unit"),
        "unknown": _name_parts(given.num_unknown, _UNKNOWN, ""),
    }
    if given.groups is not None:
        by["group"] = _list_groups(given.groups)
    rows = [
        {
            "by": name,
            "value": value,
            "num": int(chosen.sum()),
            "score": measure(tally.select(chosen), key),
            **{f"score_{own}": measure(each.select(chosen), key) for own, each in rivals.items()},
        }
        for name, parts in by.items()
        for value, chosen in parts
    ]
    columns = ["by", "value", "num", "score", *(f"score_{name}" for name in rivals)]
    return pd.DataFrame(rows, columns=columns)


def _name_parts(
    values: np.ndarray, begins: Sequence[int], noun: str
) -> list[tuple[str, np.ndarray]]:
    parts = np.searchsorted(begins, values, side="right") - 1
    found = []
    for number, begin in enumerate(begins):
        chosen = parts == number
        if not chosen.any():
            continue
        if number + 1 == len(begins):
            name = f"{begin} or more"
        elif begins[number + 1] == begin + 1:
            name = f"{begin}" if begin else "none"
        else:
            name = f"{max(begin, 1)} to {begins[number + 1] - 1}"
        found.append((f"{name} {noun}s".strip() if noun else name, chosen))
    return found


def _list_groups(groups: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """Return the groups with the most pairs."""
    named = [str(each) for each in groups if each is not None]
    names, counts = np.unique(named, return_counts=True)
    most = names[np.argsort(-counts, kind="stable")][:MOST_GROUPS]
    return [(str(name), np.array([each == name for each in groups])) for name in most]
