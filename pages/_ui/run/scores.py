"""The table of the model beside its baselines."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from lstm_core.judging.measures import Measure
from lstm_core.judging.verdict import Comparison
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.registry import find_kind
from lstm_core.tasks.verdicts import read_verdict
from pages._ui.shell.measures import choose_format
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.wording import say_comparison, say_skill, title_baseline

_WHO = "Predicted by"
_SKILL, _FOLDS, _BEATEN = "The model's error is", "Folds won", "Beaten by the model?"


def show_scores(run: Run) -> None:
    """Show the measures of the test part: the model, its peers, the baselines, the best first."""
    if run.metrics is None or run.baselines is None:
        return
    deciding, *more = find_kind(run.spec).order_measures([run])
    every = [run.metrics, *run.baselines.values()]
    measures = [deciding, *(each for each in more if _is_known(each, every))]
    ranked = sorted(run.baselines.items(), key=lambda item: _rank(item[1], deciding))
    verdict = read_verdict(run)
    comparisons = {} if verdict is None else verdict.comparisons
    has_folds = any(comparison.num_folds for comparison in comparisons.values())
    compared = (_SKILL, *((_FOLDS,) if has_folds else ()), _BEATEN) if comparisons else ()
    nothing = dict.fromkeys(compared, "")
    rows = [{_WHO: "This model"} | _name_scores(run.metrics, measures) | nothing]
    for peer in () if verdict is None else verdict.peers:
        compared_with = _name_comparison(peer.comparison) if comparisons else {}
        rows.append({_WHO: peer.title} | _name_scores(peer.scores, measures) | compared_with)
    for name, scores in ranked:
        beaten = _name_comparison(comparisons[name]) if name in comparisons else nothing
        rows.append({_WHO: title_baseline(name, run)} | _name_scores(scores, measures) | beaten)
    config: dict[str, Any] = {
        measure.title: st.column_config.NumberColumn(
            measure.title, help=_explain(measure), format=choose_format(measure)
        )
        for measure in measures
    }
    config[_WHO] = st.column_config.TextColumn(pinned=True)
    if comparisons:
        config |= _describe_comparisons(deciding)
    first, *others = (measure.title for measure in measures)
    order = [_WHO, first, *compared, *others]
    st.dataframe(rows, column_config=config, column_order=order, hide_index=True, key="run.scores")
    st.caption("Measured on the test part, which the model never saw.")
    if verdict is None:
        return
    for note in (*verdict.peer_notes, *verdict.left_out.values()):
        st.caption(f":material/info: {escape_markdown(note)}")


def _is_known(measure: Measure, every: Sequence[Mapping[str, Any]]) -> bool:
    """Whether anybody has a value of a measure: of plain tags, none has one of entities."""
    return any(scores.get(measure.key) is not None for scores in every)


def _name_scores(scores: Mapping[str, Any], measures: Sequence[Measure]) -> dict[str, Any]:
    return {measure.title: scores.get(measure.key) for measure in measures}


def _explain(measure: Measure) -> str:
    return f"{measure.help} {'Larger' if measure.is_larger_better else 'Smaller'} is better."


def _name_comparison(comparison: Comparison) -> dict[str, Any]:
    folds = {}
    if comparison.num_folds:
        folds[_FOLDS] = f"{comparison.folds_won} of {comparison.num_folds}"
    return {
        _SKILL: say_skill(comparison.skill),
        **folds,
        _BEATEN: say_comparison(comparison.skill, comparison.p_value, is_win=comparison.is_win),
    }


def _describe_comparisons(deciding: Measure) -> dict[str, Any]:
    return {
        _SKILL: st.column_config.TextColumn(
            _SKILL,
            help=f"Than this line's, by {deciding.title}. As a share this is called skill.",
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


def _rank(scores: Mapping[str, Any], measure: Measure) -> float:
    score = scores.get(measure.key)
    return math.inf if score is None else measure.loss(score)
