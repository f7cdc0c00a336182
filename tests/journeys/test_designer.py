"""A click on the drawing selects what was clicked; layers keep their values when they move."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from lstm_core.charts.training.network import ROW_PIXELS
from tests.journeys.conftest import AppServer, NewContext
from tests.journeys.idle import wait_until_idle
from tests.journeys.screen import find, press, visit
from tests.journeys.test_narrow import assert_fits
from tests.shares import share


def click_box(page: Page, row: int) -> None:
    """Click a box of the drawing; the window is row 0."""
    wait_until_idle(page)
    drawing = find(page, "designer.drawing").locator(".js-plotly-plot")
    drawing.click(position={"x": 60, "y": ROW_PIXELS * (row + 0.45)})


def expect_selected(page: Page, heading: str) -> None:
    expect(page.get_by_text(heading, exact=True)).to_be_visible()
    wait_until_idle(page)


def read_units(page: Page) -> str:
    return page.get_by_role("spinbutton", name="How wide is its memory?").input_value()


@pytest.mark.parametrize("width", share([1280, 390], (1280,)))
def test_a_network_is_built_by_clicks(
    width: int, shared_server: AppServer, browser_context_factory: NewContext
) -> None:
    page = browser_context_factory(width=width, height=900).new_page()
    visit(page, f"{shared_server.url}/designer")
    press(page, "designer.begin")
    press(page, "designer.preset_textbook")
    expect_selected(page, "Layer 1 (LSTM)")

    press(page, "designer.add")
    press(page, "designer.add_gru")
    expect_selected(page, "Layer 2 (GRU)")
    field = page.get_by_role("spinbutton", name="How wide is its memory?")
    field.fill("11")
    field.press("Enter")
    expect(find(page, "designer.drawing").get_by_text("11 units")).to_be_visible()

    click_box(page, 1)
    expect_selected(page, "Layer 1 (LSTM)")
    assert read_units(page) == "32"
    # On a phone, a button with help stands there twice: once for each way to show the help.
    find(page, "designer.down").locator("button:visible").click()
    expect_selected(page, "Layer 2 (LSTM)")
    assert read_units(page) == "32"
    click_box(page, 1)
    expect_selected(page, "Layer 1 (GRU)")
    assert read_units(page) == "11"
    click_box(page, 3)
    expect_selected(page, "Decoder")
    assert_fits(page, "designer")
