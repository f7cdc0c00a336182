"""What the doctor found is on the run's page, and a button opens the changed settings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.series.dataset import Dataset
from lstm_core.judging.diagnosis import Diagnosis, Fix
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from tests.pages import records
from tests.pages.tables import SALES
from tests.pages.test_hostile_names import NAMES, assert_escaped
from tests.pages.visiting import (
    get_draft,
    has_button,
    open_page,
    open_untrained,
    read_texts,
    upload,
)
from tests.shares import share

ECHO = Diagnosis("echo", "An echo", "It moves by 1 step.", "Nothing does better.")
OVERFITTING = Diagnosis(
    "overfitting",
    "It learns by heart",
    "The loss rises from 0.1 to 0.2.",
    "Bring more rows.",
    Fix("Hide a fifth", {"model.dropout": 0.2}),
)


def visit(run: Run) -> AppTest:
    return open_page("run", id=run.id)


def read(app: AppTest) -> str:
    return " ".join(read_texts(app)).replace("\\", "")


def make_with_covariate() -> Dataset:
    """The usual daily table, its second target a covariate."""
    dataset = records.make_dataset(extra_targets=["visitors"])
    roles = replace(dataset.roles, targets=("sales",), past_covariates=("visitors",))
    return replace(dataset, roles=roles, observed=dataset.observed[:, :1])


def test_each_diagnosis_is_told_with_its_evidence(store: Store) -> None:
    app = visit(records.complete(store, diagnoses=[ECHO, OVERFITTING]))
    for diagnosis in (ECHO, OVERFITTING):
        for text in (diagnosis.title, diagnosis.evidence, diagnosis.advice):
            assert text in read(app)
    assert app.button(key="run.fix_overfitting").label == "Hide a fifth"
    assert not has_button(app, "run.fix_echo")


def test_where_nothing_is_wrong_one_line_says_so(store: Store) -> None:
    app = visit(records.complete(store, diagnoses=[]))
    assert len([text for text in read_texts(app) if "doctor" in text]) == 1


def test_a_loss_that_no_rule_explains_is_not_called_well(store: Store) -> None:
    lost = records.VERDICT | {"beats_baseline": False}
    run = records.complete(store, verdict=lost, diagnoses=[])
    said = " ".join(read_texts(open_page("run", id=run.id)))
    assert "The doctor knows no cause for this result." in said


def test_a_run_that_no_doctor_has_seen_says_nothing(store: Store) -> None:
    assert "doctor" not in read(visit(records.complete(store)))


def test_a_fix_opens_the_changed_settings_and_they_can_be_trained(store: Store) -> None:
    run = records.complete(store, diagnoses=[OVERFITTING])
    app = visit(run)
    app.button(key="run.fix_overfitting").click().run()
    assert not app.exception
    assert not app.error
    wanted = run.spec.with_values({"model.dropout": 0.2})
    assert get_draft(app).spec == wanted
    assert "Hide a fifth" in read(app)
    assert len(store.runs.list_newest()) == 1  # nothing is trained before it was looked at
    open_page("model", app).button(key="model.train").click().run()
    assert not app.exception
    (trained,) = [found for found in store.runs.list_newest() if found.id != run.id]
    assert trained.spec == wanted
    assert trained.dataset_id == run.dataset_id


def test_a_fix_replaces_what_was_set_before(store: Store) -> None:
    run = records.complete(store, diagnoses=[OVERFITTING])
    app = open_untrained(upload(SALES))
    app.slider(key="model.dropout").set_value(0.5).run()
    open_page("run", app, id=run.id)
    app.button(key="run.fix_overfitting").click().run()
    assert app.slider(key="model.dropout").value == pytest.approx(0.2)
    assert get_draft(app).spec.data == run.spec.data


def test_a_column_can_be_left_out_of_a_recorded_table(store: Store) -> None:
    leak = replace(ECHO, fix=Fix("Leave it out", {"data.past_covariates": []}))
    run = records.complete(store, make_with_covariate(), diagnoses=[leak])
    app = visit(run)
    app.button(key="run.fix_echo").click().run()
    open_page("model", app).button(key="model.train").click().run()
    assert not app.exception
    (trained,) = [found for found in store.runs.list_newest() if found.id != run.id]
    assert trained.spec.data.past_covariates == ()
    kept = store.collections.get_as(trained.dataset_id, Dataset)
    assert list(kept.frame.columns) == ["sales"]
    assert kept.num_rows == records.NUM_ROWS


def test_the_data_page_knows_a_table_that_came_with_a_run(store: Store) -> None:
    app = visit(records.complete(store, diagnoses=[OVERFITTING]))
    app.button(key="run.fix_overfitting").click().run()
    open_page("data", app)
    assert not app.error
    assert "the data of a run, **sales.csv**" in read(app)
    upload(SALES, app=app)
    assert get_draft(app).dataset_id is None
    assert has_button(app, "data.train")


@pytest.mark.parametrize("kind", share(NAMES, list(NAMES)[::4]))
def test_names_in_the_evidence_are_shown_as_they_are(kind: str, store: Store) -> None:
    name = NAMES[kind]
    leak = replace(ECHO, evidence=f'The changes of "{name}" are those of "{name}" later.')
    dataset = records.make_dataset(name=f"{name}.csv"[:200])
    app = visit(records.complete(store, dataset, diagnoses=[leak]))
    assert_escaped(app, name)
