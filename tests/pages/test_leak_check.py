"""The future is scrambled at the press of a button, and the page says what that changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.runs.stores.store import Store
from lstm_core.tasks.forecasting.framing import examples as framing
from lstm_core.tasks.forecasting.framing import leaks
from tests.pages import records
from tests.pages.visiting import open_page, read_texts


def scramble(app: AppTest) -> str:
    """Press the button; return all that the page says then."""
    app.button(key="run.scramble").click().run()
    assert not app.exception
    return " ".join(read_texts(app)).replace("\\", "")


def test_nothing_is_said_before_the_button_is_pressed(store: Store) -> None:
    texts = " ".join(read_texts(open_page("run", id=records.complete(store).id)))
    assert "corrupted" not in texts


def test_a_clean_run_is_proved_clean(store: Store) -> None:
    app = open_page("run", id=records.complete(store).id)
    texts = scramble(app)
    assert not app.error
    assert "No leak" in texts
    assert "values of the future were corrupted" in texts
    for what in ("fitted transforms", "training windows", "test window reads"):
        assert what in texts
    assert "byte for byte the same" in " ".join(read_texts(app.run()))  # it stays


def test_a_leak_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fit_on_all(values: Any, dataset: Any, part: Any, spec: Any) -> Any:
        return fit(values, dataset, replace(part, cuts=replace(part.cuts, train_end=120)), spec)

    fit = framing._fit_scaler
    monkeypatch.setattr(framing, "_fit_scaler", fit_on_all)
    app = open_page("run", id=records.complete(store).id)
    texts = scramble(app)
    assert len(app.error) == 1
    assert "A leak" in texts
    assert "The fitted transforms: not the same" in texts


def test_the_proof_of_one_run_is_not_shown_with_another(store: Store) -> None:
    first, second = records.complete(store), records.complete(store)
    app = open_page("run", id=first.id)
    scramble(app)
    texts = " ".join(read_texts(open_page("run", app, id=second.id)))
    assert "corrupted" not in texts


def test_columns_known_ahead_are_named_as_they_are(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "**holiday** <b>"
    report = leaks.LeakReport(True, 5, (), (name,), f'No leak. Left as it is: "{name}".')
    monkeypatch.setattr("pages._ui.tasks.forecasting.leak_panel.check_leaks", lambda *_: report)
    app = open_page("run", id=records.complete(store).id)
    app.button(key="run.scramble").click().run()
    (box,) = [box.value for box in app.success if "No leak" in box.value]
    assert "\\*\\*holiday\\*\\* \\<b\\>" in box
