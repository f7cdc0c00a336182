"""Names of baselines: a rule, and the seasons it goes by where they are not the usual one.

A name says all that is needed to make the rule again: ``seasonal_naive_336`` repeats the last 336
steps, ``mstl_48_336`` takes both seasons apart. Light, so that pages can read them.
"""

from __future__ import annotations

from collections.abc import Sequence

ETS_BY_ERROR = "ets_by_error"
"""What kept models of before are mixed with where they say ``ets``; see ``smoothing_by_error``."""


PRETRAINED_KIND = "pretrained"
"""What the pre-trained LSTM is called among rules; its first number is the version."""


def name_rule(kind: str, seasons: Sequence[int] = ()) -> str:
    """Name a rule of a kind, with the seasons in steps that it goes by."""
    return "_".join([kind, *map(str, seasons)])


def read_name(name: str) -> tuple[str, tuple[int, ...]]:
    """Return the kind and the seasons, the shorter first; none where it goes by the usual one."""
    kind = name
    seasons: list[int] = []
    while (parts := kind.rpartition("_"))[2].isdecimal() and parts[0]:
        kind = parts[0]
        seasons.insert(0, int(parts[2]))
    return kind, tuple(seasons)
