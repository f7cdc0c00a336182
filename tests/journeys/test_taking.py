"""Sixty months go in, a forecast stands there without a click, and one makes it a link to send."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, expect

from lstm_core.runs.snapshots.status import RunStatus
from tests.journeys.conftest import AppServer, NewContext
from tests.journeys.patience import LIVE_SECONDS
from tests.journeys.screen import (
    count_epochs,
    find,
    press,
    read_message,
    upload,
    visit,
    wait_for_forecast,
    wait_for_run,
)

NUM_MONTHS = 60


def write_months(file: Path) -> Path:
    """Monthly sales with a year in them, that grow."""
    months = pd.date_range("2020-01-01", periods=NUM_MONTHS, freq="MS")
    sales = [
        round(400 + 2 * row + 60 * math.sin(math.tau * row / 12) + 9 * math.sin(row * row), 1)
        for row in range(NUM_MONTHS)
    ]
    pd.DataFrame({"month": months, "sales": sales}).to_csv(file, index=False)
    return file


def test_a_forecast_is_seen_taken_and_sent(
    app_server: AppServer, page: Page, browser_context_factory: NewContext, tmp_path: Path
) -> None:
    visit(page, f"{app_server.url}/data")
    upload(page, write_months(tmp_path / "sales.csv"))
    card = find(page, "ahead")
    patience = LIVE_SECONDS * 1000
    expect(card).to_contain_text("next month, between", timeout=patience)
    expect(card).to_contain_text("times in the past, it would have been")
    card.locator(".js-plotly-plot .scatterlayer .trace").first.wait_for()
    press(page, "ahead.take")
    run_id = wait_for_run(page)
    verdict = read_message(page)
    assert wait_for_forecast(page) >= 2
    assert count_epochs(page) == 0

    elsewhere = browser_context_factory(width=390, height=844).new_page()
    visit(elsewhere, f"{app_server.url}/run?id={run_id}")
    assert read_message(elsewhere) == verdict
    assert wait_for_forecast(elsewhere) >= 2

    with app_server.open_record() as store:
        (run,) = store.runs.list_newest()
        assert (run.id, run.status, run.trains_nothing) == (run_id, RunStatus.COMPLETED, True)
        assert run.spec.model.architecture == "pretrained"
