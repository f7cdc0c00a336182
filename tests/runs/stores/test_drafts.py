from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lstm_core.errors import NotFoundError, SpecError
from lstm_core.runs.database.tables import DraftRow
from lstm_core.runs.snapshots.draft import MOST_STEPS, Upload
from lstm_core.runs.stores import drafts as module
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec, parse_spec
from tests.runs.records import make_settings

SPEC = ExperimentSpec()
STACK = [{"kind": "gru", "units": 4}]


def age(store: Store, draft_id: str, **how_long: float) -> None:
    with store._database.writing() as session:
        row = session.get(DraftRow, draft_id)
        assert row is not None
        row.used_at = datetime.now(UTC) - timedelta(**how_long)


def test_a_draft_is_found_by_another_process(store: Store, studio_home: Path) -> None:
    spec = SPEC.with_values({"model.architecture": "custom", "model.stack": STACK})
    uploads = (Upload("texts\0.csv", "f" * 64), Upload("labels.csv", "e" * 64))
    draft = store.drafts.begin(spec, uploads=uploads, dataset_id="d" * 64, change="halved")
    with Store.open(make_settings(studio_home)) as other:
        assert other.drafts.get(draft.id) == draft
    assert (draft.spec, draft.dataset_id) == (spec, "d" * 64)
    assert draft.uploads == (Upload("texts.csv", "f" * 64), Upload("labels.csv", "e" * 64))
    assert (draft.change, draft.version) == ("halved", 1)


@pytest.mark.parametrize(
    "draft_id", ["", "a" * 16, "A" * 16, "../../etc/passwd", "a' OR 1=1 --", "\0" * 16, "ä" * 16]
)
def test_an_unknown_or_hostile_id_is_not_found(store: Store, draft_id: str) -> None:
    store.drafts.begin(SPEC)
    for ask in (store.drafts.get, store.drafts.take_back, store.drafts.do_again):
        with pytest.raises(NotFoundError, match="30 days"):
            ask(draft_id)
    with pytest.raises(NotFoundError):
        store.drafts.change(draft_id, SPEC, SPEC)
    with pytest.raises(NotFoundError):
        store.drafts.keep(draft_id, "page", {})


def test_two_tabs_change_what_each_of_them_changed(store: Store) -> None:
    draft = store.drafts.begin(SPEC)
    mine = SPEC.with_values({"training.epochs": 3, "model.units": 8})
    yours = SPEC.with_values({"training.epochs": 5, "task.horizon": 2})
    store.drafts.change(draft.id, SPEC, mine)
    merged = store.drafts.change(draft.id, SPEC, yours).spec
    assert (merged.training.epochs, merged.model.units, merged.task.horizon) == (5, 8, 2)


def test_changes_that_do_not_go_together_are_taken_from_the_last(store: Store) -> None:
    draft = store.drafts.begin(SPEC)
    store.drafts.change(draft.id, SPEC, SPEC.with_values({"data.past_covariates": ["a"]}))
    yours = SPEC.with_values({"data.targets": ["a"]})
    assert store.drafts.change(draft.id, SPEC, yours).spec == yours


