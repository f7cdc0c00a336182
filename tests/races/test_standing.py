"""What a race has come to is read from its runs alone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_core.errors import NotFoundError
from lstm_core.races.results import read_standings
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from tests.pages.records import PRETRAINED
from tests.races.records import LABELS, run_race, submit_race
from tests.runs.records import change_row

ERRORS = {"LSTM": (0.8, 0.7, 0.9), "GRU": (0.6, None, 0.5), "Simple RNN": (None, None, None)}
SECONDS = {"LSTM": 4.0, "GRU": 2.0}


@pytest.fixture
def store(studio_home: Path) -> Iterator[Store]:
    with Store.open(load_settings()) as store:
        yield store


def test_contestants_are_ranked_by_their_mean_error(store: Store) -> None:
    standings = read_standings(store, run_race(store, ERRORS, SECONDS))
    assert [each.label for each in standings.contestants] == ["GRU", "LSTM", "Simple RNN"]
    assert [each.label for each in standings.judged] == ["GRU", "LSTM"]
    gru, lstm, rnn = standings.contestants
    assert (gru.scores, lstm.scores, rnn.scores) == ((0.6, 0.5), (0.8, 0.7, 0.9), ())
    assert (gru.score, lstm.score) == (pytest.approx(0.55), pytest.approx(0.8))
    assert math.isnan(rnn.score)
    assert (lstm.deviation, rnn.deviation) == (pytest.approx(0.1), None)
    assert (gru.seconds, lstm.seconds, rnn.seconds) == (2.0, 4.0, None)
    assert lstm.num_parameters == 4_000
    assert (rnn.reason, lstm.reason) == ("The loss became NaN. Lower the rate.", "")
    assert (standings.num_finished, standings.num_planned, standings.is_running) == (9, 9, False)
    assert standings.measure.key == "mase"


def test_the_best_baseline_is_told_in_words(store: Store) -> None:
    rival = read_standings(store, run_race(store, ERRORS, SECONDS)).rival
    assert rival is not None
    assert rival.score == 1.0
    assert rival.words.startswith("repeating")


def test_another_model_beside_the_runs_is_no_contestant_and_no_rival(store: Store) -> None:
    group = run_race(store, ERRORS, SECONDS)
    done = next(run for run in store.runs.list_newest(group_id=group.id) if run.metrics)
    assert read_standings(store, group).peers == ()
    verdict = {**(done.verdict or {}), "pretrained": PRETRAINED}
    change_row(store, done.id, verdict=verdict)
    standings = read_standings(store, group)
    assert [(each.words, each.score) for each in standings.peers] == [
        ("Pre-trained LSTM (on some of it)", 0.5)
    ]
    assert standings.rival is not None
    assert standings.rival.score == 1.0
    assert len(standings.contestants) == 3


def test_without_mase_errors_are_in_the_units_of_the_target(store: Store) -> None:
    group = run_race(store, ERRORS, SECONDS)
    done = next(run for run in store.runs.list_newest(group_id=group.id) if run.metrics)
    change_row(store, done.id, metrics={**(done.metrics or {}), "mase": None})
    standings = read_standings(store, group)
    assert standings.measure.key == "mae"
    assert standings.contestants[0].score == pytest.approx(1.1)
    assert standings.rival is not None
    assert standings.rival.score == 2.0


def test_errors_by_fold_are_read_when_asked_for(store: Store) -> None:
    group = run_race(store, ERRORS, SECONDS)
    gru, _, rnn = read_standings(store, group, with_folds=True).contestants
    assert gru.errors_by_fold == ({"0": 0.6, "1": 0.6}, {"0": 0.5, "1": 0.5})
    assert rnn.errors_by_fold == ()
    assert all(not each.errors_by_fold for each in read_standings(store, group).contestants)


def test_a_race_that_waits_has_no_result(store: Store) -> None:
    group = submit_race(store)
    standings = read_standings(store, group, with_folds=True)
    assert [each.label for each in standings.contestants] == list(LABELS)
    assert (standings.judged, standings.rival, standings.progress) == ([], None, 0.0)
    assert standings.is_running
    assert standings.list_scores().empty
    assert not any(each.is_running for each in standings.contestants)


def test_progress_counts_what_ended_without_a_result_as_missing(store: Store) -> None:
    group = submit_race(store)
    first, second, *_ = store.runs.list_newest(group_id=group.id)[::-1]
    store.runs.request_cancel(first.id)
    change_row(store, second.id, status=RunStatus.RUNNING, progress=0.5, host="elsewhere")
    standings = read_standings(store, group)
    assert standings.progress == pytest.approx(0.5 / 9)
    assert [each.is_running for each in standings.contestants] == [False, True, False]
    assert standings.contestants[0].reason == ""  # stopped on request is no failure


def test_each_completed_run_is_a_point(store: Store) -> None:
    table = read_standings(store, run_race(store, ERRORS, SECONDS)).list_scores()
    assert list(table.columns) == ["label", "score", "seconds", "num_parameters"]
    assert table["label"].tolist() == ["GRU"] * 2 + ["LSTM"] * 3
    assert table["score"].tolist() == [0.6, 0.5, 0.8, 0.7, 0.9]


def test_runs_that_were_deleted_are_missed_but_nothing_breaks(store: Store) -> None:
    group = run_race(store, ERRORS, SECONDS)
    for run in store.runs.list_newest(group_id=group.id):
        if run.label != "LSTM":
            store.deletions.delete_run(run.id)
    standings = read_standings(store, group, with_folds=True)
    assert (standings.num_finished, standings.num_planned) == (3, 9)
    assert [each.label for each in standings.judged] == ["LSTM"]


def test_a_file_that_is_missing_is_told(store: Store) -> None:
    group = run_race(store, {"LSTM": (0.5, 0.6, 0.7), "GRU": (0.5, 0.6, 0.7)}, {})
    run = store.runs.list_newest(group_id=group.id)[0]
    (entry,) = store.artifacts.list_of(run.id)
    store.files.folder.delete(entry.sha256)
    with pytest.raises(NotFoundError):
        read_standings(store, group, with_folds=True)
