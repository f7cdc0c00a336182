"""The confirm card: what was understood of the sequences, how they are split, and Train."""

from __future__ import annotations

import streamlit as st

from lstm_core.charts.tagging.stretches import choose_colours
from lstm_core.charts.tagging.types import draw_types
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.reading.columns.understanding import TaggedUnderstanding
from lstm_core.data.tagged.summary import TaggedSummary
from lstm_core.data.wording import count_words
from lstm_core.errors import StudioError
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.tagging.framing import Framing, frame_sequences
from pages._ui.data.draft import Draft, link_to_model
from pages._ui.data.kinds.tagged.loading import (
    describe_draft_tagged,
    load_draft_tagged,
    load_draft_tagged_source,
    load_draft_tagged_understanding,
)
from pages._ui.data.offers import show_refusal
from pages._ui.data.outlook import Outlook
from pages._ui.data.submission import submit, train_button
from pages._ui.settings.choices import show_choices
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.messages import escape_markdown, show_error
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.tasks.tagging.card_questions import ask_for_group, ask_for_tag
from pages._ui.tasks.tagging.columns_form import edit_columns
from pages._ui.tasks.tagging.examples import show_examples


def show_confirm_card(draft: Draft) -> None:
    """Show the card; where the sequences can't be used as they are, say why and let it change."""
    try:
        load_draft_tagged_source(draft)
    except StudioError as error:
        show_error(error)
        return
    with st.container(border=True, key="confirm_card"):
        understanding: TaggedUnderstanding | None = None
        try:
            understanding = load_draft_tagged_understanding(draft)
            collection = load_draft_tagged(draft)
        except StudioError as error:
            show_error(error)
            edit_columns(draft, understanding, expanded=True)
            return
        summary = describe_draft_tagged(draft)
        _say_what_was_found(collection, summary)
        _show_types(collection, summary)
        show_examples(collection)
        if understanding is not None:
            ask_for_tag(draft, understanding)
            ask_for_group(draft, understanding)
        outlook = Outlook.of(draft.spec, collection)
        if outlook.resolved is None:
            assert outlook.error is not None
            show_refusal(outlook.error, outlook, "data")
            link_to_model()
        else:
            _show_plan(outlook.resolved, outlook, has_copies=bool(summary.repeated))
        edit_columns(draft, understanding, expanded=False)


def _say_what_was_found(collection: TaggedCollection, summary: TaggedSummary) -> None:
    st.header(escape_markdown(summary.title), anchor=False)
    understood = collection.understood
    has_names = understood is None or understood.header is not False
    tag = dict(collection.roles).get("tag") if has_names else None
    column = f", from the column **{escape_markdown(tag)}**" if tag else ""
    st.markdown(_say_aim(collection, summary, column))
    lengths = f"Lengths: {summary.lengths[:1].lower()}{summary.lengths[1:]}"
    said = (summary.evenness, summary.outside, lengths, summary.groups, summary.given_split)
    for sentence in filter(None, said):
        st.caption(escape_markdown(sentence))
    for note in (summary.repeated, summary.conflicts, *summary.notes):
        if note:
            st.caption(f"• {escape_markdown(note)}")


def _say_aim(collection: TaggedCollection, summary: TaggedSummary, column: str) -> str:
    """Say what is tagged: entities to be found, or a tag for everything."""
    count = len(summary.counts)
    if collection.scheme == "bio":
        return (
            f"Finding **{count_words(count, 'type')} of entity**{column}: "
            f"{summary.num_entities:,} are marked."
        )
    step = "word" if collection.content == "words" else "step"
    return f"Giving each {step} one of **{count_words(count, 'tag')}**{column}."


def _show_types(collection: TaggedCollection, summary: TaggedSummary) -> None:
    names = [each.name for each in summary.counts]
    counts = [each.count for each in summary.counts]
    unit = "entities of each type" if collection.scheme == "bio" else "steps with each tag"
    st.plotly_chart(
        recall_figure(draw_types, names, counts, choose_colours(collection.types)),
        key="data.types",
        config=PLOTLY_CONFIG | {"displayModeBar": False},
        alt=f"How many {unit} there are.",
    )


def _say_ties(framing: Framing, *, has_copies: bool) -> list[str]:
    """Say what stays on one side in each fold, where the split has not said so."""
    said = []
    noun = f"{framing.facts.noun.capitalize()}s"
    if framing.plan.how == "grouped" and len(framing.splits) > 1:
        said.append(f'{noun} of one "{framing.facts.group[:40]}" stay on one side.')
    if has_copies and framing.plan.keep_copies_together:
        said.append("Copies stay on one side.")
    return said


def _show_plan(spec: ExperimentSpec, outlook: Outlook, *, has_copies: bool) -> None:
    """Say how the sequences are split and what should be known, and offer to train."""
    collection: TaggedCollection = outlook.collection
    framing = frame_sequences(spec.task, collection)
    said = " ".join([framing.say(), *_say_ties(framing, has_copies=has_copies)])
    st.markdown(f":material/balance: {escape_markdown(said)}")
    for caution in outlook.list_cautions():
        st.warning(escape_markdown(caution), icon=":material/warning:")
    with st.container(horizontal=True, vertical_alignment="center"):
        if train_button("data.train", "Train"):
            submit("data.train", outlook.spec, collection)
        link_to_model()
    with st.expander("What was chosen for you, and why", key="data.choices"):
        show_choices(spec, outlook.reasons)
