"""From which probability on a label is said: what that costs, and the curves of all choices."""

from __future__ import annotations

import streamlit as st

from lstm_core.charts.classification.thresholds import (
    draw_precision,
    draw_roc,
    draw_thresholds,
)
from lstm_core.tasks.classification.judging.tables.curves import trace_precision, trace_roc
from lstm_core.tasks.classification.judging.tables.predictions import Judged
from lstm_core.tasks.classification.judging.tables.thresholds import (
    Costs,
    Outcome,
    choose_threshold,
    read_outcome,
    tabulate_thresholds,
    thin_table,
)
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.fragments import fragment
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.shell.widget_keys import make_key, renew_widgets

_SLIDER = "run.threshold"


@fragment()
def show_threshold(judged: Judged) -> None:
    """Let a person say what mistakes cost, move the threshold, and see what comes of it."""
    places = list(range(len(judged.names)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label: int = st.selectbox(
            "Looking for" if len(places) == 2 else "Looking for, against all others",
            places,
            index=1,
            format_func=lambda place: judged.names[place],
            key="run.threshold_label",
            width=260,
            on_change=renew_widgets,
            args=(_SLIDER,),
        )
        false_alarm = st.number_input(
            "A false alarm costs",
            min_value=0.0,
            value=1.0,
            step=1.0,
            key="run.cost_false_alarm",
            width=170,
            help="Saying the label of an item that does not have it. In any unit: only what it is "
            "beside the other counts.",
        )
        miss = st.number_input(
            "A miss costs",
            min_value=0.0,
            value=1.0,
            step=1.0,
            key="run.cost_miss",
            width=170,
            help="Not saying the label of an item that has it.",
        )
    has = judged.labels == label
    name = escape_markdown(judged.names[label])
    if has.all() or not has.any():
        none = "All" if has.all() else "None"
        st.caption(f"{none} of the held-out items has the label {name}: nothing can be chosen.")
        return
    if false_alarm + miss == 0:
        st.caption(
            "Where mistakes cost nothing, any threshold will do. Say what one of them costs."
        )
        return
    costs = Costs(false_alarm, miss)
    scores = judged.probabilities[:, label]
    threshold = st.slider(
        f"Say {name} from this probability on",
        min_value=0.0,
        max_value=1.0,
        value=0.5,
        step=0.01,
        format="percent",
        key=make_key(_SLIDER),
    )
    table = tabulate_thresholds(has, scores, costs)
    outcome = read_outcome(table, threshold, has)
    _show_outcome(outcome, read_outcome(table, choose_threshold(has, scores, costs), has), name)
    st.plotly_chart(
        recall_figure(draw_thresholds, thin_table(table), threshold),
        key="run.thresholds",
        config=PLOTLY_CONFIG,
        alt="Precision, recall and F1 over the threshold.",
    )
    left, right = st.columns(2)
    roc, precision = (
        trace(judged.labels, judged.probabilities, label) for trace in (trace_roc, trace_precision)
    )
    assert roc is not None
    assert precision is not None
    left.plotly_chart(
        recall_figure(draw_roc, roc, (outcome.false_alarm_share, outcome.recall)),
        key="run.roc",
        config=PLOTLY_CONFIG,
        alt="ROC curve: hits over false alarms for every threshold.",
    )
    right.plotly_chart(
        recall_figure(
            draw_precision, precision, float(has.mean()), (outcome.recall, outcome.precision)
        ),
        key="run.precision_recall",
        config=PLOTLY_CONFIG,
        alt="Precision over recall for every threshold.",
    )


def _show_outcome(outcome: Outcome, cheapest: Outcome, name: str) -> None:
    """Say what a threshold leads to on the held-out items, and which would cost least."""
    with st.container(horizontal=True):
        st.metric("Precision", _say_share(outcome.precision), help=_HELP["precision"])
        st.metric("Recall", _say_share(outcome.recall), help=_HELP["recall"])
        st.metric("F1", f"{outcome.f1:.3f}", help=_HELP["f1"])
        st.metric("Cost of an item", f"{outcome.cost:.3g}", help=_HELP["cost"])
    st.markdown(
        f"Of the held-out items, **{outcome.hits:,}** get {name} rightly and "
        f"**{outcome.false_alarms:,}** wrongly; **{outcome.misses:,}** that have it are missed."
    )
    st.caption(
        f"At these costs {cheapest.threshold:.0%} would have been the cheapest here, with "
        f"{cheapest.cost:.3g} an item. It was found on the same items: expect a little less "
        "of it on new ones. The run itself goes on saying the likeliest label."
    )


_HELP = {
    "precision": "Of the items that are called it, the share that has it.",
    "recall": "Of the items that have it, the share that is called it.",
    "f1": "The harmonic mean of precision and recall: 1 is perfect.",
    "cost": "What mistakes cost, spread over all held-out items.",
}


def _say_share(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
