"""Items as the rows of a list, one of which can be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from lstm_core.charts.core.signals import choose_channel, thin_out
from lstm_core.data.items.collection import ItemCollection

MOST_ROWS = 1_000
"""Items that are listed at once."""

SURE = {"sure": "How likely this label is, by what the model says."}
"""What a column of that name means."""

LONGEST_TEXT = 300
_MOST_POINTS = 60


def show_items(
    collection: ItemCollection,
    positions: Sequence[int] | np.ndarray,
    columns: Mapping[str, Sequence[Any] | np.ndarray],
    *,
    key: str,
    percents: Mapping[str, str],
) -> int | None:
    """Show items behind what is told of them, which fits on a phone; return the row chosen.

    Args:
        positions: of the items in the collection; ``columns``: a value for each of them.
        key: of the widget.
        percents: names of columns that are shares, with what they mean.
    """
    table = pd.DataFrame({"item": collection.ids[positions], **columns})
    config: dict[str, Any] = {"item": st.column_config.TextColumn(width="small")}
    signals = collection.signals
    if signals is None:
        assert collection.texts is not None
        table["what it holds"] = [
            str(collection.texts[position])[:LONGEST_TEXT] for position in positions
        ]
        config["what it holds"] = st.column_config.TextColumn(width="large")
    else:
        channel = choose_channel(signals.values)
        table["what it holds"] = [
            thin_out(signals.get_item(int(position))[:, channel], _MOST_POINTS)[1].tolist()
            for position in positions
        ]
        config["what it holds"] = st.column_config.LineChartColumn(
            help="The channel in which most happens." if len(signals.channels) > 1 else None
        )
    config |= {
        name: st.column_config.NumberColumn(name, help=meaning, format="percent")
        for name, meaning in percents.items()
    }
    chosen = st.dataframe(
        table,
        column_config=config,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
    )
    rows: list[int] = chosen["selection"]["rows"]
    return rows[0] if rows and rows[0] < len(table) else None
