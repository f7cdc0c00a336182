"""The confirm card: what was found in the table, what will be predicted, and Train."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from lstm_core.charts.forecasting.preview import draw_preview
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.summary import DatasetSummary, describe_dataset
from lstm_core.errors import DataError, StudioError
from lstm_core.spec import ROW_ORDER, ExperimentSpec
from lstm_core.tasks.forecasting.framing.examples import use_known_future
from lstm_core.tasks.forecasting.framing.regions import outline_parts
from lstm_core.tasks.forecasting.leaking.columns import find_leaks, leave_out
from pages._ui.data.draft import Draft, link_to_model, put_columns_into_draft
from pages._ui.data.kinds.series.loading import (
    load_draft_dataset,
    load_draft_preview,
    load_draft_roles,
    load_draft_table,
)
from pages._ui.data.kinds.series.profile_panel import show_profile
from pages._ui.data.kinds.series.reading.panel import (
    show_open_questions,
    show_reading,
    show_refused_file,
)
from pages._ui.data.kinds.series.reading.remarks import list_on_card
from pages._ui.data.offers import show_refusal
from pages._ui.data.outlook import Outlook
from pages._ui.data.submission import submit, train_button
from pages._ui.data.training_time import follow_training_time, offer_training_time
from pages._ui.settings.choices import show_choices
from pages._ui.settings.wordbook import Wordbook
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.tasks.forecasting.ahead_panel import show_ahead
from pages._ui.tasks.forecasting.card_choices import ask_for_target, ask_how_far
from pages._ui.tasks.forecasting.columns_form import edit_columns

_TOLD = ("data.series", "data.missing_future", "task.floor", "task.window_normalisation")
"""Defaults that change what is learnt, where they are none of the usual: said on the card."""

_LEARNS = {
    "none": "as it comes",
    "head": "whose head goes on learning",
    "all": "all of which goes on learning",
}


def show_confirm_card(draft: Draft) -> None:
    """Show the card; when the table can't be used as it is, say why and let it be changed."""
    try:
        table = load_draft_table(draft)
    except StudioError as error:
        show_error(error)
        if isinstance(error, DataError):
            with st.container(border=True, key="confirm_card"):
                show_refused_file(draft)
        return
    with st.container(border=True, key="confirm_card"):
        try:
            dataset = load_draft_dataset(draft)
        except StudioError as error:
            show_error(error)
            _offer_row_order(draft)
            _show_open_questions(draft, table)
            show_reading(draft, table, expanded=True, is_told=False)
            edit_columns(draft, table, expanded=True)
            return
        outlook = Outlook.of(draft.spec, dataset)
        resolved = outlook.resolved
        if resolved is None:
            assert outlook.error is not None
            show_refusal(outlook.error, outlook, "data")
            link_to_model()
            summary = describe_dataset(dataset)
            _say_what_there_is(summary, list_on_card(table, summary.notes))
            show_ahead(draft, draft.spec.task.horizon)
            _show_open_questions(draft, table, dataset)
            show_reading(draft, table, expanded=True)
            edit_columns(draft, table, expanded=True)
            return
        _say_what_was_found(table, describe_dataset(dataset), resolved, outlook)
        show_ahead(draft, resolved.task.horizon)
        st.plotly_chart(
            outlook.recall(
                "preview",
                lambda: draw_preview(load_draft_preview(draft), outline_parts(dataset, resolved)),
            ),
            key="data.preview",
            config=PLOTLY_CONFIG,
            alt="The values to be predicted, over time, with the parts that are kept apart.",
        )
        choice = load_draft_roles(draft)
        _show_open_questions(draft, table, dataset)
        ask_for_target(draft, choice)
        ask_how_far(draft, choice, outlook)
        for caution in outlook.list_cautions():
            st.warning(escape_markdown(caution), icon=":material/warning:")
        _offer_to_leave_out(draft, outlook)
        with st.container(horizontal=True, vertical_alignment="center"):
            if not choice.is_clear:
                st.button(
                    "Train",
                    key="data.train_later",
                    icon=":material/play_arrow:",
                    disabled=True,
                    help="Say first what to predict.",
                )
            elif train_button("data.train", "Train"):
                submit("data.train", draft.spec, dataset)
            link_to_model()
            offer_training_time(draft, outlook)
        follow_training_time()
        show_reading(draft, table)
        show_profile(draft, dataset)
        with st.expander("What was chosen for you, and why", key="data.choices"):
            show_choices(resolved, outlook.reasons)
        edit_columns(draft, table, expanded=False)


