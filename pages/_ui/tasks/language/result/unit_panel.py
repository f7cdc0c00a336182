"""One unit of a text: how likely it was, and what else could have come."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from lstm_core.charts.core.clusters import show_unit
from lstm_core.charts.language.alternatives import draw_alternatives
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.tasks.language.result.writing.drafts import Alternatives

_LONGEST = 40
_IN_SIGHT = 300
"""Units at the beginning of a text that are seen without scrolling."""


def say_likely(log: float) -> str:
    """``"34%"``, ``"1 in 2,300"``: two digits are enough."""
    share = math.exp(min(0.0, log))
    if share >= 0.01:
        return f"{share:.0%}"
    odds = math.exp(min(-log, 30.0))
    digits = max(0, math.floor(math.log10(odds)) - 1)
    return f"1 in {round(odds / 10**digits) * 10**digits:,}"


def show_unit_closer(
    place: int, count: int, text: str, name: str, log: float, likely: Alternatives, key: str
) -> None:
    """Show what could have stood in the place of a unit.

    Args:
        place: from 0, of ``count``. ``text``: of the unit. ``name``: among ``likely``.
    """
    shown = escape_markdown(show_unit(text)[:_LONGEST])
    st.markdown(
        f"**\u2068{shown}\u2069** is {place + 1:,} of {count:,}: "
        f"the model gave it {say_likely(log)}, which is {max(0.0, -log):.1f} nats of surprise."
    )
    if not likely:
        return
    names = [each for each, _ in likely]
    st.plotly_chart(
        recall_figure(
            draw_alternatives,
            names,
            [share for _, share in likely],
            names.index(name) if name in names else None,
        ),
        key=f"{key}_likely",
        config=PLOTLY_CONFIG,
        alt=_say_all(likely),
    )


def find_most_surprising(logs: Sequence[float]) -> int:
    """Return the place of what was foreseen least where a text is in sight; 0 of nothing."""
    return min(range(len(logs[:_IN_SIGHT])), key=lambda place: logs[place], default=0)


def _say_all(likely: Alternatives) -> str:
    said = ", ".join(f"{name}: {share:.0%}" for name, share in likely)
    return f"The likeliest in this place, before temperature: {said}."
