"""What a run can be taken away as is asked of its task."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.events import SpecResolved
from lstm_core.runs.snapshots.run import Run, RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.tasks.classification.export.exporter import EXPORTER
from lstm_core.tasks.classification.kind import KIND
from lstm_core.tasks.forecasting import kind as forecasting
from tests.pages import records
from tests.pages.visiting import TIMEOUT_SECONDS, read_texts
from tests.tasks.classification.examples import ask_for, make_moods


def visit(run: Run) -> AppTest:
    def script(run_id: str) -> None:
        from pages._ui.run.export_panel import show_export
        from pages._ui.server.services import get_store

        show_export(get_store().runs.get(run_id))

    app = AppTest.from_function(script, args=(run.id,), default_timeout=TIMEOUT_SECONDS).run()
    assert not app.exception, app.exception
    return app


@pytest.fixture
def labelled(store: Store) -> Run:
    """A run that has learnt the labels of sentences."""
    moods = make_moods()
    run = store.runs.create_running(ask_for(), store.collections.add(moods))
    spec, reasons = KIND.resolve(run.spec, moods)
    store.runs.record_events(run.id, [SpecResolved(spec.model_dump(mode="json"), reasons)])
    for name in EXPORTER.kept:
        store.artifacts.put(run.id, name, b"{}")
    return store.runs.finish(run.id, RunStatus.COMPLETED)


def test_a_classifier_is_taken_away_with_what_it_learnt(labelled: Run) -> None:
    app = visit(labelled)
    names = ("script", "notebook", "data", "weights", "model")
    assert [button.key for button in app.download_button] == [
        f"run.download_{name}" for name in names
    ]
    (code,) = app.code
    assert 'LABELS = ["glad", "sad"]' in code.value
    assert any("weights.npz and model.json" in text for text in read_texts(app))


def forecast_with(store: Store, **model: str) -> Run:
    """A run that has forecast with such a network."""
    dataset = records.make_dataset()
    values = {f"model.{name}": value for name, value in model.items()}
    spec = records.make_spec(dataset).with_values(values)
    run = store.runs.create_running(spec, store.collections.add(dataset))
    resolved, reasons = forecasting.KIND.resolve(spec, dataset)
    store.runs.record_events(run.id, [SpecResolved(resolved.model_dump(mode="json"), reasons)])
    return store.runs.finish(run.id, RunStatus.COMPLETED)


def test_a_forecast_is_taken_away_without(store: Store) -> None:
    app = visit(forecast_with(store, architecture="vanilla"))
    assert [button.key for button in app.download_button] == [
        *("run.download_script", "run.download_notebook", "run.download_data")
    ]
    assert not any("weights.npz" in text for text in read_texts(app))


@pytest.mark.parametrize("fine_tune", ["none", "all"])
def test_what_comes_trained_is_taken_away_with_what_it_predicts_by(
    store: Store, fine_tune: str
) -> None:
    app = visit(forecast_with(store, architecture="pretrained", fine_tune=fine_tune))
    names = ("script", "notebook", "data", "module", "weights")
    assert [button.key for button in app.download_button] == [
        f"run.download_{name}" for name in names
    ]
    texts = " ".join(read_texts(app))
    assert "Plain NumPy that trains nothing" in texts
    assert "data.csv, pretrained.py and pretrained.npz in the same folder" in texts
    assert "Keras" not in texts
    (code,) = app.code
    assert ("not trained again" in " ".join(code.value.split())) is (fine_tune == "all")
