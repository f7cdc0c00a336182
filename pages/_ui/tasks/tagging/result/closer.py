"""A closer look at what is said: the entities in a list, and what else a step may be."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from lstm_core.charts.tagging.sentence import join_words
from lstm_core.data.tagged.entities import find_entities
from lstm_core.data.wording import count_words
from pages._ui.shell.amounts import say_count
from pages._ui.tasks.tagging.result.told import Told

_LONGEST_WORD = 40


def list_entities(told: Told, key: str) -> None:
    """List the entities that are said, with how sure the model is of the least sure step."""
    entities = find_entities(told.said)
    if not entities:
        st.markdown("The model finds **no entity**.")
        return
    st.markdown(f"The model finds **{say_count(len(entities), 'entity', 'entities')}**.")
    where: dict[str, Any] = (
        {"text": [join_words(told.words[each.first : each.stop]) for each in entities]}
        if told.words
        else {"steps": [f"{each.first + 1:,} to {each.stop:,}" for each in entities]}
    )
    table = pd.DataFrame(
        {
            **where,
            "type": [each.type for each in entities],
            "sure": [
                100 * float(min(told.certainties[each.first : each.stop])) for each in entities
            ],
        }
    )
    st.dataframe(
        table,
        column_config={"sure": _share("Of its least sure step, by what the model says.")},
        hide_index=True,
        key=f"{key}_entities",
    )


def look_closer(told: Told, answer: dict[str, Any], key: str) -> None:
    """Let a person choose a step, and show the tags that are the likeliest for it."""
    count = len(told.said)
    if told.words:
        step: int = st.selectbox(
            "What else may a word be?",
            range(count),
            index=_find_unsurest(told),
            format_func=lambda place: f"{place + 1}. {told.words[place][:_LONGEST_WORD]}",
            key=f"{key}_word",
            width=320,
            help="The likeliest tags of one step, each by what it has alone. Said together, a "
            "sequence's tags may be others: what goes well with its neighbours counts too.",
        )
    else:
        step = int(
            st.number_input(
                f"What else may a step be? Of {count_words(count, 'step')}",
                min_value=1,
                max_value=count,
                value=_find_unsurest(told) + 1,
                key=f"{key}_word",
                width=320,
            )
            - 1
        )
    likeliest = answer["alternatives"][step]
    table = pd.DataFrame(
        {"tag": [tag for tag, _ in likeliest], "likely": [100 * share for _, share in likeliest]}
    )
    st.dataframe(
        table,
        column_config={"likely": _share("By what the model says of this step.")},
        hide_index=True,
        key=f"{key}_alternatives",
        width=320,
    )


def _find_unsurest(told: Told) -> int:
    """Return the step that the model is least sure of."""
    certainties = list(told.certainties)
    return certainties.index(min(certainties))


def _share(meaning: str) -> Any:
    """Return how a column of percents is drawn."""
    return st.column_config.ProgressColumn(
        help=meaning, format="%.0f%%", min_value=0.0, max_value=100.0
    )
