"""A race belongs to the server: started in one browser, seen and stopped in another."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.status import RunStatus
from tests.commands.terminal import write_sine
from tests.journeys.conftest import AppServer, NewContext
from tests.journeys.idle import wait_until_idle
from tests.journeys.patience import LIVE_SECONDS
from tests.journeys.screen import (
    find,
    read_message,
    type_number,
    upload,
    visit,
)


@pytest.mark.slow
def test_two_people_watch_one_race(
    app_server: AppServer, page: Page, browser_context_factory: NewContext, tmp_path: Path
) -> None:
    visit(page, f"{app_server.url}/data")
    upload(page, write_sine(tmp_path / "sine.csv"))
    find(page, "data.train").wait_for()
    page.get_by_role("link", name="Race").first.click()
    find(page, "race.start").wait_for()
    type_number(page, "race.epochs", 2)
    find(page, "race.start").locator("button").first.dblclick()
    page.wait_for_url("**/race?id=*")

    other = browser_context_factory(width=390, height=844, color_scheme="dark").new_page()
    visit(other, page.url)
    # The first result comes while both of them look.
    for person in (page, other):
        find(person, "race.seconds").wait_for(timeout=LIVE_SECONDS * 1000)
    other.get_by_role("button", name="Stop").click()
    expect(find(page, "race.stop")).to_have_count(0, timeout=LIVE_SECONDS * 1000)
    wait_until_idle(page)
    assert read_message(page) == read_message(other)

    with app_server.open_record() as store:
        (group,) = store.groups.list_newest(GroupKind.RACE)
        runs = store.runs.list_newest(group_id=group.id)
    assert len(runs) == 9
    assert all(run.is_finished for run in runs)
    assert {RunStatus.COMPLETED, RunStatus.CANCELLED} <= {run.status for run in runs}
