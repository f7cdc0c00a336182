"""What the model says of one sequence: its entities or tags, how sure it is, what else may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from lstm_core.charts.tagging.ribbon import Ribbon, draw_ribbons
from lstm_core.charts.tagging.sentence import SURE, draw_legend, mark_sentence
from lstm_core.charts.tagging.stretches import choose_colours, find_stretches
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.entities import Scheme
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.tasks.tagging.result.agreement import say_agreement

_MOST_NAMED = 20
"""Types in a legend."""


@dataclass(frozen=True)
class Told:
    """A sequence and what is said of it, step by step.

    Attributes:
        words: none for rows of numbers. ``said``: tags. ``certainties``: of each, 0 to 1.
        known: whether each word was met in training.
        truth: its own tags, where they are known.
    """

    words: Sequence[str]
    said: Sequence[str]
    certainties: Sequence[float]
    known: Sequence[bool]
    truth: Sequence[str] | None = None

    @classmethod
    def read(cls, answer: dict[str, Any], truth: Sequence[str] | None) -> Told:
        """Read what a model answered."""
        return cls(answer["tokens"], answer["said"], answer["certainty"], answer["known"], truth)


def show_told(told: Told, sequence: TaggedCollection, like: TaggedCollection, key: str) -> None:
    """Show what is said of a sequence, and beside it what it is, where that is known.

    Args:
        sequence: alone in a collection.
        like: what the model has learnt from: it has the types and the scheme.
        key: begins the keys of the widgets.
    """
    colours = choose_colours(like.types)
    if sequence.signals is not None:
        _show_recording(told, sequence, like.scheme, colours, key)
    else:
        _show_sentence(told, like.scheme, colours)
    if told.truth is not None:
        said = say_agreement(told.words, told.truth, told.said, like.scheme)
        icon = ":material/check:" if list(told.truth) == list(told.said) else ":material/compare:"
        st.markdown(f"{icon} {escape_markdown(said)}")


def _show_sentence(told: Told, scheme: Scheme, colours: dict[str, str]) -> None:
    st.html(
        mark_sentence(
            told.words, told.said, scheme, colours, certainties=told.certainties, known=told.known
        )
    )
    truth = told.truth
    if truth is not None and list(truth) != list(told.said):
        st.caption("What it is:")
        st.html(mark_sentence(told.words, truth, scheme, colours))
    stretches = [*find_stretches(told.said, scheme), *find_stretches(truth or [], scheme)]
    shown = sorted({each.type for each in stretches})
    is_unsure = any(
        min(told.certainties[each.first : each.stop]) < SURE
        for each in find_stretches(told.said, scheme)
    )
    legend = draw_legend(
        shown[:_MOST_NAMED] if scheme == "bio" else (),
        colours,
        has_certainty=is_unsure,
        has_unknown=not all(told.known),
    )
    if (scheme == "bio" and shown) or is_unsure or not all(told.known):
        st.html(legend)
    say_unknown(told.known)


def say_unknown(known: Sequence[bool]) -> None:
    """Say how many of the words were never met."""
    num_unknown = sum(not each for each in known)
    if num_unknown and num_unknown == len(known):
        st.warning(
            "None of these words was met in training: the answer hangs on their letters alone.",
            icon=":material/help:",
        )
    elif num_unknown:
        was = "was" if num_unknown == 1 else "were"
        st.caption(f"{num_unknown:,} of {len(known):,} words {was} never met in training.")


def _show_recording(
    told: Told, sequence: TaggedCollection, scheme: Scheme, colours: dict[str, str], key: str
) -> None:
    assert sequence.signals is not None
    ribbons = [Ribbon("said", find_stretches(told.said, scheme))]
    if told.truth is not None:
        ribbons.append(Ribbon("true", find_stretches(told.truth, scheme)))
    st.plotly_chart(
        recall_figure(
            draw_ribbons,
            np.asarray(sequence.signals.get_item(0)),
            sequence.channels,
            ribbons,
            colours,
        ),
        key=f"{key}_ribbons",
        config=PLOTLY_CONFIG,
        alt="The recording over its steps, and below it what the model says of each step and, "
        "where it is known, what it is. The sentence below compares them.",
    )
