"""What being 80% sure is worth, in sentences. Light, so that pages can say it."""

from __future__ import annotations

import pandas as pd

ASKED = 0.8
CLOSE = 0.03
"""Certainty that is no further from the share that is right is as good as that."""


def say_certainty(table: pd.DataFrame) -> str:
    """Say what items of which it was about 80% sure came to.

    Args:
        table: of ``calibration.tabulate_reliability``.
    """
    row = table.iloc[int((table["certainty"] - ASKED).abs().to_numpy().argmin())]
    low, high = float(row["low"]), float(row["high"])
    sure = f"{low:.0%}" if f"{low:.0%}" == f"{high:.0%}" else f"{low:.0%} to {high:.0%}"
    return (
        f"Of the {int(row['num']):,} items of which it was {sure} sure, {row['right']:.0%} were "
        "right."
    )


def say_trust(table: pd.DataFrame) -> str:
    """Say whether certainty can be taken at its word, over all items."""
    weight = table["num"] / table["num"].sum()
    sure, right = float((table["certainty"] * weight).sum()), float((table["right"] * weight).sum())
    told = f"on average {sure:.0%} sure and {right:.0%} right"
    if abs(sure - right) <= CLOSE:
        return f"Its certainty can be taken at its word: {told}."
    if sure > right:
        return f"It is surer than it should be: {told}. Take its certainty with a grain of salt."
    return f"It is more careful than it has to be: {told}."


def say_temperature(value: float, *, is_asked: bool, is_folded: bool) -> str:
    """Say what was done to the probabilities.

    Args:
        is_asked: whether a temperature was to be found. ``is_folded``: each fold had its own.
    """
    if not is_asked:
        return "Its probabilities are as the networks gave them: no temperature was asked for."
    if value == 1.0:
        return (
            "Its probabilities are as the networks gave them: no temperature, fitted on the "
            "validation part, made them better."
        )
    whose = " (the last fold's; each has its own)" if is_folded else ""
    done = (
        "too sure of itself, and is made less sure"
        if value > 1
        else "less sure than it could be, and is made surer"
    )
    return (
        f"On the validation part the network was {done} by a temperature of {value:.2f}{whose}. "
        "The likeliest label stays the same."
    )
