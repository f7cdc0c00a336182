"""Tagged sentences, end to end: a file goes in, a sentence gets its names, a link shows them."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from lstm_core.runs.snapshots.status import RunStatus
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
from tests.pages.test_tagging import REQUESTS

NUM_EPOCHS = 12
SENTENCE = "please meet Ada Nr3 in <b>Rome</b> at zebra"


def train(page: Page, server: AppServer, file: Path) -> str:
    """Bring a file, train one small network on it and wait for its result; return the run's id."""
    visit(page, f"{server.url}/data")
    upload(page, file)
    find(page, "data.train").wait_for()
    expect(page.get_by_text("60 sentences")).to_be_visible()
    follow(page, "model")
    find(page, "model.train").wait_for()
    type_number(page, "task.num_folds", 1)
    unfold(page, "settings.learning")
    type_number(page, "training.epochs", NUM_EPOCHS)
    type_number(page, "training.num_seeds", 1)
    press(page, "model.train")
    run_id = wait_for_run(page)
    read_message(page)
    wait_until_idle(page)
    return run_id


def wait_for_answer(page: Page) -> str:
    said = page.get_by_text(re.compile("The model finds"))
    said.wait_for(timeout=LIVE_SECONDS * 1000)
    wait_until_idle(page)
    return str(said.inner_text())


def test_a_sentence_gets_its_entities_marked_for_whoever_has_the_link(
    app_server: AppServer, page: Page, browser_context_factory: NewContext, tmp_path: Path
) -> None:
    (tmp_path / "requests.conll").write_bytes(REQUESTS)
    run_id = train(page, app_server, tmp_path / "requests.conll")

    find(page, "run.try_text").locator("textarea").fill(SENTENCE)
    press(page, "run.try_ask")
    said = wait_for_answer(page)
    marked = page.locator("p[dir=auto]").first
    expect(marked).to_contain_text("meet")
    assert page.locator("b", has_text="Rome").count() == 0
    expect(page.get_by_text("words were never met in training")).to_be_visible()
    assert find_barriers(page) == []

    elsewhere = browser_context_factory(width=390, height=844).new_page()
    visit(elsewhere, page.url)  # the address alone
    assert wait_for_answer(elsewhere) == said
    assert find(elsewhere, "run.try_text").locator("textarea").input_value() == SENTENCE

    page.get_by_role("tab", name="Mistakes").click()
    cells = find(page, "run.confusion").locator(".scatterlayer .points path")
    cells.first.click(force=True)
    expect(page.get_by_text("said to be one")).to_be_visible()
    with app_server.open_record() as store:
        assert store.runs.get(run_id).status is RunStatus.COMPLETED
