"""``search``: look for better settings on a CSV file, in this process and its trials' own."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, get_args

from lstm_core.commands.arguments.experiment import (
    add_experiment_options,
    bring_data,
    make_spec,
    print_summary,
    read_options,
)
from lstm_core.commands.arguments.files import read_file
from lstm_core.commands.telling.output import make_printable, print_json
from lstm_core.commands.telling.search_report import (
    list_searches,
    make_report,
    print_report,
    say_trial,
)
from lstm_core.errors import SpecError
from lstm_core.jobs.in_process import InProcessBackend
from lstm_core.runs.snapshots.search import Search, SearchStatus, TrialStatus, Wish
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import SearchStanding, read_standing
from lstm_core.searches.plan import SearchPlan, check_same_plan, plan_search
from lstm_core.searches.space.proposal import SIZES, propose_for
from lstm_core.searches.strategies.engineless import forgo_engine
from lstm_core.searches.submission import submit_planned
from lstm_core.settings import load_settings
from lstm_core.spec import parse_setting
from lstm_core.spec.search import Strategy, parse_search, parse_space
from lstm_core.tasks.registry import find_kind

_OPTIONS = {
    "strategy": "strategy",
    "objective": "objective",
    "trials": "num_trials",
    "executions": "executions",
    "minutes": "minutes",
    "slots": "slots",
    "folds": "num_folds",
    "seed": "seed",
    "prune": "prune",
}
"""From an option's name to the setting's."""


def add_parser(commands: Any) -> None:
    parser = commands.add_parser(
        "search", help="look for better settings on your data; may be resumed"
    )
    add_experiment_options(parser, data_is_optional=True)
    parser.add_argument("--space", metavar="FILE", help="where to look, as JSON")
    parser.add_argument("--size", choices=SIZES, help="of the space that is proposed without one")
    parser.add_argument("--strategy", choices=get_args(Strategy))
    parser.add_argument(
        "--objective",
        metavar="NAME",
        help="what becomes best: a measure of the task such as mase, skill or validation_loss",
    )
    parser.add_argument("--trials", type=int, metavar="N", help="most trials")
    parser.add_argument("--executions", type=int, metavar="N", help="runs of each trial")
    parser.add_argument("--minutes", type=float, metavar="M", help="most minutes for the trials")
    parser.add_argument("--slots", type=int, metavar="K", help="trials side by side")
    parser.add_argument("--folds", type=int, metavar="N", help="folds that trials are scored on")
    parser.add_argument("--seed", type=int, metavar="N", help="start of all randomness")
    parser.add_argument(
        "--prune", action=argparse.BooleanOptionalAction, help="end hopeless trials early"
    )
    parser.add_argument("--resume", metavar="SEARCH_ID", help="go on with this search")
    parser.add_argument("--list", action="store_true", help="show the searches there are")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Return 0 when the search came to a verdict, else 1.

    Raises:
        StudioError: the input is refused; nothing was recorded.
    """
    with Store.open(load_settings()) as store:
        if arguments.list:
            list_searches(store, as_json=arguments.json)
            return 0
        if arguments.resume:
            search = _resume(store, arguments)
        elif arguments.data:
            search = _submit(store, arguments)
        else:
            raise SpecError(
                "There is nothing to search with.",
                "Name a file, or go on with a search by --resume SEARCH_ID.",
            )
        search = _conduct(store, search)
        standing = read_standing(store, search.id)
        if arguments.json:
            print_json(make_report(standing))
        else:
            print_report(standing)
    return 0 if search.status is SearchStatus.COMPLETED else 1


