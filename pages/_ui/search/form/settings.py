"""How a search goes about it: its settings, asked for; the rarer ones folded away.

The widgets keep what they say for the whole session; the draft remembers it for a reload.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lstm_core.errors import SpecError
from lstm_core.jobs.slot import Slot
from lstm_core.judging.measures import Measure
from lstm_core.machine import Gpu, count_cores, list_gpus
from lstm_core.runs.snapshots.draft import Draft
from lstm_core.searches.objective import list_objectives
from lstm_core.spec import list_settings
from lstm_core.spec.search import SearchSpec, parse_search
from lstm_core.tasks.registry import find_kind
from pages._ui.data.draft import keep_in_draft
from pages._ui.search.form.words import STRATEGIES, say_machine
from pages._ui.search.space.desk import SpaceDesk
from pages._ui.server.services import get_backend

_GPUS_SECONDS = 600
"""For how long the GPUs that were found are taken to be those that there are."""

_DEFAULT = SearchSpec()
_REFIT = {"auto": None, "yes": True, "no": False}


_KEPT = "search"
"""What the draft remembers the choice by."""

_MAY_BE_EMPTY = ("minutes", "slots", "num_folds")


def ask_settings(desk: SpaceDesk) -> dict[str, Any]:
    """Return the keys of ``SearchSpec`` as chosen; they may be out of bounds."""
    draft, kind = desk.draft, find_kind(desk.resolved)
    deciding = kind.choose_measure(desk.resolved, desk.outlook.collection)
    objectives = {measure.key: measure for measure in list_objectives(kind, deciding)}
    kept = _read_kept(draft)
    if kept.objective not in objectives:  # none was chosen, or for another task
        kept = kept.model_copy(update={"objective": next(iter(objectives))})
    for name in _MAY_BE_EMPTY:  # empty by default, so that a browser lets them be emptied
        st.session_state.setdefault(f"tune.{name}", getattr(kept, name))
    with st.container(border=True):
        chosen = _ask_first(kept, objectives)
        with st.expander("More about how it goes", key="tune.more", icon=":material/tune:"):
            chosen |= _ask_rare(kept, "task.refit" in list_settings(draft.spec))
    if _KEPT in draft.kept or chosen != _list_chosen(kept, chosen):
        keep_in_draft(_KEPT, chosen)
    return chosen


def _read_kept(draft: Draft) -> SearchSpec:
    """Return what the draft remembers; the defaults where it remembers nothing that still holds."""
    try:
        return parse_search(draft.kept.get(_KEPT, {}))
    except SpecError:
        return _DEFAULT


def _list_chosen(settings: SearchSpec, chosen: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in chosen}


def count_slots(settings: SearchSpec) -> int:
    """Return how many trials will run side by side.

    Raises:
        SpecError: there is no room for so many.
    """
    return len(_list_slots(settings.slots, settings.trials_per_gpu))


def _ask_first(kept: SearchSpec, objectives: Mapping[str, Measure]) -> dict[str, Any]:
    chosen: dict[str, Any] = {}
    left, right = st.columns(2)
    with left:
        chosen["strategy"] = st.selectbox(
            "How are the next settings chosen?",
            list(STRATEGIES),
            index=list(STRATEGIES).index(kept.strategy),
            format_func=lambda name: STRATEGIES[name][0],
            key="tune.strategy",
            help="Strategy of the search. All of them try the default first and keep the best.",
            persist_state="session",
        )
        st.caption(STRATEGIES[chosen["strategy"]][1])
    with right:
        chosen["objective"] = st.selectbox(
            "What is to become best?",
            list(objectives),
            index=list(objectives).index(kept.objective or ""),
            format_func=lambda key: objectives[key].title,
            key="tune.objective",
            help="Objective: what trials are scored by, on a part of the data that they did not "
            "learn from and that is not the test part.",
            persist_state="session",
        )
        st.caption(objectives[chosen["objective"]].help)
    left, middle, right = st.columns(3)
    with left:
        chosen["num_trials"] = _ask_whole(
            kept,
            "num_trials",
            "How many trials at most?",
            "Trials: settings that are tried, each by a training of its own. More find better "
            "ones and take that much longer. They can be added later.",
            most=10_000,
        )
    with middle:
        chosen["minutes"] = st.number_input(
            "How many minutes at most?",
            min_value=0.0,
            max_value=100_000.0,
            value=None,
            step=5.0,
            format="%g",
            key="tune.minutes",
            placeholder="No limit",
            help="Time for the trials; those that run when it is over are ended. Comparing the "
            "best with the default comes on top.",
            persist_state="session",
        )
    with right:
        chosen["slots"] = st.number_input(
            "How many side by side?",
            min_value=1,
            max_value=256,
            value=None,
            step=1,
            key="tune.slots",
            placeholder="Auto",
            help="Slots: trials that run at the same time, each in a process of its own. More "
            "than there are cores or GPUs slow each other down.",
            persist_state="session",
        )
        st.caption(_describe_machine())
    return chosen


def _ask_rare(kept: SearchSpec, has_refit: bool) -> dict[str, Any]:
    chosen: dict[str, Any] = {}
    left, right = st.columns(2)
    with left:
        chosen["executions"] = _ask_whole(
            kept,
            "executions",
            "How many runs of each trial?",
            "Executions: each from another seed; their mean is the score, their spread is shown. "
            "More of them tell luck from better settings, and take that many times as long.",
            most=10,
        )
        chosen["num_folds"] = st.number_input(
            "On how many stretches is a trial scored?",
            min_value=1,
            max_value=20,
            value=None,
            step=1,
            key="tune.num_folds",
            placeholder="Auto",
            help="Folds of what is held out before the test part. More of them are a fairer judge; "
            "where each is learnt anew, each costs a training. Auto: up to 3.",
            persist_state="session",
        )
        chosen |= _ask_refit(kept) if has_refit else {}
        chosen["seed"] = _ask_whole(
            kept,
            "seed",
            "Which seed?",
            "Start of all randomness: with one slot, the same seed gives the same search.",
            least=0,
        )
    with right:
        chosen["num_confirmations"] = _ask_whole(
            kept,
            "num_confirmations",
            "How many fresh seeds at the end?",
            "Confirmations: the best and the default are trained again, from seeds that no trial "
            "had, so that the winner is not merely the luckiest. Each is two runs more.",
            least=2,
            most=10,
        )
        chosen["max_failures"] = _ask_whole(
            kept,
            "max_failures",
            "After how many failures in a row does it give up?",
            "A trial that fails is recorded with its reason and the search goes on; so many one "
            "after another mean that something is wrong with all of them.",
            most=100,
        )
        if _find_gpus():
            chosen["trials_per_gpu"] = _ask_whole(
                kept,
                "trials_per_gpu",
                "How many trials share one GPU?",
                "Small networks leave a GPU idle; large ones need its memory for themselves.",
                most=16,
            )
        chosen["prune"] = st.toggle(
            "End hopeless trials early",
            value=kept.prune,
            key="tune.prune",
            help="Pruning: a trial ends when its validation loss is worse than the median of the "
            "trials before it at the same epoch. Saves time; now and then it ends one that would "
            "have caught up.",
            persist_state="session",
        )
    return chosen


def _ask_refit(kept: SearchSpec) -> dict[str, Any]:
    refit = st.selectbox(
        "Does a trial learn anew before each stretch?",
        list(_REFIT),
        index=list(_REFIT.values()).index(kept.refit),
        format_func=str.capitalize,
        key="tune.refit",
        help="Refit: as one would in use, with the newest rows. Costs one training for each "
        "stretch. Auto: where rows are few.",
        persist_state="session",
    )
    return {"refit": _REFIT[refit]}


def _ask_whole(
    kept: SearchSpec,
    name: str,
    question: str,
    meaning: str,
    *,
    least: int = 1,
    most: int | None = None,
) -> int:
    return st.number_input(
        question,
        min_value=least,
        max_value=most,
        value=getattr(kept, name),
        step=1,
        key=f"tune.{name}",
        help=meaning,
        persist_state="session",
    )


def _describe_machine() -> str:
    return say_machine(_list_slots(None, 1), _find_gpus(), count_cores())


@st.cache_data(ttl=_GPUS_SECONDS, show_spinner=False)
def _list_slots(wanted: int | None, trials_per_gpu: int) -> tuple[Slot, ...]:
    return get_backend().list_slots(SearchSpec(slots=wanted, trials_per_gpu=trials_per_gpu))


@st.cache_data(ttl=_GPUS_SECONDS, show_spinner=False)
def _find_gpus() -> tuple[Gpu, ...]:
    return list_gpus()
