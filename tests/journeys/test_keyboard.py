"""Without a mouse, and on a phone: what is reached can be seen, named and used."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from tests.journeys.conftest import AppServer
from tests.journeys.screen import find, press, visit
from tests.pages import records

FOCUS = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  return {
    kind: element.tagName,
    name: element.getAttribute('aria-label') || element.innerText || '',
    ring: style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2,
  };
}"""
MOST_STOPS = 60


def walk(page: Page) -> list[dict[str, object]]:
    """Go through the page with the tabulator until it begins again; return what was met."""
    met: list[dict[str, object]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["kind"] == "BODY" or focus in met[:1]:
            return met
        met.append(focus)
    return met


@pytest.fixture(scope="module")
def filmed(shared_server: AppServer) -> Run:
    with shared_server.open_record() as store:
        run = records.train_several(store)
        return store.runs.finish(run.id, RunStatus.CANCELLED, message="Stopped on request.")


def test_focus_can_be_seen_on_all_that_is_reached(
    shared_server: AppServer, filmed: Run, page: Page
) -> None:
    for path in ("", "data", "runs", f"run?id={filmed.id}"):
        visit(page, f"{shared_server.url}/{path}")
        met = walk(page)
        assert {focus["kind"] for focus in met} >= {"A", "MAIN"}
        assert [focus for focus in met if not focus["ring"]] == []


def test_a_button_is_not_called_after_its_icon(
    shared_server: AppServer, filmed: Run, page: Page
) -> None:
    visit(page, f"{shared_server.url}/runs")
    button = find(page, f"runs.delete_{filmed.id}").get_by_role("button")
    expect(button).to_have_accessible_name("Delete sales · sales.csv")
    visit(page, shared_server.url)
    press(page, "home.sample_stocks")
    find(page, "data.train").wait_for()
    page.get_by_test_id("stTopNavLink").filter(has_text="Designer").first.click()
    find(page, "designer.train").wait_for()
    page.locator(".st-key-designer-up, .st-key-designer-add").first.wait_for()
    names = page.get_by_role("button").evaluate_all(
        "buttons => buttons.map(button => button.innerText)"
    )
    assert names
    assert page.get_by_role("button", name=" icon").count() == 0


def test_the_film_is_played_and_moved_by_keyboard(
    shared_server: AppServer, filmed: Run, page: Page
) -> None:
    visit(page, f"{shared_server.url}/run?id={filmed.id}")
    slider = page.get_by_role("slider", name="Epoch")
    label = page.locator(".st-key-run-film .slider-group > .slider-label")
    slider.focus()
    for key, epoch in (
        *(("Home", "seed 1 of 3, epoch 1"), ("ArrowRight", "seed 1 of 3, epoch 2")),
        *(("ArrowLeft", "seed 1 of 3, epoch 1"), ("ArrowLeft", "seed 1 of 3, epoch 1")),
        *(("End", "seed 2 of 3, epoch 1"), ("PageDown", "seed 1 of 3, epoch 1")),
    ):
        page.keyboard.press(key)
        expect(label).to_have_text(epoch)
        expect(slider).to_have_attribute("aria-valuetext", epoch)
    page.get_by_role("button", name="Play").focus()
    page.keyboard.press("Enter")
    expect(label).to_have_text("seed 2 of 3, epoch 1")
    expect(page.get_by_role("button", name="Pause")).to_have_attribute("tabindex", "0")


def test_the_menu_of_a_phone_closes_after_a_choice(shared_server: AppServer, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, shared_server.url)
    for choice in ("Data", "Runs"):
        page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_test_id("stSidebarNavLink").filter(has_text=choice).click()
        page.wait_for_url(f"**/{choice.lower()}")
        menu = page.get_by_test_id("stSidebar")
        expect(menu).to_have_attribute("data-collapsed", "true")
        expect(page.get_by_test_id("stSidebarNavLink").first).not_to_be_in_viewport()
