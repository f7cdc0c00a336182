"""Searches as lines: on their own page, and among the runs without a line for each of theirs."""

from __future__ import annotations

from lstm_core.runs.snapshots.search import SearchStatus
from lstm_core.runs.stores.store import Store
from tests.pages import records as runs
from tests.pages.test_tune_panel import list_links, read
from tests.pages.visiting import open_page
from tests.searches import records


def test_all_searches_are_listed(store: Store) -> None:
    done = records.complete_search(store)
    paused = records.end_search(store, SearchStatus.PAUSED, (0.8,), "Paused on request.")
    app = open_page("tune")
    assert list_links(app, "tune") == [paused.id, done.id]
    text = read(app)
    assert "Tuning paid" in text
    assert "Paused on request. · 1 of 8 trials · best so far: trial 1 with MASE 0.8" in text


def test_a_search_is_one_line_among_the_runs_and_its_runs_are_folded(store: Store) -> None:
    before = runs.complete(store)
    search = records.start_search(store, [0.8, "failed", None])
    after = runs.complete(store)
    app = open_page("runs")
    assert list_links(app, "tune") == [search.id]
    assert list_links(app, "run") == [after.id, before.id]
    app.session_state[f"runs.search_{search.id}"] = True
    app.run()
    assert not app.exception
    assert len(list_links(app, "run")) == 2 + 4
    text = read(app)
    assert "Trial 2, seed 42: failed" in text
    assert "Trial 3, seed 42: training" in text


def test_many_runs_of_a_search_are_never_all_listed(store: Store) -> None:
    search = records.start_search(store, [0.8] * 25, num_epochs=0)
    app = open_page("runs")
    app.session_state[f"runs.search_{search.id}"] = True
    app.run()
    assert len(list_links(app, "run")) == 20
    assert "The newest 20 of 26" in read(app)


def test_recent_runs_are_those_that_somebody_started(store: Store) -> None:
    alone = runs.complete(store)
    records.start_search(store, [0.8, 0.9, 0.7])
    assert list_links(open_page("home"), "run") == [alone.id]


def test_a_run_leads_to_its_search(store: Store) -> None:
    search = records.start_search(store, [0.8, "pruned"])
    for run in store.trials.list_runs(search.id):
        app = open_page("run", id=run.id)
        assert list_links(app, "tune") == [search.id]
        assert list_links(app, "race") == []
