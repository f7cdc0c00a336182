"""The forecast film of a run that has ended."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from tests.pages import records
from tests.pages.visiting import TIMEOUT_SECONDS, read_texts


def show(run: Run) -> AppTest:
    def script(run_id: str) -> None:
        from pages._ui.server.services import get_store
        from pages._ui.tasks.forecasting.film_panel import show_film

        store = get_store()
        show_film(store.runs.get(run_id), store.runs.get_epochs(run_id))

    app = AppTest.from_function(script, args=(run.id,), default_timeout=TIMEOUT_SECONDS).run()
    assert not app.exception, app.exception
    return app


def read_figure(app: AppTest) -> dict[str, Any]:
    (chart,) = app.get("plotly_chart")
    figure: dict[str, Any] = json.loads(chart.proto.spec)
    return figure


def test_each_epoch_of_each_network_is_a_frame(store: Store) -> None:
    run = records.train_several(store)
    store.runs.finish(run.id, RunStatus.CANCELLED)
    app = show(run)
    figure = read_figure(app)
    assert [frame["data"][0]["y"][1:] for frame in figure["frames"]] == [
        [0.1, 0.2, 0.3],
        [0.2, 0.3, 0.4],
        [0.3, 0.4, 0.5],
    ]
    labels = [step["label"] for step in figure["layout"]["sliders"][0]["steps"]]
    assert labels == ["seed 1 of 3, epoch 1", "seed 1 of 3, epoch 2", "seed 2 of 3, epoch 1"]
    assert any("drag the slider" in text for text in read_texts(app))


def test_a_run_without_a_film_shows_none(store: Store) -> None:
    run = records.end(store, RunStatus.FAILED, "It broke.")
    app = show(run)
    assert len(app.get("plotly_chart")) == 0
    assert read_texts(app) == []


def test_the_film_says_which_of_several_series_it_is_about(store: Store) -> None:
    run = records.train_several(store, records.make_dataset(series=["no*rth", "south"]))
    (caption,) = read_texts(show(run))
    assert "sales of no\\*rth, as if it were 2024" in caption
