"""The table of the model beside its baselines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lstm_core.runs.snapshots.run import Run
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import BASELINE_TITLES, say_comparison, say_skill

_TITLES = {"mase": "MASE", "mae": "MAE", "rmse": "RMSE", "smape": "sMAPE %", "r2": "R²"}
_HELP = {
    "MASE": "Error relative to repeating the last season before the test part; below 1 is better "
    "than that.",
    "MAE": "Mean absolute error, in the units of the target. Smaller is better.",
    "RMSE": "Root of the mean squared error: large misses weigh more. Smaller is better.",
    "sMAPE %": "Symmetric percentage error, 0 to 200. Treacherous near zero.",
    "R²": "Share of the variation explained; 1 is perfect, below 0 is worse than the mean.",
}
_WHO = "Predicted by"
_SKILL, _FOLDS, _BEATEN = "The model's error is", "Folds won", "Beaten by the model?"


def show_scores(run: Run) -> None:
    """Show errors on the test part, the model first, then the baselines from best to worst."""
    if run.metrics is None or run.baselines is None:
        return
    ranked = sorted(run.baselines.items(), key=lambda item: _rank(item[1]))
    comparisons = (run.verdict or {}).get("comparisons", {})
    compared = (_SKILL, _FOLDS, _BEATEN) if comparisons else ()
    nothing = dict.fromkeys(compared, "")
    rows = [{_WHO: "This model"} | _name_scores(run.metrics) | nothing]
    for name, scores in ranked:
        beaten = _name_comparison(comparisons[name]) if name in comparisons else nothing
        rows.append({_WHO: BASELINE_TITLES.get(name, name)} | _name_scores(scores) | beaten)
    config: dict[str, Any] = {
        title: st.column_config.NumberColumn(title, help=help_text, format="%.4g")
        for title, help_text in _HELP.items()
    }
    config[_WHO] = st.column_config.TextColumn(pinned=True)
    if comparisons:
        config |= _describe_comparisons()
    order = [_WHO, "MASE", *compared, *list(_HELP)[1:]]
    st.dataframe(rows, column_config=config, column_order=order, hide_index=True, key="run.scores")
    st.caption("Errors on the test part: the last rows, which the model never saw.")
    for reason in (run.verdict or {}).get("left_out", {}).values():
        st.caption(f":material/info: {escape_markdown(reason)}")


def _name_scores(scores: Mapping[str, Any]) -> dict[str, Any]:
    return {title: scores.get(key) for key, title in _TITLES.items()}


def _name_comparison(comparison: Mapping[str, Any]) -> dict[str, Any]:
    return {
        _SKILL: say_skill(comparison["skill"]),
        _FOLDS: f"{comparison['folds_won']} of {comparison['num_folds']}",
        _BEATEN: say_comparison(
            comparison["skill"], comparison["p_value"], is_win=comparison["is_win"]
        ),
    }


def _describe_comparisons() -> dict[str, Any]:
    return {
        _SKILL: st.column_config.TextColumn(
            _SKILL, help="Than this baseline's, by MASE. As a share this is called skill."
        ),
        _FOLDS: st.column_config.TextColumn(
            _FOLDS, help="In how many folds of the test part the model's error is the smaller one."
        ),
        _BEATEN: st.column_config.TextColumn(
            _BEATEN,
            help="Yes: better on the whole, in more than half of the folds, and by more than "
            "chance. p is how likely such an advantage is by chance alone; it has to be below "
            "0.05.",
        ),
    }


def _rank(scores: dict[str, Any]) -> float:
    for measure in ("mase", "mae"):
        if scores.get(measure) is not None:
            return float(scores[measure])
    return float("inf")
