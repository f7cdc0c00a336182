"""Labelled texts in a browser: a file is understood, a question answered, a run opened."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import AppServer
from tests.journeys.idle import wait_until_idle
from tests.journeys.screen import find, press, unfold, upload, visit, wait_for_run
from tests.pages.tables import to_csv


def test_texts_are_understood_asked_about_and_trained_on(
    app_server: AppServer, page: Page, tmp_path: Path
) -> None:
    words = ["fine", "poor"]
    table = to_csv(
        {
            "text": [f"what a {words[n % 2]} thing it was, number {n}" for n in range(60)],
            "label": [words[n % 2] for n in range(60)],
            "shop": [f"shop {n // 6}" for n in range(60)],
        }
    )
    (tmp_path / "reviews.csv").write_bytes(table)
    visit(page, f"{app_server.url}/data")
    upload(page, tmp_path / "reviews.csv")
    find(page, "data.train").wait_for()
    expect(page.get_by_text("60 texts, 2 labels, evenly spread")).to_be_visible()
    unfold(page, "data.roles")
    press(page, "card.group.together")
    expect(find(page, "card.group")).to_have_count(0)
    wait_until_idle(page)
    press(page, "data.train")
    wait_for_run(page)
    page.get_by_role("heading", name="label · reviews.csv").wait_for()
