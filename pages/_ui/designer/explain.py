"""What the selected layer is: a sentence, what each option does, and the equations on demand."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_core.models.words import DECODERS, LAYERS
from pages._ui.designer.desk import Desk
from pages._ui.designer.layer_form import list_options
from pages._ui.designer.layer_words import find_words, say_option


def show_explanation(desk: Desk) -> None:
    """Explain what is selected to somebody who has never seen one."""
    section: Any = desk.selected_layer or desk.design.decoder
    words = (DECODERS if desk.selected_layer is None else LAYERS)[section.kind]
    st.header(words.title, anchor=False)
    st.markdown(words.sentence)
    options = list_options(type(section))
    if options:
        st.markdown("\n".join(_say(section, option.name) for option in options))
    with st.expander("The equations", key="designer.equations", icon=":material/function:"):
        for equation in words.equations:
            st.latex(equation)
        st.caption(words.legend)
    if words.source:
        st.caption(f"Source: {words.source}.")


def _say(section: Any, option: str) -> str:
    words = find_words(section.kind, option)
    value = say_option(section.kind, option, getattr(section, option))
    meaning = words.help
    for mark in (". ", ": "):
        meaning = meaning.removeprefix(words.title + mark)
    return f"- **{words.title}: {value}.** {meaning[:1].upper()}{meaning[1:]}"
