"""``race``: several architectures on one CSV file, one run after another in this process."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from lstm_core.commands.arguments.experiment import (
    add_experiment_options,
    bring_data,
    make_spec,
    print_summary,
)
from lstm_core.commands.telling.output import make_printable, print_json, stdout_to_stderr
from lstm_core.commands.telling.progress import show_progress
from lstm_core.errors import SpecError
from lstm_core.jobs.in_process import InProcessBackend
from lstm_core.races.plan import FEWEST_SEEDS, OPEN_NAMES, RacePlan, plan_race
from lstm_core.races.results import read_standings
from lstm_core.races.standing import RaceStandings, Standing
from lstm_core.races.verdict import RaceVerdict, judge_race
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import parse_setting

_FEWEST_JUDGED = 2


def add_parser(commands: Any) -> None:
    parser = commands.add_parser(
        "race", help="compare architectures on your data: the same folds, the same budget"
    )
    add_experiment_options(parser)
    parser.add_argument(
        "--architecture",
        action="append",
        default=[],
        metavar="NAME",
        help=f"takes part; at least two of {', '.join(OPEN_NAMES)}",
    )
    parser.add_argument(
        "--seeds", type=int, default=FEWEST_SEEDS, metavar="N", help="runs of each architecture"
    )
    parser.add_argument("--epochs", type=int, metavar="N", help="the most that each run may train")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Return 0 when at least two architectures came to a result, else 1.

    Raises:
        StudioError: the input is refused; nothing was recorded.
    """
    if arguments.epochs is not None:
        arguments.set.append(f"training.epochs={arguments.epochs}")
    spec = make_spec(arguments)
    brought = bring_data(arguments, spec)
    plan = plan_race(
        spec,
        brought.collection,
        arguments.architecture,
        num_seeds=arguments.seeds,
        for_all=dict(parse_setting(text) for text in arguments.set),
    )
    for label, error in plan.refused.items():
        raise SpecError(f"{label} can't take part: {error.what}", error.remedy)
    print_summary(brought, plan.shared, [_say_budget(plan)])
    with Store.open(load_settings()) as store:
        dataset_id = store.collections.add(brought.collection)
        group = store.groups.submit(GroupKind.RACE, dataset_id, plan.settings)
        _run_all(store, group, plan)
        standings = read_standings(store, group, with_folds=True)
    verdict = judge_race(standings)
    if arguments.json:
        print_json(_make_report(group, standings, verdict))
    else:
        _print_report(standings, verdict)
    return 0 if len(standings.judged) >= _FEWEST_JUDGED else 1


def _run_all(store: Store, group: RunGroup, plan: RacePlan) -> None:
    """Carry out the runs; one that fails stops none of the others, a request to stop all."""
    for number, member in enumerate(plan.list_members(), start=1):
        seed = member.spec.training.seed
        title = f"{number} of {plan.num_runs}: {member.label}, seed {seed}"
        print(make_printable(title), file=sys.stderr)
        record = store.runs.create_running(
            member.spec, group.dataset_id, group_id=group.id, label=member.label
        )
        with (
            stdout_to_stderr(),
            show_progress() as on_event,
            InProcessBackend(store, on_event=on_event) as backend,
        ):
            backend.submit(record.id)
        record = store.runs.get(record.id)
        if record.status is not RunStatus.COMPLETED:
            print(f"  {record.message}", file=sys.stderr)
        if record.status is RunStatus.CANCELLED:
            return


def _say_budget(plan: RacePlan) -> str:
    training = plan.shared.training
    return (
        f"{plan.num_runs} runs: {len(plan.contestants)} networks, {len(plan.seeds)} seeds each; "
        f"at most {training.epochs} epochs. Batch size and learning rate are each network's own "
        "unless you set them; nothing is mixed with a baseline."
    )


def _make_report(group: RunGroup, standings: RaceStandings, verdict: RaceVerdict) -> dict[str, Any]:
    rival = standings.rival
    return {
        "race_id": group.id,
        "measure": standings.measure.key,
        "contestants": [_describe(each) for each in standings.contestants],
        "baseline": None if rival is None else {"name": rival.words, "error": rival.score},
        "peers": [{"name": each.words, "error": each.score} for each in standings.peers],
        "verdict": verdict.to_json(),
    }


def _describe(standing: Standing) -> dict[str, Any]:
    runs = [
        {
            "run_id": attempt.run_id,
            "seed": attempt.seed,
            "status": str(attempt.status),
            "error": attempt.score,
            "seconds": attempt.seconds,
            "message": attempt.message,
        }
        for attempt in standing.attempts
    ]
    scores = standing.scores
    return {
        "label": standing.label,
        "error": standing.score if scores else None,
        "deviation": standing.deviation,
        "smallest": min(scores, default=None),
        "largest": max(scores, default=None),
        "seconds": standing.seconds,
        "parameters": standing.num_parameters,
        "runs": runs,
    }


def _print_report(standings: RaceStandings, verdict: RaceVerdict) -> None:
    measure = standings.measure
    width = max(10, len(measure.title) + 2)
    line = f"{measure.title:>{width}}" + "".join(f"{title:>10}" for title in ("from", "to"))
    line += f"{'seconds':>10}"
    print(f"{'on the test part':<22}{line}{'weights':>12}")
    for each in standings.contestants:
        if not each.scores:
            print(make_printable(f"{each.label:<22}{'-':>{width}}  {each.reason}"))
            continue
        cells = [measure.format(value) for value in (min(each.scores), max(each.scores))]
        cells.append("-" if each.seconds is None else f"{each.seconds:.3g}")
        line = f"{measure.format(each.score):>{width}}" + "".join(f"{cell:>10}" for cell in cells)
        print(f"{each.label:<22}{line}{each.num_parameters or 0:>12,}")
    if standings.rival is not None:
        score = f"{measure.format(standings.rival.score):>{width}}"
        print(make_printable(f"{'best rule of thumb':<22}{score}  {standings.rival.words}"))
    for peer in standings.peers:
        print(make_printable(f"{peer.words:<22}{measure.format(peer.score):>{width}}"))
    print()
    print(make_printable(verdict.sentence))
