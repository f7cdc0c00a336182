"""A search from its first trial to its verdict, with real processes that train nothing."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from lstm_core.jobs.conducting.conductor import TIME_IS_UP
from lstm_core.jobs.local.backoff import Backoff
from lstm_core.runs.database.engine import RecordError
from lstm_core.runs.database.transitions import MOST_STARTS
from lstm_core.runs.snapshots.search import (
    Role,
    Search,
    SearchPhase,
    SearchStatus,
    TrialStatus,
    Wish,
)
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import SearchStanding, read_standing
from lstm_core.searches.strategies.advisor import Advisor
from lstm_core.searches.strategies.history import list_events
from tests.jobs.searching import FailingStarter, LostChild, Once, conduct, submit_search
from tests.jobs.workers import MAY_CHOOSE, score_spec
from tests.processes import end_processes_of
from tests.shares import share


@pytest.fixture(autouse=True)
def no_trial_left(studio_home: Path) -> Iterator[None]:
    yield
    end_processes_of(studio_home)


def has_ended(least: int, standing: SearchStanding) -> bool:
    return standing.num_ended >= least


def check_consistency(store: Store, search: Search) -> None:
    """Nothing is done twice, nothing is torn, and the strategy agrees with the record."""
    standing = read_standing(store, search.id)
    numbers = [trial.number for trial in standing.candidates]
    assert numbers == list(range(1, len(numbers) + 1))
    for trial in standing.candidates:
        scored = [
            run.seed
            for run in standing.runs[trial.number]
            if run.role is Role.TRIAL and run.status is RunStatus.COMPLETED
        ]
        assert len(scored) == len(set(scored))
        assert (trial.score is not None) == (trial.status is TrialStatus.COMPLETED)
        assert (trial.told is not None) == (trial.status is not TrialStatus.RUNNING)
    events = sorted(
        number
        for trial in standing.candidates
        for number in (trial.asked, trial.told)
        if number is not None
    )
    assert events == list(range(1, standing.search.num_events + 1))
    plan = standing.plan
    advisor = Advisor(plan.space, plan.settings, max_epochs=plan.max_epochs)
    advisor.replay(list_events(standing.trials, plan.objective))


def test_a_search_ends_with_a_verdict_and_one_look_at_the_test_part(store: Store) -> None:
    search = submit_search(store)
    standing = conduct(store, search)
    ended = standing.search
    assert ended.status is SearchStatus.COMPLETED
    assert [trial.status for trial in standing.trials] == [TrialStatus.COMPLETED] * 7
    check_consistency(store, search)

    # Scores are those of the specs that were run, and the best one is the best.
    for trial in standing.candidates:
        spec = standing.plan.make_trial_spec(trial.values, 0)
        assert trial.score == pytest.approx(score_spec(spec))
        assert spec.model.dropout == trial.values["model.dropout"]
    assert standing.best is not None
    assert standing.best.score == min(trial.score or 9 for trial in standing.candidates)

    # Only the last run saw the whole data.
    development = ended.settings["development_id"]
    assert development != ended.dataset_id
    by_role: dict[Role, list[tuple[str, int]]] = {role: [] for role in Role}
    for runs in standing.runs.values():
        for run in runs:
            by_role[run.role].append((store.runs.get(run.id).dataset_id, run.seed))
    assert {dataset for dataset, _ in by_role[Role.TRIAL]} == {development}
    assert {dataset for dataset, _ in by_role[Role.CONFIRMATION]} == {development}
    assert [dataset for dataset, _ in by_role[Role.FINAL]] == [ended.dataset_id]
    fresh = {seed for _, seed in by_role[Role.CONFIRMATION]}
    assert len(by_role[Role.CONFIRMATION]) == 6
    assert len(fresh) == 3
    assert fresh.isdisjoint({seed for _, seed in by_role[Role.TRIAL]})

    verdict = ended.verdict
    assert verdict is not None
    assert verdict["winner"] in (0, standing.best.number)
    assert verdict["test"]["score"] is not None
    assert verdict["num_folds"] == 2
    assert verdict["baseline"][1] == 1.0
    assert "On the test part" in verdict["sentence"]


def test_what_the_default_chooses_by_validation_holds_for_all_trials(store: Store) -> None:
    began: list[bool] = []
    num_turns = 0
    MAY_CHOOSE.clear()

    def look(standing: SearchStanding) -> None:
        nonlocal num_turns
        num_turns += standing.default is not None
        if num_turns == 3:  # others would have begun by now
            MAY_CHOOSE.set()
        if standing.candidates and not began:
            began.append(standing.plan.chosen is not None)

    standing = conduct(store, submit_search(store), "choosing", look)
    assert standing.search.status is SearchStatus.COMPLETED
    assert began == [True]  # no trial before it was known
    for number, runs in standing.runs.items():
        for run in runs:
            own = store.runs.get(run.id).spec.task.window_normalisation
            if run.role is Role.FINAL:
                assert own is None  # on all rows, it may come out otherwise
            elif number or run.role is Role.CONFIRMATION:
                assert own == "mean_std"
            else:
                assert own is None


def test_a_default_that_fails_before_it_has_chosen_holds_nobody_up(store: Store) -> None:
    search = submit_search(store, max_failures=20)
    standing = conduct(store, search, "failing")
    assert [trial.status for trial in standing.trials] == [TrialStatus.FAILED] * 7


@pytest.mark.slow
def test_the_same_seed_and_one_slot_give_the_same_twice(store: Store) -> None:
    told = []
    for _ in range(2):
        standing = conduct(store, submit_search(store, slots=1, num_trials=8, prune=True))
        told.append(
            [(trial.values, trial.status, trial.score, trial.limit) for trial in standing.trials]
        )
    assert told[0] == told[1]
    assert any(limit is not None for *_, limit in told[0])


@pytest.mark.slow
def test_trials_run_side_by_side_in_their_slots(store: Store) -> None:
    most = 0

    def count(standing: SearchStanding) -> None:
        nonlocal most
        running = [
            run.place
            for runs in standing.runs.values()
            for run in runs
            if run.status is RunStatus.RUNNING
        ]
        assert len(running) == len(set(running))  # no two in one place
        most = max(most, len(running))

    standing = conduct(store, submit_search(store, slots=3), "slowly", count)
    assert most == 3
    assert standing.places == [f"CPU {number} of 3, 1 thread" for number in (1, 2, 3)]


def test_several_executions_give_a_mean_and_a_spread(store: Store) -> None:
    standing = conduct(store, submit_search(store, executions=3, num_trials=3))
    trial = standing.candidates[0]
    specs = [standing.plan.make_trial_spec(trial.values, number) for number in range(3)]
    scores = [score_spec(spec) for spec in specs]
    assert len(set(scores)) == 3
    assert trial.score == pytest.approx(sum(scores) / 3)
    assert trial.spread == pytest.approx(0.001)


def test_failed_trials_are_recorded_with_their_reason_and_the_search_goes_on(store: Store) -> None:
    search = submit_search(store, num_trials=10, max_failures=20)
    standing = conduct(store, search, "sometimes")
    assert standing.search.status is SearchStatus.COMPLETED
    failed = [trial for trial in standing.candidates if trial.status is TrialStatus.FAILED]
    assert 0 < len(failed) < 10
    assert all(trial.values["model.dropout"] > 0.5 for trial in failed)
    assert all("not a number" in trial.message for trial in failed)
    check_consistency(store, search)


def test_a_search_gives_up_after_failures_in_a_row_and_says_why(store: Store) -> None:
    search = submit_search(store, num_trials=10, max_failures=3, slots=1)
    standing = conduct(store, search, "failing")
    assert standing.search.status is SearchStatus.FAILED
    assert "3 trials failed in a row" in standing.search.message
    assert "The loss is not a number." in standing.search.message
    assert len(standing.trials) == 3
    # Once the cause is mended, it goes on where it was.
    store.searches.resume(search.id)
    standing = conduct(store, search, "scored")
    assert standing.search.status is SearchStatus.COMPLETED
    assert standing.count(TrialStatus.COMPLETED) == 10 - standing.count(TrialStatus.FAILED)
    check_consistency(store, search)


def test_when_all_trials_fail_there_is_nothing_to_judge(store: Store) -> None:
    standing = conduct(store, submit_search(store, num_trials=2, max_failures=9), "failing")
    assert standing.search.status is SearchStatus.FAILED
    assert "No trial has come to a score" in standing.search.message
    assert "not a number" in standing.search.message


@pytest.mark.slow
def test_an_interrupted_run_is_made_again(store: Store) -> None:
    search = submit_search(store, num_trials=3, executions=2)
    standing = conduct(store, search, "dies_once", in_processes=True)
    assert standing.search.status is SearchStatus.COMPLETED
    assert standing.count(TrialStatus.COMPLETED) == 3
    for trial in standing.candidates:
        runs = [run for run in standing.runs[trial.number] if run.role is Role.TRIAL]
        assert [run.status for run in runs].count(RunStatus.INTERRUPTED) == 2
    check_consistency(store, search)


@pytest.mark.slow
def test_a_trial_that_is_interrupted_three_times_has_failed(store: Store) -> None:
    search = submit_search(store, num_trials=2)
    standing = conduct(store, search, "dies", in_processes=True)
    for trial in standing.candidates:
        assert trial.status is TrialStatus.FAILED
        assert "Interrupted 3 times" in trial.message
        assert len(standing.runs[trial.number]) == 3
    check_consistency(store, search)


def test_pause_lets_running_trials_end_and_resume_goes_on(store: Store) -> None:
    search = submit_search(store, num_trials=5)
    pause = Once(
        lambda standing: standing.num_ended >= 1,
        lambda standing: store.searches.ask(search.id, Wish.PAUSE),
    )
    standing = conduct(store, search, "slowly", pause)
    assert standing.search.status is SearchStatus.PAUSED
    assert standing.search.finished_at is None
    assert not [
        run for runs in standing.runs.values() for run in runs if run.status is RunStatus.RUNNING
    ]
    num_before = standing.num_ended
    assert 0 < num_before < 5
    store.searches.resume(search.id)
    standing = conduct(store, search)
    assert standing.search.status is SearchStatus.COMPLETED
    assert standing.num_ended == 5
    check_consistency(store, search)


def test_stop_and_keep_the_best_goes_to_the_finale(store: Store) -> None:
    search = submit_search(store, num_trials=50)
    conclude = Once(
        lambda standing: standing.best is not None,
        lambda standing: store.searches.ask(search.id, Wish.CONCLUDE),
    )
    standing = conduct(store, search, "slowly", conclude)
    assert standing.search.status is SearchStatus.COMPLETED
    assert standing.search.phase is SearchPhase.FINALE
    assert len(standing.candidates) < 50
    assert standing.search.verdict is not None
    assert all(trial.status is not TrialStatus.RUNNING for trial in standing.trials)
    check_consistency(store, search)


def test_stop_ends_everything_at_once(store: Store) -> None:
    search = submit_search(store, num_trials=50)
    stop = Once(
        lambda standing: bool(standing.candidates),
        lambda standing: store.searches.ask(search.id, Wish.STOP),
    )
    standing = conduct(store, search, "slowly", stop)
    assert standing.search.status is SearchStatus.STOPPED
    assert standing.search.verdict is None
    assert {trial.status for trial in standing.candidates} <= {
        TrialStatus.SKIPPED,
        TrialStatus.COMPLETED,
    }
    check_consistency(store, search)
    # What was stopped can still be judged.
    if standing.best is None:
        return
    store.searches.ask(search.id, Wish.CONCLUDE)
    assert conduct(store, search).search.status is SearchStatus.COMPLETED


@pytest.mark.slow
def test_a_skipped_trial_has_no_score_and_says_so(store: Store) -> None:
    search = submit_search(store, num_trials=3, slots=1)
    skip = Once(
        lambda standing: any(trial.number == 2 for trial in standing.running),
        lambda standing: store.trials.skip(search.id, 2),
    )
    standing = conduct(store, search, "slowly", skip)
    skipped = standing.candidates[1]
    assert skipped.status is TrialStatus.SKIPPED
    assert skipped.message == "Skipped on request."
    assert standing.search.status is SearchStatus.COMPLETED
    check_consistency(store, search)


@pytest.mark.slow
def test_hopeless_trials_are_pruned(store: Store) -> None:
    standing = conduct(store, submit_search(store, num_trials=16, prune=True), "slowly")
    pruned = [trial for trial in standing.candidates if trial.status is TrialStatus.PRUNED]
    assert pruned
    scored = sorted(trial.score for trial in standing.candidates if trial.score is not None)
    for trial in pruned:
        spec = standing.plan.make_trial_spec(trial.values, 0)
        assert score_spec(spec) > scored[0]
        assert trial.score is None
        assert "Ended early" in trial.message
        assert trial.limit is not None


@pytest.mark.slow
def test_the_time_budget_ends_the_trials_but_not_the_finale(store: Store) -> None:
    search = submit_search(store, num_trials=1000, minutes=0.05)
    standing = conduct(store, search, "slowly")
    assert standing.search.status is SearchStatus.COMPLETED
    assert standing.search.message == TIME_IS_UP
    assert standing.search.seconds_spent >= 3.0
    assert len(standing.candidates) < 1000


@pytest.mark.slow
def test_trials_can_be_added_while_it_runs_but_not_after_the_verdict(store: Store) -> None:
    search = submit_search(store, num_trials=2)
    add = Once(
        lambda standing: standing.num_ended >= 1,
        lambda standing: store.searches.extend(search.id, num_trials=2),
    )
    standing = conduct(store, search, "slowly", add)
    assert len(standing.candidates) == 4
    with pytest.raises(Exception, match="test part"):
        store.searches.extend(search.id, num_trials=1)


@pytest.mark.slow
def test_a_space_that_is_used_up_ends_the_search(store: Store) -> None:
    space = {"model.dropout": [0.1, 0.2, 0.3], "model.units": [16, 32]}
    for strategy in ("grid", "random"):
        standing = conduct(store, submit_search(store, space, strategy=strategy, num_trials=50))
        assert standing.search.status is SearchStatus.COMPLETED
        assert len(standing.candidates) == 6
        assert "Every point of the space was tried." in standing.search.message
        points = {tuple(trial.values.values()) for trial in standing.candidates}
        assert len(points) == 6


@pytest.mark.parametrize("strategy", share(["bayesian", "hyperband"], ("hyperband",)))
def test_the_other_strategies_come_to_a_verdict(store: Store, strategy: str) -> None:
    search = submit_search(store, strategy=strategy, num_trials=12)
    standing = conduct(store, search)
    assert standing.search.status is SearchStatus.COMPLETED
    assert len(standing.candidates) == 12
    check_consistency(store, search)
    if strategy == "hyperband":
        assert len({trial.values["training.epochs"] for trial in standing.candidates}) > 1


def test_what_a_killed_search_left_is_taken_up(store: Store) -> None:
    """The first process dies between a trial's end and the next; trials go on without it."""

    class KilledError(BaseException):
        pass

    def kill(standing: SearchStanding) -> None:
        raise KilledError

    search = submit_search(store, num_trials=6)
    for ended in (1, 3, 5):
        die = Once(partial(has_ended, ended), kill)
        with pytest.raises(KilledError):
            conduct(store, search, "slowly", die)
        with store._database.writing() as session:  # as if the process had gone
            from lstm_core.runs.database.tables import SearchRow

            row = session.get_one(SearchRow, search.id)
            row.process_started = 0.0
        check_consistency(store, search)
    standing = conduct(store, search)
    assert standing.search.status is SearchStatus.COMPLETED
    assert standing.count(TrialStatus.COMPLETED) == 6
    check_consistency(store, search)


