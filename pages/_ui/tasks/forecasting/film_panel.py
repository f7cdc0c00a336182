"""The forecast film: beneath the live curves, and with a slider once the run has ended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pyarrow as pa
import streamlit as st

from lstm_core.charts.forecasting.film import draw_film, draw_film_live, make_film_rows
from lstm_core.charts.training.curves import ZOOM_NAME
from lstm_core.runs.snapshots.run import EpochPoint, Run
from pages._ui.run.watching import Look
from pages._ui.server.services import get_store
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG


def show_film_live(look: Look) -> None:
    """Show what the network in training predicts by now; nothing while there is no film."""
    run = look.run
    found = look.recall("film", partial(_read_film, run))
    if run.film is None or found is None:
        return
    moment, lines = found
    st.vega_lite_chart(
        lines,
        draw_film_live(run.film),
        height=300,
        key="run.film",
        on_select="rerun",
        selection_mode=ZOOM_NAME,
        alt="What the model predicts after its latest epoch, beside what came.",
    )
    st.caption(
        f"The forecast of {escape_markdown(f'{_say_film(run)}, {moment}')}: drawn anew after each "
        "epoch. These rows choose when to stop; no weight is fitted to them."
    )


def _read_film(run: Run) -> tuple[str, pa.Table] | None:
    """Return which epoch was the latest, and the rows of its chart."""
    latest = None if run.film is None else get_store().runs.get_latest_film(run.id)
    if run.film is None or latest is None:
        return None
    moment = ", ".join(filter(None, [latest.network_title, f"epoch {latest.epoch}"]))
    return moment, pa.Table.from_pylist(make_film_rows(run.film, latest.film))


def show_film(run: Run, points: Sequence[EpochPoint]) -> None:
    """Show the film of a run that has ended, with a slider; nothing where there is none.

    Args:
        run: as it is now.
        points: all its epochs, with their film.
    """
    several = len({point.network for point in points if point.film}) > 1
    epochs = [
        (point.network_title if several else "", point.epoch, point.film)
        for point in points
        if point.film
    ]
    if run.film is None or not epochs:
        return
    st.plotly_chart(
        recall_figure(draw_film, run.film, epochs),
        key="run.film",
        config=PLOTLY_CONFIG,
        alt="What the model predicted after each epoch of its training, beside what came.",
    )
    st.caption(
        f"The forecast of {escape_markdown(_say_film(run))}, as it was after each epoch: drag the "
        "slider, or press play. It is of the validation part, not of the test part."
    )


def _say_film(run: Run) -> str:
    """What the forecast film is about: its line and its cutoff; hostile text is in it."""
    assert run.film is not None
    series, target = run.film["series"], run.film["target"]
    line = f"{target} of {series}" if run.spec.data.series is not None else target
    last_known = str(run.film["history"]["timestamps"][-1]).replace("T00:00:00", "")
    return f"{line}, as if it were {last_known}"
