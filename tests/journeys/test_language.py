"""A text that goes on, end to end: a file goes in, a beginning is written on, a link repeats it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from lstm_core.runs.snapshots.status import RunStatus
from tests.data.documents.collections import write_prose
from tests.journeys.axe import find_barriers
from tests.journeys.conftest import AppServer, NewContext
from tests.journeys.idle import wait_until_idle
from tests.journeys.patience import LIVE_SECONDS
from tests.journeys.screen import (
    find,
    follow,
    press,
    read_message,
    type_number,
    unfold,
    upload,
    visit,
    wait_for_run,
)

NUM_EPOCHS, NUM_UNITS, LENGTH = 2, 16, 60
BEGINNING = "The old <b>ship</b>"


def train(page: Page, server: AppServer, file: Path) -> str:
    """Bring a text, train a small network on it and wait for its result; return the run's id."""
    visit(page, f"{server.url}/data")
    upload(page, file)
    find(page, "data.train").wait_for()
    expect(page.get_by_text("kept apart to judge").first).to_be_visible()
    follow(page, "model")
    find(page, "model.train").wait_for()
    unfold(page, "settings.learning")
    type_number(page, "training.epochs", NUM_EPOCHS)
    press(page, "model.train")
    run_id = wait_for_run(page)
    read_message(page)
    wait_until_idle(page)
    return run_id


def find_field(page: Page, name: str, tag: str = "input") -> Locator:
    """Return a field of the form; its key has a number that grows when it is filled anew."""
    return page.locator(f"[class*='st-key-run-write-{name}'] {tag}").first


def find_written(page: Page) -> Locator:
    return page.locator(".units").first


def wait_until_written(page: Page) -> str:
    find(page, "run.write_reseed").wait_for(timeout=LIVE_SECONDS * 1000)
    wait_until_idle(page)
    return find_written(page).inner_text()


def test_a_text_is_written_on_for_whoever_has_the_link(
    app_server: AppServer, page: Page, browser_context_factory: NewContext, tmp_path: Path
) -> None:
    (tmp_path / "harbour.txt").write_text(write_prose(120))
    run_id = train(page, app_server, tmp_path / "harbour.txt")

    find_field(page, "prompt", "textarea").fill(BEGINNING)
    length = find_field(page, "length")
    length.fill(str(LENGTH))
    length.press("Tab")
    press(page, "run.write")
    written = wait_until_written(page)
    assert written.startswith(BEGINNING)
    assert page.locator("b", has_text="ship").count() == 0
    units = find_written(page).locator("span")
    assert units.count() == LENGTH + 1  # behind what was given

    units.nth(LENGTH // 2).click()
    expect(page.get_by_text(f"is {LENGTH // 2} of {LENGTH}")).to_be_visible()
    assert find_barriers(page) == []

    elsewhere = browser_context_factory(width=390, height=844).new_page()
    visit(elsewhere, page.url)  # the address alone
    assert wait_until_written(elsewhere) == written

    press(page, "run.write_reseed")
    page.wait_for_url("**seed=2**")
    assert wait_until_written(page) != written
    with app_server.open_record() as store:
        assert store.runs.get(run_id).status is RunStatus.COMPLETED
