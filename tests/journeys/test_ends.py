"""How a training may end early, and what the page says then."""

from __future__ import annotations

import os
import signal

import pytest
from playwright.sync_api import Page

from lstm_core.runs.snapshots.status import RunStatus
from tests.journeys.conftest import AppServer
from tests.journeys.long_run import queue_long_run
from tests.journeys.screen import (
    find,
    is_training,
    press,
    read_message,
    visit,
    wait_for_epochs,
)
from tests.runs.records import wait_until


def test_stop_ends_the_run_and_keeps_what_it_has_learnt(
    shared_server: AppServer, page: Page
) -> None:
    run_id = queue_long_run(shared_server)
    visit(page, f"{shared_server.url}/run?id={run_id}")
    seen = wait_for_epochs(page, 2)
    press(page, "run.stop")
    message = read_message(page)
    assert not is_training(page)
    page.get_by_role("tab", name="Learning curves").click()
    assert wait_for_epochs(page, seen) >= seen
    with shared_server.open_record() as store:
        run = store.runs.get(run_id)
        assert run.status == RunStatus.CANCELLED
        assert run.verdict is not None
        assert run.message in message
        process = run.process
        assert process is not None
        wait_until(lambda: not process.is_alive, "the stopped run's process has left")


@pytest.mark.slow
def test_a_killed_worker_is_called_interrupted(shared_server: AppServer, page: Page) -> None:
    run_id = queue_long_run(shared_server)
    visit(page, f"{shared_server.url}/run?id={run_id}")
    seen = wait_for_epochs(page, 2)
    with shared_server.open_record() as store:
        process = store.runs.get(run_id).process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        message = read_message(page)  # the page that is open tells it by itself
        run = store.runs.get(run_id)
    assert run.status == RunStatus.INTERRUPTED
    assert run.message in message
    assert wait_for_epochs(page, seen) >= seen
    assert find(page, "run.stop").count() == 0
