from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.listing import PAGE_SIZE, Standing
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from tests.pages import records
from tests.pages.visiting import has_button, open_page, read_texts


def list_linked_runs(app: AppTest) -> list[str]:
    links = [link.proto.query_string for link in app.page_link if link.proto.page == "run"]
    return [link.removeprefix("id=") for link in links]


@pytest.fixture
def run(store: Store) -> Run:
    return records.complete(store)


def test_an_empty_record_leads_home() -> None:
    app = open_page("runs")
    assert not app.button
    assert len(app.page_link) == 1


def test_every_run_can_be_opened_newest_first(store: Store) -> None:
    runs = records.seed_every_status(store)
    assert list_linked_runs(open_page("runs")) == [run.id for run in runs.values()][::-1]


def test_many_runs_are_looked_at_a_page_at_a_time(store: Store) -> None:
    dataset_id = store.collections.add(records.make_dataset())
    names = [f"run {number:03}" for number in range(PAGE_SIZE + 5)]
    runs = [store.runs.submit(ExperimentSpec(), dataset_id, name=name) for name in names]
    newest = [run.id for run in runs][::-1]
    app = open_page("runs")
    assert list_linked_runs(app) == newest[:PAGE_SIZE]
    assert app.button(key="runs.newer").disabled
    app.button(key="runs.older").click().run()
    assert list_linked_runs(app) == newest[PAGE_SIZE:]
    assert any("51 to 55 of 55" in text for text in read_texts(app))
    assert app.button(key="runs.older").disabled
    app.text_input(key="runs.text").set_value("run 00").run()
    assert list_linked_runs(app) == [run.id for run in runs[:10]][::-1]
    assert not has_button(app, "runs.older")
    app.selectbox(key="runs.standing").set_value(Standing.COMPLETED).run()
    assert list_linked_runs(app) == []
    assert "Nothing of that kind" in app.info[0].value
    app.selectbox(key="runs.standing").set_value(Standing.ANY)
    app.text_input(key="runs.text").set_value("").run()
    assert list_linked_runs(app) == newest[:PAGE_SIZE]
    app.button(key="runs.older").click().run()
    app.button(key="runs.newer").click().run()
    assert list_linked_runs(app) == newest[:PAGE_SIZE]


def test_few_runs_are_not_asked_for(run: Run) -> None:
    app = open_page("runs")
    assert not app.text_input
    assert not has_button(app, "runs.older")


def test_those_that_wait_say_how_many_are_before_them(store: Store) -> None:
    first, second = records.submit(store), records.submit(store)
    said = " ".join(read_texts(open_page("runs")))
    assert "It is the next one." in said
    assert "1 before it." in said
    assert [run.status for run in (first, second)] == [RunStatus.QUEUED] * 2


def test_only_finished_runs_can_be_deleted(store: Store) -> None:
    runs = records.seed_every_status(store)
    app = open_page("runs")
    for status, run in runs.items():
        assert app.button(key=f"runs.delete_{run.id}").disabled == (not status.is_finished)


def test_deleting_asks_first(run: Run, store: Store) -> None:
    app = open_page("runs")
    app.button(key=f"runs.delete_{run.id}").click().run()
    assert [kept.id for kept in store.runs.list_newest()] == [run.id]
    app.button(key="runs.confirm").click().run()
    assert store.runs.list_newest() == []
    assert list_linked_runs(app) == []
    assert not has_button(app, "runs.confirm")


def test_deleting_is_not_what_a_page_urges_to(run: Run, store: Store) -> None:
    app = open_page("runs")
    app.button(key=f"runs.delete_{run.id}").click().run()
    assert app.button(key="runs.confirm").proto.type != "primary"


def test_a_deletion_can_be_undone_by_whoever_comes(run: Run, store: Store) -> None:
    app = open_page("runs")
    app.button(key=f"runs.delete_{run.id}").click().run()
    app.button(key="runs.confirm").click().run()
    assert has_button(app, f"deleted.undo_{run.id}")
    later = open_page("runs")
    assert any("**Deleted** just now" in text for text in read_texts(later))
    later.button(key=f"deleted.undo_{run.id}").click().run()
    assert not later.exception
    assert [kept.id for kept in store.runs.list_newest()] == [run.id]
    assert list_linked_runs(later) == [run.id]
    assert not has_button(later, f"deleted.undo_{run.id}")


def test_the_address_of_a_deleted_run_offers_to_undo_that(run: Run, store: Store) -> None:
    store.deletions.delete_run(run.id)
    app = open_page("run", id=run.id)
    assert "not in the record" in app.error[0].value
    app.button(key=f"deleted.undo_{run.id}").click().run()
    assert not app.error
    assert store.runs.get(run.id) == run


def test_what_was_swept_can_not_be_undone(run: Run, store: Store) -> None:
    store.deletions.delete_run(run.id)
    app = open_page("runs")
    store.leftovers.sweep(undo_seconds=0)
    app.button(key=f"deleted.undo_{run.id}").click().run()
    assert not app.exception
    assert store.runs.list_newest() == []
    assert not has_button(open_page("runs"), f"deleted.undo_{run.id}")


def test_the_question_can_be_answered_with_no(run: Run, store: Store) -> None:
    app = open_page("runs")
    app.button(key=f"runs.delete_{run.id}").click().run()
    app.button(key="runs.keep").click().run()
    assert not has_button(app, "runs.confirm")
    assert [kept.id for kept in store.runs.list_newest()] == [run.id]


def test_the_answer_concerns_the_run_that_was_asked_about_last(run: Run, store: Store) -> None:
    other = records.end(store, RunStatus.FAILED, "It failed.")
    app = open_page("runs")
    app.button(key=f"runs.delete_{run.id}").click().run()
    app.button(key=f"runs.delete_{other.id}").click().run()
    app.button(key="runs.confirm").click().run()
    assert [kept.id for kept in store.runs.list_newest()] == [run.id]


def test_a_run_that_somebody_else_deleted_meanwhile_is_told(run: Run, store: Store) -> None:
    app = open_page("runs")
    app.button(key=f"runs.delete_{run.id}").click().run()
    store.deletions.delete_run(run.id)
    app.run()
    assert not app.exception
    assert list_linked_runs(app) == []


def test_a_vanished_run_is_listed_as_interrupted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = records.start(store)
    monkeypatch.setattr("lstm_core.runs.process.ProcessIdentity.is_alive", False)
    app = open_page("runs")
    assert store.runs._load(run.id).status == RunStatus.INTERRUPTED
    assert not app.button(key=f"runs.delete_{run.id}").disabled
