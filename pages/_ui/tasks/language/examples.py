"""How the texts begin, as they were read."""

from __future__ import annotations

import streamlit as st

from lstm_core.data.documents.collection import DocumentCollection
from pages._ui.data.excerpts import mark_all, mark_excerpt

NUM_EXAMPLES = 3


def show_examples(collection: DocumentCollection) -> None:
    """Show the first lines of the text, or of some texts."""
    count = collection.num_documents
    if count == 1:
        st.html(mark_excerpt(collection.texts[0]))
        return
    # Spread over all: the first of many may be a preface.
    numbers = sorted({count * place // NUM_EXAMPLES for place in range(NUM_EXAMPLES)})
    st.html(
        mark_all(
            [
                mark_excerpt(
                    collection.texts[number],
                    title=str(collection.ids[number]),
                    most_lines=3,
                    longest=200,
                )
                for number in numbers
            ]
        )
    )