@pytest.mark.parametrize(
    "failures",
    [
        [OSError(errno.EMFILE, "Too many open files") for _ in range(9)],
        [LostChild() for _ in range(MOST_STARTS - 1)],
    ],
    ids=["full machine", "lost starts"],
)
def test_no_trial_is_lost_where_processes_do_not_start(
    store: Store, monkeypatch: pytest.MonkeyPatch, failures: list[OSError | LostChild]
) -> None:
    monkeypatch.setattr("lstm_core.jobs.conducting.conductor.Backoff", partial(Backoff, 0.0))
    search = submit_search(store, num_trials=4)
    standing = conduct(store, search, starter=FailingStarter(failures))
    assert failures == []
    assert standing.search.status is SearchStatus.COMPLETED
    assert standing.count(TrialStatus.COMPLETED) == 4
    runs = [run for runs in standing.runs.values() for run in runs]
    assert {run.status for run in runs} == {RunStatus.COMPLETED}
    check_consistency(store, search)


def test_a_record_that_was_tampered_with_is_not_gone_on_with(store: Store) -> None:
    space = {"model.dropout": [0.1, 0.2, 0.3], "model.units": [16, 32]}
    search = submit_search(store, space, strategy="grid", num_trials=50)
    pause = Once(
        lambda standing: standing.num_ended >= 2,
        lambda standing: store.searches.ask(search.id, Wish.PAUSE),
    )
    conduct(store, search, "slowly", pause)
    with store._database.writing() as session:
        from lstm_core.runs.database.tables import TrialRow

        row = session.get_one(TrialRow, (search.id, 1))
        assert row.raw is not None
        row.raw = {**row.raw, "model.dropout": "0.7"}
    store.searches.resume(search.id)
    with pytest.raises(RecordError, match="not what the grid strategy suggests"):
        conduct(store, search)
