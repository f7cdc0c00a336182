"""A search belongs to the server: watched, paused, seen by a second person, ended, judged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lstm_core.data.loading import load_table
from lstm_core.data.series.building.building import build_dataset
from lstm_core.runs.snapshots.search import Role, Search, SearchStatus, TrialStatus
from lstm_core.runs.stores.store import Store
from lstm_core.searches.plan import plan_search
from lstm_core.searches.submission import submit_planned
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from lstm_core.spec.search import parse_search, parse_space
from tests.commands.terminal import write_sine
from tests.journeys.conftest import AppServer, NewContext
from tests.journeys.patience import LIVE_SECONDS
from tests.journeys.screen import find, press, read_message, visit

WAIT = 2 * LIVE_SECONDS * 1000
"""Milliseconds: a few trials, each with a process of its own."""

SPACE = {"model.units": [4, 8, 16], "training.learning_rate": [0.003, 0.01, 0.03]}
SHORT = {
    "training.epochs": 2,
    "training.windows_per_epoch": 64,
    "model.architecture": "vanilla",
    "task.window_normalisation": "last_value",
    "task.horizon": 3,
    "task.lookback": 12,
}

pytestmark = pytest.mark.slow


def test_two_people_steer_one_search(
    app_server: AppServer, page: Page, browser_context_factory: NewContext, tmp_path: Path
) -> None:
    with app_server.open_record() as store:
        search = submit_search(store, write_sine(tmp_path / "sine.csv"))
    address = f"{app_server.url}/tune?id={search.id}"
    visit(page, address)
    # A trial beside the default comes to a score while somebody looks.
    expect(page.get_by_text("best so far").first).to_be_visible(timeout=WAIT)
    expect(find(page, "search.conclude").locator("button").first).to_be_enabled(timeout=WAIT)
    press(page, "search.pause")
    find(page, "search.resume").wait_for(timeout=WAIT)
    expect(page.get_by_text("Paused on request")).to_be_visible(timeout=WAIT)

    other = browser_context_factory(width=390, height=844, color_scheme="dark").new_page()
    visit(other, address)
    find(other, "search.tab").wait_for()
    other.get_by_role("button", name="Go on").click()
    for person in (page, other):
        find(person, "search.pause").wait_for(timeout=WAIT)
    other.get_by_role("button", name="Stop and keep the best").click()
    for person in (page, other):
        expect(find(person, "search.verdict")).to_be_visible(timeout=WAIT)
    assert read_message(page) == read_message(other)

    with app_server.open_record() as store:
        ended = store.searches.get(search.id)
        trials = store.trials.list_of(search.id)
        finals = [run for run in store.trials.list_runs(search.id) if run.role is Role.FINAL]
    assert ended.status is SearchStatus.COMPLETED
    assert 2 <= len(trials) < 1 + ended.num_trials
    assert all(trial.status is not TrialStatus.RUNNING for trial in trials)
    assert len(finals) == 1
    link = page.get_by_role("link", name="trained fully")
    expect(link).to_have_attribute("href", re.compile(finals[0].id))


def submit_search(store: Store, file: Path) -> Search:
    data = SeriesDataSpec(source="csv", name=file.name)
    draft = ExperimentSpec(data=data).with_values(SHORT)
    dataset = build_dataset(load_table(data, file.read_bytes()), data)
    settings = parse_search(
        {"strategy": "random", "num_trials": 60, "slots": 1, "num_confirmations": 2, "num_folds": 1}
    )
    plan, development = plan_search(draft, dataset, settings, parse_space(SPACE))
    return submit_planned(store, plan, dataset, development)
