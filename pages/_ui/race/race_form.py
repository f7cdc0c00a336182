"""Choosing who takes part in a race, and saying what it will be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from lstm_core.races.plan import (
    DRAFT,
    FEWEST_SEEDS,
    MOST_SEEDS,
    Contestant,
    RacePlan,
    list_open_names,
    name_entry,
    plan_race,
)
from lstm_core.spec import ExperimentSpec, read_setting
from lstm_core.tasks.registry import find_kind
from pages._ui.data.draft import Draft, keep_in_draft
from pages._ui.data.loading import load_draft_collection
from pages._ui.data.outlook import Outlook
from pages._ui.data.submission import submit_race, train_button
from pages._ui.run.run_list import name_task
from pages._ui.settings.wordbook import Wordbook
from pages._ui.shell.messages import errors_shown, escape_markdown
from pages._ui.tasks.registry import find_pages

_KEPT = "race"
"""What the draft remembers the choice by."""

_SHARED = (
    *("training.windows_per_epoch", "training.epochs", "training.patience", "training.loss"),
)
_BUILT_BY = ("model.units", "model.layers")
_OWN = (
    *(*_BUILT_BY, "training.batch_size"),
    *("training.learning_rate", "training.decay"),
)


def show_race_form(draft: Draft) -> None:
    """Ask who takes part, and start the race when told so."""
    with errors_shown():
        dataset = load_draft_collection(draft)
        outlook = Outlook.of(draft.spec, dataset)
        spec = outlook.resolved or draft.spec
        st.caption(
            f"On {escape_markdown(name_task(spec, dataset.name))}. Each network is trained from "
            "several seeds, so that luck can be told from skill."
        )
        _begin_from(draft.kept.get(_KEPT, {}), spec)
        names = _choose_names(spec)
        left, right = st.columns(2)
        num_seeds = left.number_input(
            "How many seeds each?",
            min_value=FEWEST_SEEDS,
            max_value=MOST_SEEDS,
            key="race.seeds",
            help="Runs of each network, each from another start of all randomness. With more of "
            "them, smaller differences can be told from chance.",
        )
        num_epochs = right.number_input(
            "How many passes at most?",
            min_value=1,
            max_value=100_000,
            value=None,
            step=1,
            key="race.epochs",
            placeholder="Auto",
            help="Epochs, the same limit for all. Validation usually stops a run earlier. Auto: "
            "your draft's, or else the most that any of the networks asks for by itself.",
        )
        keep_in_draft(_KEPT, {"names": names, "seeds": num_seeds, "epochs": num_epochs})
        plan = outlook.recall(
            f"race of {names} {num_seeds} {num_epochs} by {draft.spec.fingerprint}",
            lambda: plan_race(
                draft.spec, dataset, names, num_seeds=num_seeds, num_epochs=num_epochs
            ),
        )
        for label, error in plan.refused.items():
            st.warning(
                f"**{label} can't take part.** {escape_markdown(str(error))}",
                icon=":material/block:",
            )
        if len(plan.contestants) < 2:
            st.info("Choose another network: a race needs at least two.")
            return
        st.markdown(_say_size(plan))
        if train_button("race.start", "Start the race"):
            submit_race("race.start", plan, dataset)
        with st.expander(
            "What is the same for all, and what is not",
            key="race.sharing",
            icon=":material/balance:",
        ):
            _show_rules(plan)


def _begin_from(kept: Mapping[str, Any], spec: ExperimentSpec) -> None:
    """Let fields that are new show what the draft remembers, and else what suits most."""
    others = [name for name in find_pages(spec).rivals if name != spec.model.architecture]
    offered = list_open_names(spec)
    names = [name for name in kept.get("names", [DRAFT, *others[:2]]) if name in offered]
    st.session_state.setdefault("race.names", names)
    st.session_state.setdefault("race.seeds", kept.get("seeds", FEWEST_SEEDS))
    st.session_state.setdefault("race.epochs", kept.get("epochs"))


def _choose_names(spec: ExperimentSpec) -> list[str]:
    return st.pills(
        "Which networks?",
        list_open_names(spec),
        selection_mode="multi",
        format_func=lambda name: name_entry(name, spec),
        key="race.names",
        help="Your draft is what the Model page and the Designer hold at the moment.",
    )


def _say_size(plan: RacePlan) -> str:
    num_fits = find_kind(plan.shared).count_fits(plan.shared)
    size = (
        f"**{plan.num_runs} runs**: {len(plan.contestants)} networks, {len(plan.seeds)} seeds "
        f"each, at most {plan.shared.training.epochs:,} passes a run"
    )
    if num_fits > 1:
        return f"{size}, anew for each of {num_fits} folds."
    return f"{size}."


def _show_rules(plan: RacePlan) -> None:
    words = Wordbook(plan.shared)
    shared = (
        f"{words.title(path)}: {_say(words, plan.shared, path)}"
        for path in (*find_pages(plan.shared).race_rules, *_SHARED)
        if path not in words.unused
    )
    st.markdown(
        "**The same for all**, read once from your draft and your data: "
        + " · ".join(map(escape_markdown, shared))
    )
    st.markdown(
        "**Each network's own**: what suits one may ruin another. Width, dropout and penalties "
        "that you have set hold for all; batch size and learning rate that you have set hold for "
        "your draft alone."
    )
    has_trained = any(each.resolved.model.comes_trained for each in plan.contestants)
    paths = (*_OWN, *(("model.fine_tune",) if has_trained else ()))
    st.dataframe(
        [_describe(words, contestant, paths) for contestant in plan.contestants],
        hide_index=True,
        key="race.rules",
    )
    st.caption(
        "Nothing is mixed with a baseline, whatever your draft says: networks are compared, not "
        "mixtures. Each run trains one network."
    )
    if has_trained:
        st.caption(
            "The pre-trained LSTM begins with the weights that it brings, the same for each seed, "
            "and looks at values in a way of its own. Where nothing of it goes on learning, its "
            "runs are all alike, and no pass is made."
        )


def _describe(words: Wordbook, contestant: Contestant, paths: Sequence[str]) -> dict[str, str]:
    said = {words.title(path): _say(words, contestant.resolved, path) for path in paths}
    return {"Network": contestant.label} | said


def _say(words: Wordbook, spec: ExperimentSpec, path: str) -> str:
    if spec.model.comes_trained and path in _BUILT_BY:
        return "as it came"
    if spec.training.epochs == 0 and path in _OWN:
        return "–"
    value = spec.model.num_layers if path == "model.layers" else read_setting(spec, path)
    if value is None and path in words and words[path].undecided:
        return "each network tries all ways, the validation part chooses"
    return "–" if value is None and path.startswith("model.") else words.say(path, value)
