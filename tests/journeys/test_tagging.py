"""Tagged sentences in a browser: a file is trained on, and a sentence of one's own is tagged."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import AppServer
from tests.journeys.idle import wait_until_idle
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
from tests.pages.test_tagging import write_conll


def test_a_sentence_is_tagged_by_what_was_learnt_from_a_file(
    app_server: AppServer, page: Page, tmp_path: Path
) -> None:
    (tmp_path / "requests.conll").write_bytes(write_conll(160))
    visit(page, f"{app_server.url}/data")
    upload(page, tmp_path / "requests.conll")
    find(page, "data.train").wait_for()
    expect(page.get_by_text("160 sentences, 800 words, 1 type of entity")).to_be_visible()
    follow(page, "model")
    find(page, "model.train").wait_for()
    unfold(page, "settings.learning")
    type_number(page, "training.epochs", 4)
    type_number(page, "training.num_seeds", 1)
    press(page, "model.train")
    wait_for_run(page)
    assert read_message(page)
    find(page, "run.try_text").locator("textarea").fill("go to Lima at 12")
    press(page, "run.try_ask")
    found = page.locator("[class*=st-key-run-try_][class*=_word]").first
    found.wait_for()
    wait_until_idle(page)
    answer = page.locator("p[dir=auto]").first
    expect(answer).to_contain_text("Lima place")
    address = page.url
    page.get_by_role("tab", name="Mistakes").click()
    wait_until_idle(page)
    visit(page, address)  # whoever follows the link sees the same
    expect(page.locator("p[dir=auto]").first).to_contain_text("Lima place")
