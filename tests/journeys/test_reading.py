"""Tables as people have them, in a browser: what was read amiss is corrected where it shows."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import ExperimentSpec
from tests.journeys.conftest import AppServer
from tests.journeys.idle import wait_until_idle
from tests.journeys.screen import find, press, unfold, upload, visit, wait_for_run
from tests.pages.workbooks import make_workbook


def choose(page: Page, item: str, words: str, then: str) -> None:
    """Open the chip of an item and choose one of its values by its words; wait for its effect.

    Args:
        then: what the chip says.
    """
    chip = find(page, f"chip.{item}").locator("button:visible").first
    chip.click()
    body = page.get_by_test_id("stPopoverBody")
    body.wait_for()
    box = body.get_by_test_id("stSelectbox")
    box.or_(body.get_by_test_id("stButtonGroup")).first.wait_for()  # their code comes on demand
    if box.count():
        box.get_by_role("combobox").click()
        page.get_by_role("option", name=words).click()
    else:
        body.get_by_text(words, exact=True).click()
    expect(chip).to_contain_text(then)
    wait_until_idle(page)
    page.keyboard.press("Escape")
    expect(body).to_have_count(0)


def read_draft(server: AppServer, page: Page) -> ExperimentSpec:
    with server.open_record() as store:
        return store.drafts.get(page.url.partition("draft=")[2]).spec


def train(server: AppServer, page: Page) -> tuple[ExperimentSpec, Dataset]:
    press(page, "data.train")
    run_id = wait_for_run(page)
    with server.open_record() as store:
        run = store.runs.get(run_id)
        return run.spec, store.collections.get_as(run.dataset_id, Dataset)


def test_the_sheet_of_a_workbook_is_chosen(
    shared_server: AppServer, page: Page, tmp_path: Path
) -> None:
    days = [f"{day:%Y-%m-%d}" for day in pd.date_range("2024-01-01", periods=90)]
    sold: list[list[str | float]] = [
        [day, round(50 + 9 * math.sin(n / 7 * 6.3), 2)] for n, day in enumerate(days)
    ]
    costs: list[list[str | float]] = [[day, 5.0 + n % 3] for n, day in enumerate(days[:40])]
    file = tmp_path / "shop.xlsx"
    file.write_bytes(
        make_workbook({"Sales": [["Day", "Units"], *sold], "Costs": [["Day", "Cost"], *costs]})
    )
    visit(page, f"{shared_server.url}/data")
    upload(page, file)
    expect(page.get_by_text("Daily, 90 rows")).to_be_visible()
    choose(page, "member", "Costs", "from: Costs")
    expect(page.get_by_text("Daily, 40 rows")).to_be_visible()
    spec, dataset = train(shared_server, page)
    assert spec.data.reading.member == "Costs"
    assert dataset.roles.targets == ("Cost",)
    assert dataset.num_rows == 40


def test_a_german_table_is_corrected_by_a_chip(
    shared_server: AppServer, page: Page, tmp_path: Path
) -> None:
    days = [f"{day:%d.%m.%Y}" for day in pd.date_range("2024-01-01", periods=60)]
    rows = [f"{day};{1 + n % 7},{200 + n}" for n, day in enumerate(days)]  # 3,205: which is it?
    file = tmp_path / "umsatz.csv"
    file.write_text("\n".join(["Datum;Umsatz", *rows]))
    visit(page, f"{shared_server.url}/data")
    upload(page, file)
    find(page, "data.train").wait_for()
    wait_until_idle(page)
    unfold(page, "reading.sides")
    choose(page, "decimal", "3.5: the point", "decimal point")
    assert read_draft(shared_server, page).data.reading.decimal == "."
    choose(page, "decimal", "3,5: the comma", "decimal comma")
    spec, dataset = train(shared_server, page)
    assert spec.data.reading.decimal == ","
    assert dataset.frame["Umsatz"].tolist()[:2] == [1.2, 2.201]


@pytest.mark.slow
def test_dates_that_can_be_read_two_ways_are_asked_about(
    shared_server: AppServer, page: Page, tmp_path: Path
) -> None:
    rows = [f"{number:02d}/01/2023,{20 + number % 5}" for number in range(1, 13)]
    file = tmp_path / "units.csv"
    file.write_text("\n".join(["date,units", *rows]))
    visit(page, f"{shared_server.url}/data")
    upload(page, file)
    expect(page.get_by_text("Monthly, 12 rows")).to_be_visible()
    question = find(page, "card.ask.data.reading.date_order")
    expect(question.get_by_text("Assumed until you say")).to_be_visible()
    press(page, "card.ask.data.reading.date_order.1")
    expect(page.get_by_text("Daily, 12 rows")).to_be_visible()
    expect(question).to_have_count(0)
    assert read_draft(shared_server, page).data.reading.date_order == "day"
    choose(page, "date_order", "the month: March 4", "month first")
    expect(page.get_by_text("Monthly, 12 rows")).to_be_visible()
    assert read_draft(shared_server, page).data.reading.date_order == "month"