def test_changes_at_the_same_moment_are_all_kept(store: Store) -> None:
    draft = store.drafts.begin(SPEC)
    paths = {"training.epochs": 3, "model.units": 8, "task.horizon": 2, "training.seed": 7}

    def change(path: str, value: int) -> None:
        store.drafts.change(draft.id, SPEC, SPEC.with_values({path: value}))

    threads = [threading.Thread(target=change, args=each) for each in paths.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.drafts.get(draft.id).spec == SPEC.with_values(paths)
    assert store.drafts.get(draft.id).version == 1 + len(paths)


def test_a_step_is_taken_back_and_done_again_and_leaves_other_changes_alone(store: Store) -> None:
    draft = store.drafts.begin(SPEC)
    built = SPEC.with_values({"model.architecture": "custom", "model.stack": STACK})
    store.drafts.change(draft.id, SPEC, built, "Build it")
    with_epochs = built.with_values({"training.epochs": 3})
    assert store.drafts.change(draft.id, built, with_epochs).past[-1].words == "Build it"
    back = store.drafts.take_back(draft.id)
    assert back.spec == SPEC.with_values({"training.epochs": 3})
    assert ([*back.past], [step.words for step in back.ahead]) == ([], ["Build it"])
    assert store.drafts.take_back(draft.id) == back  # there is nothing more
    again = store.drafts.do_again(draft.id)
    assert again.spec == with_epochs
    assert store.drafts.do_again(draft.id) == again
    assert store.drafts.get(draft.id).past == again.past


def test_a_new_step_leaves_nothing_to_do_again(store: Store) -> None:
    draft = store.drafts.begin(SPEC)
    for units in range(1, MOST_STEPS + 10):
        before = store.drafts.get(draft.id).spec
        store.drafts.change(
            draft.id, before, before.with_values({"model.units": units}), f"{units} units"
        )
    assert len(store.drafts.get(draft.id).past) == MOST_STEPS
    back = store.drafts.take_back(draft.id)
    assert back.spec.model.units == MOST_STEPS + 8
    other = back.spec.with_values({"model.units": 1})
    assert store.drafts.change(draft.id, back.spec, other, "one unit").ahead == ()


def test_what_can_not_be_taken_back_any_more_is_said_and_nothing_changes(store: Store) -> None:
    draft = store.drafts.begin(SPEC)
    with_target = SPEC.with_values({"data.targets": ["b"]})
    only = SPEC.with_values({"data.targets": ["a"]})
    store.drafts.change(draft.id, SPEC, only)
    store.drafts.change(draft.id, only, with_target, "Predict b")
    seen = store.drafts.get(draft.id)
    store.drafts.change(draft.id, seen.spec, seen.spec.with_values({"data.past_covariates": ["a"]}))
    before = store.drafts.get(draft.id)
    with pytest.raises(SpecError):
        store.drafts.take_back(draft.id)
    assert store.drafts.get(draft.id) == before


def test_what_pages_remember_is_kept_by_name(store: Store) -> None:
    draft = store.drafts.begin(SPEC)
    store.drafts.keep(draft.id, "race", {"seeds": 3})
    store.drafts.keep(draft.id, "tune", [1, float("nan")])
    assert store.drafts.get(draft.id).kept == {"race": {"seeds": 3}, "tune": [1, None]}


def test_nothing_is_written_where_nothing_changes(store: Store) -> None:
    draft = store.drafts.begin(SPEC)
    assert store.drafts.change(draft.id, SPEC, SPEC, "nothing") == draft
    store.drafts.keep(draft.id, "race", 1)
    assert store.drafts.keep(draft.id, "race", 1).version == 2


def test_drafts_are_swept_when_nobody_has_looked_for_long(store: Store) -> None:
    both = (Upload("a", "a" * 64), Upload("b", "b" * 64))
    old = store.drafts.begin(SPEC, uploads=both)
    seen = store.drafts.begin(SPEC, uploads=both[1:], dataset_id="c" * 64)
    for draft in (old, seen):
        age(store, draft.id, days=module.KEPT_DAYS + 1)
    store.drafts.get(seen.id)  # a look is a reason to keep it
    assert store.drafts.list_uploads() == {"a" * 64, "b" * 64}
    assert store.drafts.sweep() == 1
    assert store.drafts.list_uploads() == {"b" * 64}
    with pytest.raises(NotFoundError):
        store.drafts.get(old.id)
    assert store.drafts.sweep() == 0


def test_a_draft_of_another_version_is_told_and_breaks_nothing(store: Store) -> None:
    draft, good = store.drafts.begin(SPEC), store.drafts.begin(SPEC)
    with store._database.writing() as session:
        row = session.get(DraftRow, draft.id)
        assert row is not None
        row.spec = {**row.spec, "schema_version": 99}
    for ask in (store.drafts.get, store.drafts.take_back):
        with pytest.raises(SpecError, match="another version"):
            ask(draft.id)
    with pytest.raises(SpecError, match="another version"):
        store.drafts.change(draft.id, SPEC, parse_spec({}))
    assert store.drafts.get(good.id) == good
    assert store.drafts.list_uploads() == set()
    assert store.drafts.sweep() == 0
    age(store, draft.id, days=module.KEPT_DAYS + 1)
    assert store.drafts.sweep() == 1
