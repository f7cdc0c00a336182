"""What a person does and sees: widgets by their key, points of a curve, lines of a chart."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.idle import wait_until_idle
from tests.journeys.patience import LIVE_SECONDS

# Of many epochs not all are drawn, but the last one always is.
COUNT_EPOCHS = """() => {
  const last = {}
  for (const mark of document.querySelectorAll(
      '[data-testid="stVegaLiteChart"] svg .mark-symbol.role-mark path')) {
    const said = mark.getAttribute('aria-label').replaceAll(',', '')
    const network = said.match(/network: (\\d+)/)[1]
    const epoch = Number(said.match(/epoch: (\\d+)/)[1])
    last[network] = Math.max(last[network] || 0, epoch)
  }
  return Object.values(last).reduce((sum, epoch) => sum + epoch, 0)
}"""
STAND_STILL = """(element) => Promise.allSettled(
  element.getAnimations({subtree: true}).map(animation => animation.finished))"""
COUNT_LINES = """() => [...document.querySelectorAll(
  '.st-key-run-forecast .js-plotly-plot .scatterlayer .trace path.js-line')]
  .filter(line => (line.getAttribute('d') || '').length > 20).length"""


def visit(page: Page, url: str) -> None:
    page.goto(url)
    wait_until_idle(page)


def find(page: Page, key: str) -> Locator:
    """Return the widget with this key."""
    return page.locator(f".st-key-{key.replace('.', '-')}")


def press(page: Page, key: str) -> None:
    # On a phone, a button that has a help stands there twice, and the first is hidden.
    find(page, key).locator("button:visible").first.click()


def follow(page: Page, name: str) -> None:
    """Follow the page's own link to another page; a new address would be a new session."""
    main = page.get_by_test_id("stMain")
    main.locator(f'a[href$="{name}"], a[href*="{name}?"]').first.click()


def unfold(page: Page, key: str) -> None:
    """Open what is folded away under an expander; it stands still when this returns.

    While the page moves, lists that open over it close again.
    """
    expander = find(page, key)
    expander.locator("summary").click()
    expect(expander.locator("details")).to_have_attribute("open", "")
    expander.evaluate(STAND_STILL)


def type_number(page: Page, key: str, value: int | None) -> None:
    """Write a number into a field, or empty it."""
    field = find(page, key).locator("input")
    field.fill("" if value is None else str(value))
    field.press("Enter")
    expect(field).to_have_value("" if value is None else str(value))
    wait_until_idle(page)


def upload(page: Page, file: Path) -> None:
    find(page, "data.file").locator('input[type="file"]').set_input_files(file)


def wait_for_run(page: Page) -> str:
    """Wait until a run's page is open; return the run's id."""
    page.wait_for_url("**/run?id=*")
    found = re.search(r"id=([a-z2-7]{16})", page.url)
    assert found, page.url
    return found[1]


def count_epochs(page: Page) -> int:
    """Return how many epochs the drawn curves have come to, those of all networks together."""
    return int(page.evaluate(COUNT_EPOCHS))


def wait_for_epochs(page: Page, at_least: int) -> int:
    """Wait until the curves have come to so many epochs or more; return how many."""
    counted = page.wait_for_function(
        f"least => {{ const count = ({COUNT_EPOCHS})(); return count >= least ? count : false }}",
        arg=at_least,
        timeout=LIVE_SECONDS * 1000,
    )
    return int(counted.json_value())


def wait_for_forecast(page: Page) -> int:
    """Wait until the forecast is drawn; return how many lines the chart has."""
    page.wait_for_function(f"() => ({COUNT_LINES})() > 0", timeout=LIVE_SECONDS * 1000)
    return int(page.evaluate(COUNT_LINES))


def is_training(page: Page) -> bool:
    return find(page, "run.stop").count() > 0


def read_message(page: Page) -> str:
    """Wait for the box that says how a run ended; return its text."""
    box = page.get_by_test_id("stAlert").first
    box.wait_for(timeout=LIVE_SECONDS * 1000)
    return box.inner_text()