def _offer_row_order(draft: Draft) -> None:
    """Offer to count the rows where that makes a table usable that has no times."""
    counted = draft.spec.with_values({"data.time": ROW_ORDER})
    try:
        load_draft_dataset(replace(draft, spec=counted))
    except StudioError:
        return
    st.button(
        "Count the rows",
        key="card.row_order",
        icon=":material/format_list_numbered:",
        on_click=put_columns_into_draft,
        args=(counted,),
        help="Rows are in order, and from one to the next is always the same time.",
    )


def _offer_to_leave_out(draft: Draft, outlook: Outlook) -> None:
    """Offer to do without the columns that tell what is to be predicted."""
    dataset, spec = outlook.collection, outlook.resolved
    assert spec is not None
    given = use_known_future(dataset, spec)
    leaks = outlook.recall("leaks", partial(find_leaks, given, spec))
    changes = leave_out(dataset.roles, [leak.column for leak in leaks])
    if not changes:
        return
    count = len({leak.column for leak in leaks} - {*dataset.roles.targets})
    st.button(
        "Leave the column out" if count == 1 else f"Leave {count} columns out",
        key="card.leave_out",
        icon=":material/healing:",
        on_click=put_columns_into_draft,
        args=(draft.spec.with_values(changes),),
        help="The table stays as it is; the model is not shown what it would not have in use.",
    )


def _show_open_questions(draft: Draft, table: SourceTable, dataset: Dataset | None = None) -> None:
    """Ask what the file, its columns and its times leave open, as far as they could be read."""
    try:
        of_columns = load_draft_roles(draft).questions
    except StudioError:
        of_columns = ()
    of_times = () if dataset is None else dataset.questions
    show_open_questions(draft, table, (*table.questions, *of_columns, *of_times))


def _say_what_was_found(
    table: SourceTable, summary: DatasetSummary, spec: ExperimentSpec, outlook: Outlook
) -> None:
    targets = ", ".join(f"**{escape_markdown(name)}**" for name in summary.targets)
    unit, horizon = outlook.collection.frequency.unit, spec.task.horizon
    told = [outlook.reasons[path] for path in _TOLD if path in outlook.reasons]
    predicted = (
        f"Predicting {targets}, **{horizon} {unit}{'' if horizon == 1 else 's'} ahead**, from "
        f"the {spec.task.lookback} before, by {_say_networks(spec)}."
    )
    _say_what_there_is(summary, [*list_on_card(table, summary.notes), *told], predicted)


def _say_what_there_is(summary: DatasetSummary, notes: Sequence[str], predicted: str = "") -> None:
    st.header(escape_markdown(summary.title), anchor=False)
    if predicted:
        st.markdown(predicted)
    st.caption(f"From {escape_markdown(summary.first)} to {escape_markdown(summary.last)}.")
    with st.container(gap="xsmall"):
        for note in notes:
            st.caption(f"• {escape_markdown(note)}")


def _say_networks(spec: ExperimentSpec) -> str:
    title = Wordbook(spec).say("model.architecture", spec.model.architecture)
    if spec.model.comes_trained:
        return f"the {title}, {_LEARNS[spec.model.fine_tune or 'none']}"
    count = spec.training.num_seeds
    return f"one {title}" if count == 1 else f"the median of {count} networks ({title})"
