"""Two people, one race: chosen, started once, followed, stopped, judged and deleted."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.races.plan import DRAFT, FEWEST_SEEDS
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from tests.pages import records
from tests.pages.tables import SALES
from tests.pages.visiting import get_draft, has_button, open_page, read_texts, upload
from tests.races.records import LABELS, run_race, submit_race

CLEAR = {"LSTM": (0.80, 0.81, 0.82), "GRU": (0.60, 0.61, 0.62), "Simple RNN": (None,) * 3}
LEVEL = {"LSTM": (0.80, 0.81, 0.82), "GRU": (0.81, 0.80, 0.83)}
SECONDS = {"LSTM": 4.0, "GRU": 2.0}


def open_form() -> AppTest:
    return open_page("race", upload(SALES))


def choose(app: AppTest, *names: str) -> AppTest:
    app.pills(key="race.names").set_value(list(names)).run()
    assert not app.exception, app.exception
    return app


def read(app: AppTest) -> str:
    return " ".join(read_texts(app)).replace("\\", "")


def list_links(app: AppTest, page: str) -> list[str]:
    links = [link.proto.query_string for link in app.page_link if link.proto.page == page]
    return [link.removeprefix("id=") for link in links if link]


def test_without_data_there_is_nothing_to_race_on() -> None:
    app = open_page("race")
    assert "Choose the data first" in app.info[0].value
    assert not has_button(app, "race.start")


def test_a_race_is_told_before_it_starts() -> None:
    app = choose(open_form(), "vanilla", "gru", "simple_rnn")
    assert "**9 runs**: 3 networks, 3 seeds each" in read(app)
    app.number_input(key="race.seeds").set_value(5).run()
    app.number_input(key="race.epochs").set_value(7).run()
    text = read(app)
    assert "**15 runs**: 3 networks, 5 seeds each, at most 7 passes a run" in text
    assert "Passes at most: 7" in text
    assert app.dataframe[0].value["Network"].tolist() == list(LABELS)


def test_start_queues_all_runs_once_and_opens_the_race(store: Store) -> None:
    app = choose(open_form(), "vanilla", "gru")
    app.number_input(key="race.epochs").set_value(7).run()
    app.button(key="race.start").click().run()
    (group,) = store.groups.list_newest(GroupKind.RACE)
    assert app.query_params["id"] == group.id
    runs = store.runs.list_newest(group_id=group.id)
    assert {run.status for run in runs} == {RunStatus.QUEUED}
    assert sorted((run.label, run.spec.training.seed) for run in runs) == [
        (label, seed) for label in ("GRU", "LSTM") for seed in (42, 43, 44)
    ]
    assert {run.spec.training.epochs for run in runs} == {7}
    assert {run.spec.training.num_seeds for run in runs} == {1}
    assert {run.spec.task.shrink for run in runs} == {False}
    assert len({run.spec.task for run in runs}) == 1


def test_a_script_that_runs_twice_starts_one_race(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = choose(open_form(), "vanilla", "gru")

    def stay(race_id: str) -> None:
        """The script is interrupted before it opens the race's page."""

    monkeypatch.setattr("pages._ui.data.submission.open_race", stay)
    app.button(key="race.start").click().run()
    key = app.session_state["race.start.submission"]
    app.button(key="race.start").click().run()  # the same click again
    assert app.session_state["race.start.submission"] == key
    assert len(store.groups.list_newest()) == 1
    assert len(store.runs.list_newest()) == 2 * FEWEST_SEEDS
    app.run()
    app.button(key="race.start").click().run()  # another one
    assert len(store.groups.list_newest()) == 2


def test_too_few_networks_are_no_race() -> None:
    app = choose(open_form(), "gru")
    assert "at least two" in app.error[0].value
    assert not has_button(app, "race.start")


def test_the_draft_takes_part_under_its_own_name(store: Store) -> None:
    app = upload(SALES)
    open_page("model", app)
    app.selectbox(key="model.architecture").set_value("vanilla").run()
    app.number_input(key="training.learning_rate").set_value(0.03).run()
    choose(open_page("race", app), DRAFT, "gru").button(key="race.start").click().run()
    (group,) = store.groups.list_newest()
    assert group.settings["contestants"] == ["Your draft (LSTM)", "GRU"]
    rates = {
        run.label: run.spec.training.learning_rate
        for run in store.runs.list_newest(group_id=group.id)
    }
    assert rates == {"Your draft (LSTM)": 0.03, "GRU": None}


def test_an_address_that_leads_nowhere_is_told() -> None:
    app = open_page("race", id="a" * 16)
    assert "This race is not in the record" in app.error[0].value


def test_a_race_under_way_can_be_seen_by_its_address_and_stopped(store: Store) -> None:
    group = submit_race(store)
    app = open_page("race", id=group.id)
    assert "0 of 9 runs done" in read(app)
    assert len(list_links(app, "run")) == 9
    assert app.dataframe[0].value["Runs"].tolist() == ["0 of 3 done, waiting"] * 3
    app.button(key="race.stop").click().run()
    assert {run.status for run in store.runs.list_newest(group_id=group.id)} == {
        RunStatus.CANCELLED
    }
    assert not has_button(app, "race.stop")
    assert "There is no result." in read(app)


