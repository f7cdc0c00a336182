"""What the selected layer is: a sentence, what each option does, and the equations on demand."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages._ui.designer.desk import Desk
from pages._ui.designer.layer_form import Option, list_options
from pages._ui.designer.layer_words import say_option


def show_explanation(desk: Desk) -> None:
    """Explain what is selected to somebody who has never seen one."""
    section: Any = desk.selected_layer or desk.design.decoder
    words = section.words
    st.header(words.title, anchor=False)
    st.markdown(words.sentence)
    options = list_options(type(section))
    if options:
        st.markdown("\n".join(_say(section, option) for option in options))
    with st.expander("The equations", key="designer.equations", icon=":material/function:"):
        for equation in words.equations:
            st.latex(equation)
        st.caption(words.legend)
    if words.source:
        st.caption(f"Source: {words.source}.")


def _say(section: Any, option: Option) -> str:
    words = option.words
    value = say_option(words, getattr(section, option.name))
    meaning = words.help
    for mark in (". ", ": "):
        meaning = meaning.removeprefix(words.title + mark)
    return f"- **{words.title}: {value}.** {meaning[:1].upper()}{meaning[1:]}"
