"""One sequence that a person asks a trained model about."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from lstm_core.data.items.collection import as_objects
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.words import WordCut
from lstm_core.errors import DataError
from lstm_core.runs.snapshots.run import Run
from lstm_core.settings import load_settings
from pages._ui.data.loading import load_run_collection
from pages._ui.tasks.tagging.result.kept import list_learnt

MOST_LETTERS = 10_000
"""Of what is typed; longer texts come in a file."""

_TYPED = "typed"


def pose_text(text: str, cut: WordCut, like: TaggedCollection) -> TaggedCollection:
    """Return what somebody typed as a sentence like those of a collection.

    Raises:
        DataError: there is nothing, or too much.
    """
    if len(text) > MOST_LETTERS:
        raise DataError(
            f"This has {len(text):,} characters; {MOST_LETTERS:,} can be typed.",
            "Upload it in a file instead.",
        )
    words = cut.cut(text.encode("utf-8", "replace").decode())  # half of a sign can't be kept
    if not words:
        raise DataError("There is no sentence yet.", "Type or paste a sentence, or draw one.")
    return TaggedCollection(
        content="words",
        scheme=like.scheme,
        ids=as_objects([_TYPED]),
        tags=as_objects([None] * len(words)),
        words=as_objects(words),
        sizes=np.array([len(words)], np.int64),
    )


def pose_sequence(collection: TaggedCollection, position: int) -> TaggedCollection:
    """Return one of the sequences alone, without what the model is to say."""
    own = collection.select([position])
    return replace(
        own,
        tags=as_objects([None] * own.num_steps),
        groups=None,
        times=None,
        parts=None,
        roles=(),
        understood=None,
        notes=(),
    )


def get_cut(run: Run) -> WordCut:
    """Return how text is cut into words such as those that the run has learnt from."""
    return _get_cut(run, str(load_settings().home))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Run: lambda run: run.id})
def _get_cut(run: Run, home: str) -> WordCut:
    collection: TaggedCollection = load_run_collection(run.dataset_id)
    understood = collection.understood
    if understood is not None and understood.cut is not None:
        return WordCut.from_dict(understood.cut.model_dump())
    learnt = collection.select(list_learnt(run))
    return WordCut.fit([] if learnt.words is None else map(str, learnt.words))
