"""Live charts keep what a person zoomed to while points arrive."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from lstm_core.events import EpochFinished
from tests.journeys.conftest import AppServer
from tests.journeys.idle import wait_until_idle
from tests.journeys.screen import find, visit, wait_for_epochs
from tests.pages import records
from tests.shares import share

LIST_LABELS = """chart => [...chart.querySelectorAll('.role-axis-label text')]
  .filter(label => label.getAttribute('opacity') !== '0')
  .map(label => label.textContent).sort().join('|')"""


def list_labels(page: Page, key: str) -> str:
    """Return what stands on the axes of a chart."""
    return str(find(page, key).evaluate(LIST_LABELS))


def zoom(page: Page, key: str) -> None:
    """Zoom in with shift and the wheel, and wait for the axes to say so."""
    before = list_labels(page, key)
    find(page, key).locator("svg.marks").hover()
    page.keyboard.down("Shift")
    page.mouse.wheel(0, -600)
    page.keyboard.up("Shift")
    page.wait_for_function(
        f"([chart, before]) => ({LIST_LABELS})(chart) !== before",
        arg=[find(page, key).element_handle(), before],
    )
    wait_until_idle(page)


@pytest.mark.parametrize("key", share(["run.curves", "run.film"], ("run.curves",)))
def test_a_zoom_outlives_the_next_epochs(key: str, shared_server: AppServer, page: Page) -> None:
    with shared_server.open_record() as store:
        run = records.train_several(store)
        visit(page, f"{shared_server.url}/run?id={run.id}")
        seen = wait_for_epochs(page, 3)
        zoom(page, key)
        zoomed = list_labels(page, key)
        for epoch in (2, 3):
            film = (0.1 * epoch, 0.2, 0.3)
            store.runs.record_events(
                run.id, [EpochFinished(epoch, 0.5, 0.6, 0.5, network=2, film=film)]
            )
        wait_for_epochs(page, seen + 2)
        assert list_labels(page, key) == zoomed
