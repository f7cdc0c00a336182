"""What each column of a table of pairs is for."""

from __future__ import annotations

from lstm_core.data.pairs.reading.columns.understanding import PairUnderstanding
from pages._ui.data.columns_form import edit_parts
from pages._ui.data.draft import Draft
from pages._ui.data.kinds.pairs.loading import load_draft_pairs_source

_QUESTIONS = {
    "given": (
        "Which column is given?",
        "Source: what is to be turned into something else, such as sentences to be translated.",
    ),
    "wanted": (
        "Which column is wanted?",
        "Target: what each is to be turned into, such as their translations.",
    ),
    "group": (
        "Which column names what pairs have in common?",
        "Group: the document or person that pairs come from. Those of one group are never both "
        "learnt from and judged by: so the verdict is about new ones.",
    ),
    "split": (
        "Which column says train or test?",
        "Given split: a column whose values are train, validation and test. What it keeps apart "
        "is what is judged.",
    ),
}


def edit_columns(draft: Draft, understanding: PairUnderstanding | None, *, expanded: bool) -> None:
    """Let the person change what was understood of the files; there is nothing in a sample.

    Args:
        understanding: none where nothing could be understood; then only what was chosen is shown.
    """
    source = load_draft_pairs_source(draft)
    if source is None:
        return
    edit_parts(
        draft,
        [str(name) for name in source.frame.columns],
        draft.spec.data if understanding is None else understanding.spec,
        {} if understanding is None else understanding.findings,
        _QUESTIONS,
        has_header=source.has_header,
        expanded=expanded,
    )
