"""A learning rate that suits the network and the data, found by trying."""

from __future__ import annotations

import streamlit as st

from lstm_core.charts.training.rate import draw_rates, say_rates
from lstm_core.errors import StudioError
from lstm_core.jobs.questions.find_rate import FindRate, FoundRate
from lstm_core.spec import ExperimentSpec, TrainingSpec
from pages._ui.data.draft import change_draft, get_draft, name_files
from pages._ui.data.outlook import Outlook
from pages._ui.server.services import get_store
from pages._ui.settings.answers import remember
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.shell.patience import begin, follow, is_asked
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

RATE = "training.learning_rate"
"""The setting that is looked for."""

_ANSWERS = "rate.answers"
_KEY, _NAME = "rate.finding", "rate.found"

_WITHOUT_SAY = (
    "decay",
    "epochs",
    "learning_rate",
    "num_seeds",
    "patience",
    "preset",
    "retrain",
    "schedule",
    "windows_per_epoch",
)
"""Settings of the training that the search does not look at."""


def show_rate_panel(outlook: Outlook) -> None:
    """Offer to look for a learning rate, and show what was found for the draft as it is."""
    answers: dict[str, FoundRate] = st.session_state.setdefault(_ANSWERS, {})
    spec = _leave_out(outlook.spec)
    draft = get_draft()
    table = (name_files(draft) or draft.dataset_id or "") if draft else ""
    name = FindRate(spec, table).digest
    if st.button(
        "Find a learning rate",
        key="rate.find",
        icon=":material/trending_down:",
        disabled=outlook.error is not None or name in answers or is_asked(_KEY),
        help="Learning rate range test: trains this network on your data for about a hundred "
        "batches, each with a larger learning rate, and looks where the loss falls. Takes some "
        "seconds, and changes nothing by itself.",
    ):
        begin(_KEY, FindRate(spec, get_store().collections.add(outlook.collection)))
        st.session_state[_NAME] = name
    try:
        found = follow(_KEY, FindRate, "Trying learning rates, small to large…")
    except StudioError as error:
        show_error(error)
    else:
        if found is not None:
            remember(answers, st.session_state.pop(_NAME), found)
    if name in answers:
        _show(answers[name], outlook)


def _leave_out(spec: ExperimentSpec) -> ExperimentSpec:
    default = TrainingSpec()
    return spec.update("training", {key: getattr(default, key) for key in _WITHOUT_SAY})


def _show(found: FoundRate, outlook: Outlook) -> None:
    st.plotly_chart(
        recall_figure(draw_rates, found.table, found.rate),
        key="rate.chart",
        config=PLOTLY_CONFIG,
        alt="The loss at ever larger learning rates, and the rate that is suggested.",
    )
    st.markdown(escape_markdown(say_rates(found.table, found.rate)))
    st.button(
        f"Use {found.rate:g}",
        key="rate.use",
        type="primary",
        icon=":material/check:",
        disabled=outlook.spec.training.learning_rate == found.rate,
        on_click=_use,
        args=(found.rate,),
    )


def _use(rate: float) -> None:
    draft = get_draft()
    assert draft is not None
    change_draft(draft.spec.with_values({RATE: rate}))
