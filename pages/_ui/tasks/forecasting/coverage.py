"""Whether the ranges around a forecast held what they promise."""

from __future__ import annotations

import streamlit as st

from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.forecasting.judging.verdict import ForecastVerdict
from lstm_core.tasks.verdicts import read_verdict

TOLERANCE = 0.1
"""How far the 80% range may be off before people are warned."""

_PROMISED = 0.8

_NOT_THE_NETWORK_S = (
    "Beyond the data the ranges are the rule's, as wide as what it got wrong there asks for."
)


def show_coverage(run: Run) -> None:
    """Say how much of the test part lay in the ranges; nothing for a run without ranges."""
    metrics = run.metrics or {}
    held = metrics.get("coverage_80")
    if held is None:
        return
    verdict = read_verdict(run)
    fell_back = isinstance(verdict, ForecastVerdict) and verdict.fell_back
    whose = "The network's" if fell_back else "The"
    st.markdown(f"**{whose} 80% range contained {held:.0%} of the past.**")
    st.caption(
        "Measured on the test part, which the model never saw. The 50% range contained "
        f"{metrics['coverage_50']:.0%}, the 95% range {metrics['coverage_95']:.0%}. "
        + (_NOT_THE_NETWORK_S if fell_back else _say_doubt(held))
    )


def _say_doubt(held: float) -> str:
    if held < _PROMISED - TOLERANCE:
        return (
            "Take the ranges as too narrow: values fell outside more often than they should have. "
            "The test part may be unlike the rows before it, or too short to tell."
        )
    if held > _PROMISED + TOLERANCE:
        return (
            "The ranges are wider than they had to be: the test part was calmer than the rows "
            "that they were measured on, or is too short to tell."
        )
    return ""
