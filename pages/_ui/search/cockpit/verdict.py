"""What a search was worth: the sentence, and the few numbers that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lstm_core.searches.outcome.standing import DEFAULT, SearchStanding
from pages._ui.search.cockpit.words import begin, name_trial
from pages._ui.shell.measures import choose_format
from pages._ui.shell.messages import escape_markdown

_WHAT = "Settings"
_TEST = "Test part"


def show_verdict(standing: SearchStanding) -> None:
    """Show the verdict of a search that came to one."""
    verdict = standing.search.verdict
    if verdict is None:
        return
    with st.container(key="search.verdict"):
        _show_sentence(verdict)
        _show_numbers(standing, verdict)


def _show_sentence(verdict: Mapping[str, Any]) -> None:
    sentence = f"**{escape_markdown(verdict['sentence'])}**"
    if verdict["is_clear"] and verdict["winner"] != DEFAULT:
        st.success(sentence, icon=":material/trophy:")
    else:
        st.info(sentence, icon=":material/balance:")


def _show_numbers(standing: SearchStanding, verdict: Mapping[str, Any]) -> None:
    measure = standing.measure
    number = st.column_config.NumberColumn
    rows = list(_list_rows(standing, verdict))
    folds = sorted({title for row in rows for title in row if title.startswith("Fold")}, key=_count)
    config: dict[str, Any] = {
        _WHAT: st.column_config.TextColumn(pinned=True),
        measure: number(
            help="From fresh seeds that no trial had: their mean.",
            format=choose_format(standing.plan.objective),
        ),
        "±": number(help="Standard deviation over the seeds.", format="%.2g"),
        "Seeds": number(help="Runs that this rests on."),
        _TEST: number(
            help=f"{measure} on the last rows, which nothing of the search has seen. Only the "
            "winner is judged there.",
            format=choose_format(standing.plan.objective),
        ),
    }
    config |= {
        title: number(
            help="The error on this stretch of the test part alone: smaller is better.",
            format="%.4g",
        )
        for title in folds
    }
    st.dataframe(
        rows,
        column_config=config,
        column_order=[_WHAT, measure, "±", "Seeds", *folds, _TEST],
        hide_index=True,
        placeholder="",
        key="search.scores",
    )
    test = verdict["test"]
    if test is not None and test["sentence"]:
        st.caption(escape_markdown(f"The final run says: {test['sentence']}"))


def _list_rows(standing: SearchStanding, verdict: Mapping[str, Any]) -> list[dict[str, Any]]:
    measure = standing.measure
    test = verdict["test"]
    rows: dict[str, dict[str, Any]] = {}
    for finalist in verdict["finalists"]:
        name = name_trial(finalist["trial"])
        is_winner = finalist["trial"] == verdict["winner"]
        rows[name] = {
            _WHAT: begin(name) + (", the winner" if is_winner else ""),
            measure: finalist["mean"],
            "±": finalist["spread"],
            "Seeds": len(finalist["scores"]),
            **_name_folds(finalist["by_fold"]),
        }
        if is_winner and test is not None:
            rows[name][_TEST] = test["score"]
    if verdict["baseline"] is not None:
        words, score = verdict["baseline"]
        folds = _name_folds(verdict.get("baseline_by_fold") or {})
        rows[words] = {_WHAT: begin(words), measure: score, **folds}
    if test is not None and test["baseline"] is not None:
        words, score = test["baseline"]
        rows.setdefault(words, {_WHAT: begin(words)})[_TEST] = score
    return list(rows.values())


def _begin(words: str) -> str:
    return words[:1].upper() + words[1:]


def _name_folds(by_fold: Mapping[str, float]) -> dict[str, float]:
    return {f"Fold {fold}": error for fold, error in by_fold.items()}


def _count(title: str) -> int:
    fold = title.partition(" ")[2]
    return int(fold) if fold.isdigit() else 0
