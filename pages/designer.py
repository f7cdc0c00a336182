"""Designer: the network layer by layer, drawn, counted and explained before it is trained."""

import streamlit as st

from lstm_core.data.sources.samples import SAMPLES
from lstm_core.errors import StudioError
from lstm_core.tasks.registry import find_kind
from pages._ui.data.draft import address_draft, link_to_model
from pages._ui.data.finding import await_server, find_draft
from pages._ui.data.offers import show_refusal
from pages._ui.data.submission import submit, train_button
from pages._ui.designer.actions import EVERYWHERE, FIRST_SAMPLE, begin_with_sample, get_refused
from pages._ui.designer.code import show_code
from pages._ui.designer.cost import show_cost, show_path
from pages._ui.designer.desk import lay_out
from pages._ui.designer.drawing import show_drawing
from pages._ui.designer.explain import show_explanation
from pages._ui.designer.history import show_history
from pages._ui.designer.layers import show_layers
from pages._ui.designer.options import show_options
from pages._ui.designer.presets import show_presets
from pages._ui.designer.timing import show_timing_button
from pages._ui.designer.trained import say_it_comes_trained
from pages._ui.shell.messages import errors_shown, show_error

st.title("Build the network yourself")
draft = find_draft(
    "Choose the data first: its columns and its rhythm are what the network is drawn for."
)
if draft is None:
    st.button(
        f"Begin at once: {SAMPLES[FIRST_SAMPLE].title.lower()}",
        key="designer.begin",
        type="primary",
        icon=":material/play_arrow:",
        on_click=begin_with_sample,
    )
    st.stop()
await_server()

try:
    desk = lay_out(draft)
except StudioError as unusable:
    show_error(unusable)
    link_to_model("Change the settings")
    st.stop()

with errors_shown():
    spec, error = desk.outlook.spec, desk.outlook.error
    st.caption(
        f"Layer by layer, from the {desk.nouns.example} to the {desk.nouns.answer}. Each change "
        "takes effect at once; nothing is trained until you say so."
    )
    show_presets(desk)
    show_history(draft)
    if error is not None:
        show_refusal(error, desk.outlook, "designer")
    if EVERYWHERE in get_refused():
        show_error(get_refused()[EVERYWHERE])
    cost = None
    if not desk.design.fault:
        cost = find_kind(desk.filled).measure_cost(desk.filled, desk.shape)
    if desk.filled.model.comes_trained:
        say_it_comes_trained()
    if cost is not None:
        show_cost(desk, cost)
    wants_training = False
    with st.container(horizontal=True, vertical_alignment="center", key="designer.doing"):
        if error is None:
            wants_training = train_button("designer.train", "Train", disabled=bool(get_refused()))
            if desk.filled.training.epochs != 0:
                show_timing_button(desk)
            st.page_link(
                "pages/race.py",
                label="Race it against others",
                icon=":material/flag:",
                query_params=address_draft(),
            )
        if cost is not None:
            show_path(desk, cost)
    drawing, work = st.columns([5, 4], gap="medium")
    with drawing:
        if cost is not None:
            show_drawing(desk, cost)
    with work:
        with st.container(border=True):
            show_layers(desk, cost)
        with st.container(border=True):
            show_options(desk)
    if get_refused():
        st.caption("What is marked above was not taken over; correct it, then train.")
    elif wants_training:
        submit("designer.train", spec, desk.dataset)
    explanation, code = st.tabs(["Explain", "Code"], key="designer.tab", on_change="rerun")
    if explanation.open:
        with explanation:
            show_explanation(desk)
    if code.open and desk.outlook.resolved is not None:
        with code:
            show_code(desk.outlook.resolved, desk.dataset)
