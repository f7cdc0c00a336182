"""What the model makes of one text: the best translation, others, and where it looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from lstm_core.charts.core.clusters import cut_text, show_unit
from lstm_core.charts.core.shares import say_share
from lstm_core.charts.translation.alignment import mark_alignment
from lstm_core.charts.translation.attention import draw_attention
from lstm_core.charts.translation.progress import is_same
from lstm_core.charts.translation.sides import mark_large, mark_sides
from lstm_core.data.wording import count_words
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG

END = "■"
"""In place of a text's end, which is looked at and said as well, and has no sign."""

_LONGEST_NAME = 160
_CELL_PIXELS, _LABEL_PIXELS, _NARROWEST = 34, 140, 360


@dataclass(frozen=True)
class Found:
    """One translation; see ``PairPredictor.explain``.

    Attributes:
        units: names, ``END`` last. ``logs``: natural logarithms of their probabilities.
        weights: ``(units, given)``; None where the network does not look back.
    """

    text: str
    probability: float
    is_whole: bool
    units: tuple[str, ...]
    logs: tuple[float, ...]
    weights: np.ndarray | None

    @classmethod
    def read(cls, found: dict[str, Any]) -> Found:
        """Read one of what a model answered."""
        weights = found["weights"]
        return cls(
            found["text"],
            float(found["probability"]),
            bool(found["is_whole"]),
            (*found["units"][:-1], END),
            tuple(found["logs"]),
            None if weights is None else np.asarray(weights, float),
        )


def show_told(answer: dict[str, Any], key: str, truth: str | None = None) -> None:
    """Show what a model answered.

    Args:
        key: begins the keys of the widgets; another text wants another one.
        truth: what it should be, where that is known.
    """
    found = [Found.read(each) for each in answer["found"]]
    place = st.container()
    chosen = found[_choose(found, key)]
    with place:
        st.html(mark_large(chosen.text))
        if truth is not None:
            _compare(chosen.text, truth)
        _say_limits(answer, chosen)
    _show_looking([*answer["source"][:-1], END], chosen, key)


def _choose(found: list[Found], key: str) -> int:
    """Let a person choose one of the translations; return its place."""
    if len(found) == 1:
        st.caption(f"How likely it held this: {say_share(found[0].probability)}.")
        return 0
    place: int = st.radio(
        "The likeliest translations: choose one to look at",
        range(len(found)),
        format_func=lambda each: _name(found[each]),
        key=f"{key}_chosen",
        help="Those that the search came to, the best first, each with how likely the model held "
        "it as a whole. The best one need not be the likeliest: a longer one is favoured, for it "
        "is less likely for its length alone.",
    )
    return place


def _name(found: Found) -> str:
    text = escape_markdown(cut_text(show_unit(found.text), _LONGEST_NAME)) or "*(nothing)*"
    # Isolated, a text from right to left leaves the figure in its place.
    return f"\u2068{text}\u2069 :small[({say_share(found.probability)})]"


def _compare(said: str, truth: str) -> None:
    if is_same(said, truth):
        st.markdown(":material/check: Exactly as it should be.")
    else:
        st.html(mark_sides([("it should be", truth)]))


def _say_limits(answer: dict[str, Any], chosen: Found) -> None:
    """Say what to mind: units that were never met, a text that was cut or does not end."""
    num_units, num_unknown = len(answer["source"]) - 1, int(answer["num_unknown"])
    if num_unknown and num_unknown >= num_units:
        st.warning(
            "Nothing of this text was met in training: the translation is made up.",
            icon=":material/help:",
        )
    elif num_unknown:
        was, it = ("was", "it") if num_unknown == 1 else ("were", "them")
        st.caption(
            f":material/help: {count_words(num_unknown, 'unit')} of the text {was} never met in "
            f"training: what becomes of {it} is a guess."
        )
    if answer["is_cut"]:
        st.warning(
            f"The text is longer than what the model learnt from: only its first {num_units:,} "
            "units are translated. Bring it in shorter parts.",
            icon=":material/content_cut:",
        )
    if not chosen.is_whole:
        st.warning(
            "The translation did not come to its end: it was cut where it became longer than "
            "translations are.",
            icon=":material/content_cut:",
        )


def _show_looking(source: list[str], chosen: Found, key: str) -> None:
    """Show which unit goes with which, and how sure it was of each."""
    if chosen.weights is None:
        st.caption("This network does not look back at the text: it shows no alignment.")
    else:
        st.caption(
            "Point at a unit: what lights up on the other side is what it looked at most, or what "
            f"looked at it. {END} is the end."
        )
        st.html(mark_alignment(source, list(chosen.units), chosen.weights))
    with st.expander("Where it looked, unit by unit", key=f"{key}_looking"):
        if chosen.weights is not None:
            st.plotly_chart(
                recall_figure(draw_attention, list(source), list(chosen.units), chosen.weights),
                key=f"{key}_attention",
                config=PLOTLY_CONFIG | {"displayModeBar": False},
                width=max(_NARROWEST, _LABEL_PIXELS + _CELL_PIXELS * len(source)),
                alt="Of each unit of the translation, from top to bottom, how much it looked at "
                "each unit of the text, from left to right. The table below has the strongest.",
            )
        st.dataframe(
            list_units(source, chosen),
            column_config={
                "sure": _share("How likely this unit was, after those before it."),
                "this much": _share("Of its looking, the share that this unit got."),
            },
            hide_index=True,
            key=f"{key}_units",
        )


def list_units(source: list[str], found: Found) -> pd.DataFrame:
    """Return ``it says, sure`` and, where it looks back, ``looked most at, this much``; percent."""
    table = pd.DataFrame(
        {
            "it says": [show_unit(unit) for unit in found.units],
            "sure": 100 * np.exp(np.asarray(found.logs, float)),
        }
    )
    if found.weights is None or not found.weights.size:
        return table
    strongest = found.weights.argmax(axis=1)
    return table.assign(
        **{
            "looked most at": [show_unit(source[at]) for at in strongest],
            "this much": 100 * found.weights.max(axis=1),
        }
    )


def _share(meaning: str) -> Any:
    return st.column_config.ProgressColumn(
        help=meaning, format="%.0f%%", min_value=0.0, max_value=100.0
    )
