"""What the network on the desk costs, before anybody has trained it."""

from __future__ import annotations

import streamlit as st

from lstm_core.models.costs import NetworkCost
from lstm_core.models.plan import name_place
from pages._ui.designer.desk import Desk
from pages._ui.designer.timing import show_timing
from pages._ui.shell.amounts import say_bytes, say_flops
from pages._ui.shell.messages import escape_markdown


def show_cost(desk: Desk, cost: NetworkCost) -> None:
    """Show parameters, arithmetic, memory and time."""
    with st.container(horizontal=True):
        st.metric(
            "Parameters",
            f"{cost.num_parameters:,}",
            border=True,
            help=f"Numbers that are learnt. Many more than there are {desk.nouns.units} overfit "
            "easily. What comes trained and stays as it is does not count.",
        )
        st.metric(
            f"Work for one {desk.nouns.example}",
            say_flops(cost.flops),
            border=True,
            help="FLOP: multiplications and additions, forwards. Training takes about three "
            "times as many.",
        )
        st.metric(
            "Memory to train",
            say_bytes(cost.training_bytes),
            border=True,
            help="Weights, gradients, what the optimizer keeps, and what one batch is remembered "
            "by. The engine itself comes on top.",
        )
        show_timing(desk)


def show_path(desk: Desk, cost: NetworkCost) -> None:
    """Say whether it runs on a GPU's fast kernel, and if not, which option loses that."""
    if cost.is_fast:
        st.badge(
            "fast path",
            icon=":material/bolt:",
            color="green",
            help="On an NVIDIA GPU every recurrent layer runs in one fast kernel (cuDNN).",
        )
        return
    st.badge(
        "slow path on a GPU",
        icon=":material/hourglass:",
        color="orange",
        help="The GPU's fast kernel for recurrent layers (cuDNN) can't be used for all of "
        "them: those go step by step. Nothing changes on a CPU.",
    )
    st.caption(escape_markdown(say_slowness(desk, cost)))


def say_slowness(desk: Desk, cost: NetworkCost) -> str:
    """Say which layers lose the fast path, and by which option of theirs."""
    named = [
        (name_place(number, layer), part)
        for number, (layer, part) in enumerate(
            zip(desk.design.stack, cost.layers, strict=True), start=1
        )
    ]
    named += [(part.title, part) for part in cost.before]
    named += [("The decoder", part) for part in cost.behind]
    told = [f"{name}: {part.slow_because}" for name, part in named if part.slow_because]
    return "; ".join(told) + "."
