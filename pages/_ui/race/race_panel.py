"""One race: live while it runs, then the sentence, the charts, the table and the single runs."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_core.charts.races.scores import draw_race
from lstm_core.judging.measures import Measure
from lstm_core.races.missing import list_missing
from lstm_core.races.results import read_standings
from lstm_core.races.standing import Attempt, RaceStandings, Standing
from lstm_core.races.verdict import RaceVerdict, judge_race
from lstm_core.runs.snapshots.group import GroupKind, RunGroup
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.tasks.registry import find_kind
from pages._ui.data.draft import address_draft, start_draft_from
from pages._ui.data.submission import submit_missing
from pages._ui.run.deletion import ask_before_deleting_race
from pages._ui.server.services import get_backend, get_store
from pages._ui.shell.addresses import turn_to
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.fragments import fragment
from pages._ui.shell.measures import choose_format
from pages._ui.shell.messages import errors_shown, escape_markdown
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.shell.share import show_link
from pages._ui.shell.time_left import describe_race_time
from pages._ui.shell.wording import BADGES, say_attempts, say_runs_done

POLL_SECONDS = 1.0

_CHARTS = {
    "seconds": "Mean score of each network against the training time of one run.",
    "num_parameters": "Mean score of each network against its number of trainable weights.",
}


def show_race(group: RunGroup) -> None:
    """Show the race and follow it until nothing runs any more."""
    standings = read_standings(get_store(), group)
    if standings.is_running:
        _follow(group.id)
        st.caption("You may close this page: the race goes on, and its address shows it again.")
        show_link(group.id, "race")
    else:
        _show_end(group)


@fragment(run_every=POLL_SECONDS)
def _follow(race_id: str) -> None:
    group = get_store().groups.get(race_id, GroupKind.RACE)
    standings = read_standings(get_store(), group)
    if not standings.is_running:
        st.rerun(scope="app")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(_say_how_far(standings) + describe_race_time(group), width="stretch")
        st.button(
            "Stop",
            key="race.stop",
            icon=":material/stop:",
            help="Ends what is running and what still waits. What is done is kept.",
            on_click=_stop,
            args=(race_id,),
        )
    st.progress(standings.progress)
    _show_standings(group, standings)


def _stop(race_id: str) -> None:
    """Cancel what is left, the last ones first: none may begin while others are cancelled."""
    with errors_shown():
        for run in get_store().runs.list_newest(group_id=race_id):
            if not run.is_finished:
                get_backend().cancel(run.id)


def _show_end(group: RunGroup) -> None:
    standings = read_standings(get_store(), group, with_folds=True)
    verdict = judge_race(standings)
    sentence = f"**{escape_markdown(verdict.sentence)}**"
    if verdict.is_clear:
        st.success(sentence, icon=":material/flag:")
    else:
        st.info(sentence, icon=":material/balance:")
    with st.container(horizontal=True, vertical_alignment="center"):
        _offer_recommended(group, standings, verdict)
        _offer_missing(group)
        show_link(group.id, "race")
        st.page_link("pages/race.py", label="Another race", icon=":material/flag:")
    _show_standings(group, standings)
    ask_before_deleting_race(group)


def _offer_recommended(group: RunGroup, standings: RaceStandings, verdict: RaceVerdict) -> None:
    """Offer to go on with the network to take."""
    if verdict.recommended is None:
        return
    winner = next(each for each in standings.judged if each.label == verdict.recommended)
    if st.button(
        f"Go on with {winner.label}",
        key="race.take",
        type="primary",
        icon=":material/arrow_forward:",
        help="Makes it your draft, to be trained with as many networks as you like.",
    ):
        spec = get_store().runs.get(winner.attempts[0].run_id).spec
        spec = find_kind(spec).stand_together(spec.update("training", {"num_seeds": None}))
        start_draft_from(spec, group.dataset_id)
        turn_to("model", **address_draft())


def _say_how_far(standings: RaceStandings) -> str:
    return say_runs_done(standings.num_completed, standings.num_finished, standings.num_planned)


def _offer_missing(group: RunGroup) -> None:
    """Offer to make those runs that came to no result."""
    missing = list_missing(group, get_store().runs.list_newest(group_id=group.id))
    if not missing:
        return
    st.button(
        "Run the missing ones",
        key="race.missing",
        icon=":material/replay:",
        help=f"Makes the {len(missing)} that came to no result, with the same settings and seeds. "
        "What is done is kept.",
        on_click=_run_missing,
        args=(group,),
    )


def _run_missing(group: RunGroup) -> None:
    with errors_shown():
        submit_missing(group)


def _show_standings(group: RunGroup, standings: RaceStandings) -> None:
    if standings.judged:
        _show_charts(group, standings)
    _show_table(standings)
    for each in standings.contestants:
        if each.reason:
            st.caption(f"**{escape_markdown(each.label)}:** {escape_markdown(each.reason)}")
    with st.expander("The single runs", key="race.single_runs", icon=":material/list:"):
        for each in standings.contestants:
            _link_runs(each, standings.measure)


def _show_charts(group: RunGroup, standings: RaceStandings) -> None:
    scores = standings.list_scores()
    rival = standings.rival
    baseline = None if rival is None else (rival.words, rival.score)
    for column, (cost, alt) in zip(st.columns(2), _CHARTS.items(), strict=True):
        column.plotly_chart(
            recall_figure(
                draw_race, scores, cost, group.settings["contestants"], standings.measure, baseline
            ),
            key=f"race.{cost}",
            config=PLOTLY_CONFIG,
            alt=alt,
        )
    st.caption(
        f"{'Up' if standings.measure.is_larger_better else 'Down'} is more accurate, left is "
        "cheaper. A bar reaches from a network's best seed to its worst."
    )


def _show_table(standings: RaceStandings) -> None:
    measure = standings.measure
    rows = [_describe(each, measure) for each in standings.contestants]
    if standings.rival is not None:
        rows.append({"Network": standings.rival.words, measure.title: standings.rival.score})
    rows += [{"Network": each.words, measure.title: each.score} for each in standings.peers]
    number = st.column_config.NumberColumn
    config: dict[str, Any] = {
        "Network": st.column_config.TextColumn(pinned=True),
        measure.title: number(
            help=f"The mean over seeds, on the test part. {measure.help}",
            format=choose_format(measure),
        ),
        "Best seed": number(format=choose_format(measure)),
        "Worst seed": number(format=choose_format(measure)),
        "Spread": number(help="Standard deviation over seeds.", format="%.2g"),
        "Seconds": number(help="Training time of one run: the median over seeds.", format="%.3g"),
        "Weights": number(help="Trainable parameters.", format="localized"),
    }
    st.dataframe(rows, column_config=config, hide_index=True, placeholder="", key="race.table")


def _describe(standing: Standing, measure: Measure) -> dict[str, Any]:
    scores = standing.scores
    ends = (min, max) if measure.better == "smaller" else (max, min)
    best, worst = (end(scores, default=None) for end in ends)
    return {
        "Network": standing.label,
        measure.title: standing.score if scores else None,
        "Best seed": best,
        "Worst seed": worst,
        "Spread": standing.deviation,
        "Seconds": standing.seconds,
        "Weights": standing.num_parameters,
        "Runs": say_attempts(
            len(scores), standing.num_finished, standing.num_planned, runs=standing.is_running
        ),
    }


def _link_runs(standing: Standing, measure: Measure) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{escape_markdown(standing.label)}**", width="content")
        for attempt in standing.attempts:
            words, icon, _ = BADGES[attempt.status]
            st.page_link(
                "pages/run.py",
                label=f"Seed {attempt.seed}: {_say_outcome(attempt, measure) or words}",
                icon=icon,
                query_params={"id": attempt.run_id},
            )


def _say_outcome(attempt: Attempt, measure: Measure) -> str:
    if attempt.status is RunStatus.COMPLETED and attempt.score is not None:
        return f"{measure.title} {measure.format(attempt.score)}"
    return ""
