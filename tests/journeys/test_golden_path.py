"""The main job, end to end: a file goes in, a network learns, a forecast and a link come out."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page

from lstm_core.runs.snapshots.status import RunStatus
from tests.journeys.conftest import AppServer, NewContext
from tests.journeys.idle import wait_until_idle
from tests.journeys.screen import (
    count_epochs,
    find,
    follow,
    is_training,
    press,
    read_message,
    type_number,
    unfold,
    upload,
    visit,
    wait_for_epochs,
    wait_for_forecast,
    wait_for_run,
)

NUM_ROWS = 400
NUM_EPOCHS = 400


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """Daily sales with a weekly season, a drift and a little noise that repeats."""
    days = pd.date_range("2023-01-01", periods=NUM_ROWS)
    values = [
        100 + 0.1 * row + 20 * math.sin(2 * math.pi * row / 7) + 3 * math.sin(row * row)
        for row in range(NUM_ROWS)
    ]
    file = tmp_path / "sales.csv"
    pd.DataFrame({"day": days, "sales": values}).to_csv(file, index=False)
    return file


def test_from_a_file_to_a_link(
    app_server: AppServer, page: Page, browser_context_factory: NewContext, sales: Path
) -> None:
    visit(page, app_server.url)
    press(page, "home.own")
    upload(page, sales)
    find(page, "data.train").wait_for()  # the confirm card is there, and could train at once
    follow(page, "model")
    find(page, "model.train").wait_for()
    unfold(page, "settings.learning")
    type_number(page, "training.epochs", NUM_EPOCHS)  # long enough to be watched
    type_number(page, "training.patience", None)
    type_number(page, "training.num_seeds", 1)
    press(page, "model.train")
    run_id = wait_for_run(page)

    first = wait_for_epochs(page, 1)
    second = wait_for_epochs(page, first + 1)
    third = wait_for_epochs(page, second + 1)
    assert is_training(page)

    page.reload()
    assert wait_for_run(page) == run_id
    assert wait_for_epochs(page, third) >= third
    assert is_training(page), "the reload came too late to be one in the middle of the training"

    verdict = read_message(page)
    assert wait_for_forecast(page) >= 3  # the past, the model or a baseline on it, the forecast

    elsewhere = browser_context_factory().new_page()
    visit(elsewhere, f"{app_server.url}/run?id={run_id}")
    assert read_message(elsewhere) == verdict
    assert wait_for_forecast(elsewhere) >= 3
    assert not is_training(elsewhere)

    with app_server.open_record() as store:
        (run,) = store.runs.list_newest()
        assert (run.id, run.status) == (run_id, RunStatus.COMPLETED)
        assert run.verdict is not None
        assert run.verdict["sentence"] in verdict
        epochs = store.runs.get_epochs(run_id)
        last = max(epoch.network for epoch in epochs)  # the ones before it were tried and left
        assert sum(epoch.network == last for epoch in epochs) == NUM_EPOCHS


@pytest.mark.slow
def test_one_button_trains_on_real_data_and_is_judged(app_server: AppServer, page: Page) -> None:
    visit(page, app_server.url)
    press(page, "home.lesson")
    run_id = wait_for_run(page)
    wait_for_epochs(page, 1)
    verdict = read_message(page)
    wait_for_forecast(page)
    with app_server.open_record() as store:
        run = store.runs.get(run_id)
        assert run.verdict is not None
        assert run.verdict["sentence"] in verdict
    visit(page, f"{app_server.url}/runs")
    wait_until_idle(page)
    assert page.locator(f'a[href*="{run_id}"]').count() >= 1
    assert count_epochs(page) == 0
