"""The options of the layer, or of the decoder, that is selected."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_core.models.editing import why_not
from lstm_core.models.plan import name_place
from lstm_core.spec.layers import DECODER_KINDS
from pages._ui.designer.actions import choose_decoder, get_refused, key_option, set_option
from pages._ui.designer.desk import DECODER, Desk
from pages._ui.designer.layer_form import Option, edit_option, list_options
from pages._ui.shell.messages import escape_markdown, show_error


def show_options(desk: Desk) -> None:
    """Ask for every option of what is selected; a change takes effect at once."""
    position = desk.position
    if position is None:
        st.markdown("**Decoder**")
        _show_decoders(desk)
        section: Any = desk.design.decoder
    else:
        section = desk.design.stack[position]
        st.markdown(f"**{name_place(position + 1, section)}**")
        st.caption(section.words.sentence)
    options = list_options(type(section))
    usual = [option for option in options if not option.words.is_advanced]
    rest = [option for option in options if option.words.is_advanced]
    if not options and position is not None:
        st.caption("It has no options.")
    for option in usual:
        _ask(desk, section, option)
    if rest:
        with st.expander("More of it", key="designer.more", icon=":material/tune:"):
            for option in rest:
                _ask(desk, section, option)


def _ask(desk: Desk, section: Any, option: Option) -> None:
    key = key_option(desk.selected, option.name)
    edit_option(section, option, key, set_option)
    refusal = get_refused().get(key)
    if refusal is not None:
        show_error(refusal)


def _show_decoders(desk: Desk) -> None:
    st.caption("How does it get from the last layer to the steps ahead?")
    for kind, section in DECODER_KINDS.items():
        is_chosen = desk.design.decoder.kind == kind
        refusal = "" if is_chosen else _refuse(desk, kind)
        st.button(
            section.words.title,
            key=f"designer.{DECODER}_{kind}",
            type="primary" if is_chosen else "secondary",
            help=f"Not here. {escape_markdown(refusal)}" if refusal else None,
            disabled=bool(refusal),
            on_click=choose_decoder,
            args=(kind,),
            width="stretch",
        )
        st.caption(section.words.sentence)


def _refuse(desk: Desk, kind: str) -> str:
    return why_not(lambda: desk.design.propose_decoder(kind))
