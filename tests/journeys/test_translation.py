"""Dates that are read, end to end: pairs go in, a date comes out, a link shows where it looked."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from lstm_core.data.pairs.samples.dates import make_dates
from lstm_core.runs.snapshots.status import RunStatus
from tests.journeys.axe import find_barriers
from tests.journeys.conftest import AppServer, NewContext
from tests.journeys.idle import wait_until_idle
from tests.journeys.patience import LIVE_SECONDS
from tests.journeys.screen import (
    STAND_STILL,
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
from tests.pages.tables import to_csv

NUM_PAIRS, NUM_EPOCHS = 300, 2
DATE = "Saturday, <b>January</b> 18th, 1964"


def train(page: Page, server: AppServer, file: Path) -> str:
    """Bring pairs, train a small network on them and wait for its result; return the run's id."""
    visit(page, f"{server.url}/data")
    upload(page, file)
    find(page, "data.train").wait_for()
    expect(page.get_by_text("5 folds of 60 pairs")).to_be_visible()
    follow(page, "model")
    find(page, "model.train").wait_for()
    type_number(page, "task.num_folds", 1)
    unfold(page, "settings.learning")
    type_number(page, "training.epochs", NUM_EPOCHS)
    press(page, "model.train")
    run_id = wait_for_run(page)
    read_message(page)
    wait_until_idle(page)
    return run_id


def wait_for_answer(page: Page) -> str:
    """Return the best translation, once it is there."""
    page.get_by_text("choose one to look at").first.wait_for(timeout=LIVE_SECONDS * 1000)
    wait_until_idle(page)
    return page.get_by_role("radio").first.locator("xpath=ancestor::label").inner_text()


def test_a_date_is_translated_and_its_attention_looked_at_by_whoever_has_the_link(
    app_server: AppServer, page: Page, browser_context_factory: NewContext, tmp_path: Path
) -> None:
    dates = make_dates().select(range(NUM_PAIRS))
    table = to_csv({"written": dates.sources.tolist(), "iso": dates.targets.tolist()})
    (tmp_path / "dates.csv").write_bytes(table)
    run_id = train(page, app_server, tmp_path / "dates.csv")

    find(page, "run.try_text").locator("textarea").fill(DATE)
    press(page, "run.try_ask")
    said = wait_for_answer(page)
    assert page.locator("b", has_text="January").count() == 0

    given = page.locator("[class^='align-'] .g0")
    expect(given).to_have_text("S")
    before = given.evaluate("unit => getComputedStyle(unit).backgroundColor")
    given.hover()
    expect(given).not_to_have_css("background-color", before)
    expect(page.locator("[class^='align-'] .s0")).to_have_attribute(
        "title", re.compile("^looked at “.+”: [<>]?[0-9]+%$")
    )

    looking = page.locator("[class*='_looking']").first
    looking.locator("summary").click()
    looking.evaluate(STAND_STILL)
    expect(looking.locator(".js-plotly-plot .heatmaplayer image").first).to_be_visible()
    wait_until_idle(page)
    assert find_barriers(page) == []

    elsewhere = browser_context_factory(width=390, height=844).new_page()
    visit(elsewhere, page.url)  # the address alone
    assert wait_for_answer(elsewhere) == said
    assert find(elsewhere, "run.try_text").locator("textarea").input_value() == DATE

    page.get_by_role("tab", name="Held-out texts").click()
    expect(page.get_by_text("Choose a row to see it closer.")).to_be_visible()
    with app_server.open_record() as store:
        assert store.runs.get(run_id).status is RunStatus.COMPLETED