def test_stopping_keeps_what_is_done(store: Store) -> None:
    group = run_race(store, LEVEL, SECONDS)
    spec = store.runs.list_newest()[0].spec.update("training", {"seed": 9})
    extra = store.runs.submit(spec, group.dataset_id)
    _join(store, extra.id, group)
    app = open_page("race", id=group.id)
    app.button(key="race.stop").click().run()
    assert [run.status for run in store.runs.list_newest(group_id=group.id)].count(
        RunStatus.COMPLETED
    ) == 6


def test_the_end_says_what_the_difference_is_worth(store: Store) -> None:
    app = open_page("race", id=run_race(store, CLEAR, SECONDS).id)
    text = app.success[0].value.replace("\\", "")
    assert "GRU has the smallest error, 25% below LSTM" in text
    assert "Without a result: Simple RNN" in text
    table = app.dataframe[0].value
    assert table["Network"].tolist()[:3] == ["GRU", "LSTM", "Simple RNN"]
    assert table["Runs"].tolist()[2] == "0 of 3 done, 3 without a result"
    assert "Simple RNN:** The loss became NaN" in read(app)
    assert len(app.get("plotly_chart")) == 2


def test_a_difference_that_may_be_chance_is_no_success(store: Store) -> None:
    app = open_page("race", id=run_race(store, LEVEL, SECONDS).id)
    assert not app.success
    assert "take GRU: it needs half of the time" in app.info[0].value.replace("\\", "")


def test_the_network_to_take_becomes_the_draft(store: Store) -> None:
    group = run_race(store, LEVEL, SECONDS)
    app = open_page("race", id=group.id)
    app.button(key="race.take").click().run()
    draft = get_draft(app)
    assert draft.dataset_id == group.dataset_id
    assert (draft.spec.training.num_seeds, draft.spec.task.shrink) == (None, None)


def test_runs_without_a_result_are_not_counted_as_done(store: Store) -> None:
    group = run_race(store, CLEAR, SECONDS)
    extra = store.runs.submit(
        store.runs.list_newest()[0].spec.update("training", {"seed": 9}), group.dataset_id
    )
    _join(store, extra.id, group)
    text = read(open_page("race", id=group.id))
    assert "6 of 9 runs done, 3 ended without a result" in text
    assert not has_button(open_page("race", id=group.id), "race.missing")  # it is not over


def test_the_missing_runs_of_a_race_are_made_once_more(store: Store) -> None:
    group = run_race(store, {"LSTM": (0.8, None, 0.82), "GRU": (0.6, 0.61, None)}, SECONDS)
    app = open_page("race", id=group.id)
    app.button(key="race.missing").click().run()
    assert not app.exception
    runs = store.runs.list_newest(group_id=group.id)
    queued = [run for run in runs if run.status is RunStatus.QUEUED]
    assert sorted((run.label, run.spec.training.seed) for run in queued) == [
        ("GRU", 2),
        ("LSTM", 1),
    ]
    assert len(runs) == 8
    assert "4 of 6 runs done" in read(app)
    assert not has_button(app, "race.missing")


def test_a_complete_race_misses_nothing(store: Store) -> None:
    app = open_page("race", id=run_race(store, LEVEL, SECONDS).id)
    assert not has_button(app, "race.missing")


def test_a_race_is_deleted_with_its_runs(store: Store) -> None:
    app = open_page("race", id=run_race(store, LEVEL, SECONDS).id)
    assert app.button(key="race.delete").proto.type != "primary"
    app.button(key="race.delete").click().run()
    assert not app.exception
    assert (store.groups.list_newest(), store.runs.list_newest()) == ([], [])
    (deleted,) = store.deletions.list_deleted()
    app.button(key=f"deleted.undo_{deleted.id}").click().run()
    assert not app.exception
    assert ([each.id for each in store.groups.list_newest()], len(store.runs.list_newest())) == (
        [deleted.id],
        6,
    )


def test_all_races_are_listed(store: Store) -> None:
    groups = [run_race(store, LEVEL, SECONDS), submit_race(store)]
    app = open_page("race")
    assert list_links(app, "race") == [group.id for group in reversed(groups)]


def test_runs_of_a_race_stand_together_and_lead_to_it(store: Store) -> None:
    alone = records.complete(store)
    group = run_race(store, LEVEL, SECONDS)
    app = open_page("runs")
    assert list_links(app, "race") == [group.id]
    own = [run.id for run in store.runs.list_newest(group_id=group.id)]
    assert list_links(app, "run") == [*own, alone.id]
    page = open_page("run", id=own[0])
    assert list_links(page, "race") == [group.id]
    assert "GRU, seed 2" in read(page)
    assert list_links(open_page("run", id=alone.id), "race") == []


def test_names_from_files_are_shown_as_they_are(store: Store) -> None:
    dataset = records.make_dataset(name="**[bad](http://evil)**.csv")
    settings = {"contestants": ["LSTM", "GRU"], "seeds": [1, 2, 3]}
    group = store.groups.submit(GroupKind.RACE, store.collections.add(dataset), settings)
    app = open_page("race", id=group.id)
    assert "[bad](" not in " ".join(read_texts(app))


def _join(store: Store, run_id: str, group: RunGroup) -> None:
    from tests.runs.records import change_row

    change_row(store, run_id, group_id=group.id, label="GRU")
