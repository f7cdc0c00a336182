"""What was chosen before Train survives everything that a browser and a server can do to it."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import ROOT, AppServer, NewContext, serve
from tests.journeys.idle import wait_until_idle
from tests.journeys.screen import (
    find,
    follow,
    press,
    type_number,
    unfold,
    upload,
    visit,
    wait_for_run,
)
from tests.pages.tables import make_days, make_wave, to_csv

LONG = to_csv(
    {"day": make_days(400), "sales": make_wave(400), "visitors": make_wave(400, level=50)}
)
"""Rows enough for a network that is trained here."""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "sales.csv"
    file.write_bytes(LONG)
    return file


def find_targets(page: Page) -> Locator:
    return find(page, "columns.targets").locator(".react-aria-ComboBox [data-tag]")


def pick(page: Page, field: Locator, name: str) -> None:
    """Choose from the list of a field by typing."""
    field.press_sequentially(name)
    expect(page.get_by_role("option", name=name)).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")


def predict_both(page: Page) -> None:
    """Pick the other column as well."""
    expect(find_targets(page)).to_have_count(1)
    (other,) = {"sales", "visitors"} - {find_targets(page).inner_text().strip()}
    field = find(page, "columns.targets").locator(".react-aria-ComboBox input")
    pick(page, field, other)


def expect_both(page: Page) -> None:
    """Wait until the card says that both are predicted."""
    expect(find(page, "confirm_card")).to_contain_text(
        re.compile("Predicting (sales, visitors|visitors, sales)")
    )


def expect_number(page: Page, key: str, value: str) -> None:
    expect(find(page, key).locator("input")).to_have_value(value)


def change_number(page: Page, key: str, value: int, auto: str) -> None:
    """Write a number and wait until the draft has it: then Auto is said beside it."""
    type_number(page, key, value)
    page.get_by_text(auto).wait_for()
    wait_until_idle(page)


def turn_by_menu(page: Page, title: str) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text=title).click()
    page.wait_for_url(f"**/{title.lower()}?draft=*")
    wait_until_idle(page)


def test_a_draft_survives_reload_the_way_back_a_second_tab_and_a_new_server(
    studio_home: Path, tmp_path: Path, table: Path, browser_context_factory: NewContext
) -> None:
    app = ROOT / "app.py"
    context = browser_context_factory()
    page = context.new_page()
    with serve(app, studio_home, tmp_path / "first.log") as first:
        visit(page, f"{first.url}/data")
        upload(page, table)
        page.wait_for_url(re.compile(r"/data\?draft=[a-z2-7]{16}$"))
        card = page.url
        unfold(page, "data.roles")
        find(page, "columns.views").get_by_role("tab", name="Role by role").click()
        predict_both(page)
        expect_both(page)
        expect(find(page, "columns.targets")).to_be_visible()  # the form has stayed open
        page.reload()
        expect_both(page)

        turn_by_menu(page, "Model")
        unfold(page, "settings.learning")
        change_number(page, "training.epochs", 2, "Auto: 100")
        page.go_back()
        page.wait_for_url(card)
        find(page, "data.train").wait_for()
        wait_until_idle(page)
        page.go_forward()
        expect_number(page, "training.epochs", "2")

        tab = context.new_page()
        visit(tab, page.url)
        expect_number(tab, "training.epochs", "2")
        change_number(tab, "task.horizon", 5, "Auto: 30")
        change_number(page, "task.lookback", 9, "Auto: 63")
        expect_number(page, "task.horizon", "5")  # what the other tab did is seen, and kept
        tab.close()

        page.goto(card)
        find(page, "data.train").wait_for()
        wait_until_idle(page)
        os.kill(first.pid, signal.SIGKILL)
        port = urlsplit(first.url).port
        with serve(app, studio_home, tmp_path / "second.log", port=port) as second:
            press(page, "data.train")
            run_id = wait_for_run(page)
            with second.open_record() as store:
                spec = store.runs.get(run_id).spec
            assert set(spec.data.targets) == {"sales", "visitors"}
            assert (spec.training.epochs, spec.task.sizes) == (2, (9, 5))
            page.go_back()
            expect_both(page)
            assert page.url == card


@pytest.mark.slow
def test_a_choice_in_another_tab_is_drawn_in_this_one(
    app_server: AppServer, table: Path, browser_context_factory: NewContext
) -> None:
    context = browser_context_factory()
    page, tab = context.new_page(), context.new_page()
    visit(page, f"{app_server.url}/data")
    upload(page, table)
    page.wait_for_url("**/data?draft=*")
    unfold(page, "data.roles")
    find(page, "columns.views").get_by_role("tab", name="Role by role").click()
    visit(tab, page.url)
    unfold(tab, "data.roles")
    find(tab, "columns.views").get_by_role("tab", name="Role by role").click()
    predict_both(tab)
    expect_both(tab)
    field = find(page, "columns.fill").locator("input")
    pick(page, field, "With the value before")
    expect_both(page)
    expect(find_targets(page)).to_have_count(2)


def test_what_is_typed_while_the_page_still_answers_is_kept(
    app_server: AppServer, page: Page, table: Path
) -> None:
    visit(page, f"{app_server.url}/data")
    upload(page, table)
    find(page, "data.train").wait_for()
    follow(page, "model")
    find(page, "model.train").wait_for()
    unfold(page, "settings.learning")
    typed = {"seed": "7", "patience": "", "num_seeds": "1", "epochs": "160"}
    for key, said in typed.items():
        field = find(page, f"training.{key}").locator("input")
        field.fill(said)
        field.press("Enter")
    # With the last of them the server has all, and says so. A page may be idle before: between
    # two answers.
    page.get_by_text("Auto: 100").wait_for()
    wait_until_idle(page)
    for key, said in typed.items():
        expect_number(page, f"training.{key}", said)
    page.reload()
    wait_until_idle(page)
    unfold(page, "settings.learning")
    for key, said in typed.items():
        expect_number(page, f"training.{key}", said)
