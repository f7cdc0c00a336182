"""Labelled sequences, end to end: a file goes in, a sentence gets its label, a link shows it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
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
    wait_for_epochs,
    wait_for_run,
)

NUM_ITEMS = 120
NUM_EPOCHS = 30
GLAD, SAD = ("lovely", "bright", "gentle"), ("dreadful", "bleak", "harsh")
THINGS = ("garden", "film", "day", "road", "house", "song")

_SPOKEN = re.compile("Most (for|against)|No part of it")


def train(page: Page, server: AppServer, file: Path) -> str:
    """Bring a file, train one small network on it and wait for its result; return the run's id."""
    visit(page, f"{server.url}/data")
    upload(page, file)
    find(page, "data.train").wait_for()
    follow(page, "model")
    find(page, "model.train").wait_for()
    type_number(page, "task.num_folds", 1)
    unfold(page, "settings.learning")
    type_number(page, "training.epochs", NUM_EPOCHS)
    type_number(page, "training.num_seeds", 1)
    press(page, "model.train")
    run_id = wait_for_run(page)
    wait_for_epochs(page, 2)
    read_message(page)
    wait_until_idle(page)
    return run_id


def wait_for_answer(page: Page) -> None:
    page.get_by_text(_SPOKEN).first.wait_for(timeout=LIVE_SECONDS * 1000)
    wait_until_idle(page)


@pytest.mark.slow
def test_a_sentence_gets_its_label_with_its_words_marked_for_whoever_has_the_link(
    app_server: AppServer, page: Page, browser_context_factory: NewContext, tmp_path: Path
) -> None:
    generator = np.random.default_rng(0)
    rows = [
        {
            "text": f"what a {generator.choice(GLAD if number % 2 else SAD)} time in the "
            f"{generator.choice(THINGS)}, number {number}",
            "mood": "glad" if number % 2 else "sad",
        }
        for number in range(NUM_ITEMS)
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "moods.csv", index=False)
    run_id = train(page, app_server, tmp_path / "moods.csv")

    sentence = "A dreadful zebra <b>bit</b> me"
    find(page, "run.try_text").locator("textarea").fill(sentence)
    press(page, "run.try_ask")
    wait_for_answer(page)
    said = page.get_by_role("heading", name=re.compile("% sure")).inner_text()
    marked = page.locator("span", has_text=re.compile("^dreadful$"))
    expect(marked).to_have_attribute("style", re.compile("background"))
    expect(page.get_by_text("never met in training")).to_be_visible()
    assert page.locator("b", has_text="bit").count() == 0
    assert find_barriers(page) == []

    elsewhere = browser_context_factory().new_page()
    visit(elsewhere, page.url)  # the address alone
    wait_for_answer(elsewhere)
    assert elsewhere.get_by_role("heading", name=re.compile("% sure")).inner_text() == said
    assert find(elsewhere, "run.try_text").locator("textarea").input_value() == sentence
    with app_server.open_record() as store:
        assert store.runs.get(run_id).status is RunStatus.COMPLETED


@pytest.mark.slow
def test_a_signal_is_drawn_over_what_spoke_for_its_label(
    app_server: AppServer, page: Page, browser_context_factory: NewContext, tmp_path: Path
) -> None:
    generator = np.random.default_rng(0)
    steps = np.arange(24)
    waves = [
        np.sin((0.4 if number % 2 else 1.3) * steps + generator.uniform(0, 6))
        for number in range(NUM_ITEMS)
    ]
    table = pd.DataFrame(np.round(waves, 3), columns=[f"step {step}" for step in steps])
    table.insert(0, "pace", ["slow" if number % 2 else "fast" for number in range(NUM_ITEMS)])
    table.to_csv(tmp_path / "waves.csv", index=False)
    train(page, app_server, tmp_path / "waves.csv")

    press(page, "run.try_draw")
    wait_for_answer(page)
    expect(page.get_by_text("its label is")).to_be_visible()
    find(page, "run.try_spoken").locator(".js-plotly-plot").wait_for()
    said = page.get_by_role("heading", name=re.compile("% sure")).inner_text()

    elsewhere = browser_context_factory().new_page()
    visit(elsewhere, page.url)
    wait_for_answer(elsewhere)
    assert elsewhere.get_by_role("heading", name=re.compile("% sure")).inner_text() == said
