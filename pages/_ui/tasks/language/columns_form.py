"""What each column of a table of texts is for."""

from __future__ import annotations

from lstm_core.data.documents.reading.understanding import DocumentsUnderstanding
from pages._ui.data.columns_form import edit_parts
from pages._ui.data.draft import Draft
from pages._ui.data.kinds.documents.loading import load_draft_documents_source

_QUESTIONS = {
    "text": (
        "Which column holds the texts?",
        "Text: each cell is a text of its own, and is read from its beginning.",
    ),
    "item": ("Which column names a text?", "Document: its title or number. None is needed."),
    "group": (
        "Which column names what texts have in common?",
        "Group: the author or book that texts come from. Those of one group are never both learnt "
        "from and judged by: so the verdict is about new ones.",
    ),
    "split": (
        "Which column says train or test?",
        "Given split: a column whose values are train, validation and test. What it keeps apart "
        "is what is judged.",
    ),
}


def edit_columns(
    draft: Draft, understanding: DocumentsUnderstanding | None, *, expanded: bool
) -> None:
    """Let the person change what was understood of the files; there is nothing in a sample.

    Args:
        understanding: none where nothing could be understood; then only what was chosen is shown.
    """
    source = load_draft_documents_source(draft)
    if source is None:
        return
    names = [str(name) for name in source.frame.columns]
    if source.is_files and len(names) <= 2:
        return  # a file and its text: nothing to be taken for anything else
    edit_parts(
        draft,
        names,
        draft.spec.data if understanding is None else understanding.spec,
        {} if understanding is None else understanding.findings,
        _QUESTIONS,
        has_header=source.has_header,
        expanded=expanded,
    )
