"""On a phone no page is wider than the screen, in the light and in the dark."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page

from lstm_core.runs.snapshots.status import RunStatus
from tests.journeys.conftest import AppServer, NewContext
from tests.journeys.idle import wait_until_idle
from tests.journeys.screen import find, follow, press, visit, wait_for_forecast
from tests.pages import records
from tests.shares import share

LONG_NAME = "a_very_long_file_name_without_any_space_" * 4 + ".csv"

# The widest of what scrolls the whole page: the document, and Streamlit's own scrolling parts.
OVERFLOW = """() => [document.documentElement, document.body,
  ...document.querySelectorAll('[data-testid="stMain"], [data-testid="stAppViewContainer"]')]
  .filter(part => part.scrollWidth > part.clientWidth + 1 || part.scrollWidth > innerWidth)
  .map(part => `${part.tagName} ${part.dataset.testid || ''}: ${part.scrollWidth}`)"""


@pytest.mark.parametrize("color_scheme", share(["light", "dark"], ("dark",)))
def test_no_page_scrolls_sideways(
    color_scheme: Literal["light", "dark"],
    shared_server: AppServer,
    browser_context_factory: NewContext,
) -> None:
    with shared_server.open_record() as store:
        dataset = records.make_dataset(name=LONG_NAME[:200])
        completed = records.complete(store, dataset)
        others = [
            records.submit(store),
            records.start(store, dataset),
            records.end(store, RunStatus.FAILED, "What happened, and what to do next. " * 3),
        ]
    page = browser_context_factory(width=390, height=844, color_scheme=color_scheme).new_page()

    visit(page, shared_server.url)
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (
        color_scheme == "dark"
    )
    assert_fits(page, "home")
    press(page, "home.sample_stocks")
    find(page, "data.train").wait_for()
    assert_fits(page, "data")
    follow(page, "model")
    find(page, "model.train").wait_for()
    assert_fits(page, "model")
    visit(page, f"{shared_server.url}/runs")
    assert_fits(page, "runs")
    for run in others:
        visit(page, f"{shared_server.url}/run?id={run.id}")
        assert_fits(page, f"run, {run.status}")
    visit(page, f"{shared_server.url}/run?id={completed.id}")
    wait_for_forecast(page)
    assert_fits(page, "run, completed")


def assert_fits(page: Page, name: str) -> None:
    wait_until_idle(page)
    assert page.evaluate(OVERFLOW) == [], f"the page {name!r} is wider than the screen"
