"""The server may die and come back: links stay good, and what is training goes on."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from playwright.sync_api import Page

from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from tests.journeys.conftest import ROOT, serve
from tests.journeys.long_run import queue_long_run
from tests.journeys.screen import (
    press,
    read_message,
    visit,
    wait_for_epochs,
    wait_for_forecast,
)
from tests.pages import records


def test_a_shared_link_is_the_first_request_to_a_new_server(
    studio_home: Path, tmp_path: Path, page: Page
) -> None:
    with Store.open(load_settings()) as store:
        run = records.complete(store)
    with serve(ROOT / "app.py", studio_home, tmp_path / "server.log") as server:
        visit(page, f"{server.url}/run?id={run.id}")
        assert str(records.VERDICT["sentence"]) in read_message(page)
        assert wait_for_forecast(page) >= 3
        # Streamlit's own navigation for a folder of pages would be in the sidebar, and list all.
        assert page.get_by_test_id("stSidebarNav").count() == 0
        links = page.get_by_test_id("stTopNavLink")
        addresses = [link.get_attribute("href") or "" for link in links.all()]
        names = [address.removeprefix(server.url) for address in addresses]
        assert names == ["/", "/data", "/model", "/designer", "/tune", "/race", "/runs"]


def test_a_run_outlives_the_server(studio_home: Path, tmp_path: Path, page: Page) -> None:
    app = ROOT / "app.py"
    with serve(app, studio_home, tmp_path / "first.log") as first:
        run_id = queue_long_run(first)
        visit(page, f"{first.url}/run?id={run_id}")
        seen = wait_for_epochs(page, 1)
        with first.open_record() as store:
            before = store.runs.get(run_id)
        os.kill(first.pid, signal.SIGKILL)
        with serve(app, studio_home, tmp_path / "second.log") as second:
            visit(page, f"{second.url}/run?id={run_id}")
            more = wait_for_epochs(page, seen + 2)
            press(page, "run.stop")  # who did not start the process can end it
            verdict = read_message(page)
            wait_for_forecast(page)
            with second.open_record() as store:
                run = store.runs.get(run_id)
                assert len(store.runs.get_epochs(run_id)) >= more > seen
    assert run.status == RunStatus.CANCELLED
    assert run.process == before.process  # the same process, from its beginning to its end
    assert run.verdict is not None
    assert run.message in verdict