def _read_settings(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return what was asked for, by the settings' names."""
    found = {name: getattr(arguments, option) for option, name in _OPTIONS.items()}
    return {name: value for name, value in found.items() if value is not None}


def _submit(store: Store, arguments: argparse.Namespace) -> Search:
    spec = make_spec(arguments)
    brought = bring_data(arguments, spec)
    dataset = brought.collection
    settings = parse_search(_read_settings(arguments))
    if arguments.space:
        space = parse_space(read_file(arguments.space))
    else:
        space = propose_for(spec, dataset, arguments.size or "small")
    plan, development = plan_search(spec, dataset, settings, space)
    resolved, _ = find_kind(spec).resolve(spec, dataset)
    print_summary(brought, resolved)
    _say_estimate(store, plan, development)
    return submit_planned(store, plan, dataset, development)


def _say_estimate(store: Store, plan: SearchPlan, development: Any) -> None:
    from lstm_core.jobs.search_time import ask_for_timings, estimate_time
    from lstm_core.searches.space.settings import count_points

    with InProcessBackend(store) as backend:
        slots = backend.list_slots(plan.settings)
        points = count_points(plan.space)
        size = "without end" if points is None else f"of {points:,} points"
        print(
            f"  A space {size}; {plan.settings.num_trials} trials on {len(slots)} slots "
            f"({slots[0].place}).",
            file=sys.stderr,
        )
        question = ask_for_timings(plan, development)
        timings = backend.ask(question)
    time = estimate_time(plan, question, timings, len(slots))
    print(
        f"  At most about {time.total_seconds / 60:.1f} minutes, {time.finale_seconds / 60:.1f} of "
        f"them for the comparison after the trials ({time.shortest_seconds:.0f} to "
        f"{time.longest_seconds:.0f} seconds a run); validation usually ends it earlier.",
        file=sys.stderr,
    )


def _resume(store: Store, arguments: argparse.Namespace) -> Search:
    """Let a search go on, as it was begun; only its budget may grow.

    Raises:
        SpecError: something else was asked for than it began with.
    """
    search = store.searches.get(arguments.resume)
    plan = SearchPlan.from_json(search.settings)
    space = parse_space(read_file(arguments.space)) if arguments.space else None
    settings = _read_settings(arguments)
    wanted = settings.pop("num_trials", None)
    minutes = settings.pop("minutes", None)
    values = dict(parse_setting(text) for text in arguments.set)
    values |= read_options(arguments, find_kind(plan.draft))
    check_same_plan(plan, space, settings, values)
    budget = {"num_trials": wanted, "minutes": minutes}
    parse_search({name: value for name, value in budget.items() if value is not None})
    if wanted is not None and wanted > search.num_trials:
        search = store.searches.extend(search.id, num_trials=wanted - search.num_trials)
    if minutes is not None and search.minutes is not None and minutes > search.minutes:
        search = store.searches.extend(search.id, minutes=minutes - search.minutes)
    return store.searches.resume(search.id)


def _conduct(store: Store, search: Search) -> Search:
    """Carry the search out in this process; an interrupt pauses it, a second one leaves it.

    Raises:
        SpecError: another process has it.
    """
    forgo_engine()
    with (
        _pausing_on_interrupt(store, search.id),
        InProcessBackend(store, on_turn=_Teller()) as backend,
    ):
        backend.submit_search(search.id)
    ended = store.searches.get(search.id)
    if ended.message:
        print(make_printable(ended.message), file=sys.stderr)
    if ended.status is SearchStatus.PAUSED:
        print(f"Go on with: python -m lstm_core search --resume {search.id}", file=sys.stderr)
    return ended


class _Teller:
    """Says on stderr which search it is, and then a line for each trial that has ended."""

    def __init__(self) -> None:
        self._has_begun = False
        self._told: set[int] = set()

    def __call__(self, standing: SearchStanding) -> None:
        if not self._has_begun:
            self._has_begun = True
            print(f"Search {standing.search.id}", file=sys.stderr)
        for trial in standing.trials:
            if trial.status is not TrialStatus.RUNNING and trial.number not in self._told:
                self._told.add(trial.number)
                print(make_printable(say_trial(trial, standing)), file=sys.stderr)


@contextmanager
def _pausing_on_interrupt(store: Store, search_id: str) -> Iterator[None]:
    def pause(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, before)
        print("Pausing once the running trials have ended; again to leave now.", file=sys.stderr)
        store.searches.ask(search_id, Wish.PAUSE)

    before = signal.signal(signal.SIGINT, pause)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
