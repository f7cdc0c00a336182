"""What of a text stands word for word in what a run has learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from lstm_core.data.documents.splitting.stretches import read_stretches
from lstm_core.runs.snapshots.run import Run
from lstm_core.settings import load_settings
from lstm_core.tasks.language.copying import Copied, CopyIndex, measure_copied
from pages._ui.tasks.language.result.kept import frame_run

MOST_AT_ONCE = 3_000_000
"""Characters that are sorted without being asked to: a second or two."""

_AROUND = 200
"""Characters on either side of a place that are shown with it."""


@dataclass(frozen=True)
class Copies:
    """What of a text is copied.

    Attributes:
        found: by where they begin. ``share``: of the text, 0 to 1.
    """

    found: Sequence[Copied]
    share: float

    @property
    def longest(self) -> Copied | None:
        return max(self.found, key=lambda each: each.stop - each.start, default=None)


@dataclass(frozen=True)
class Place:
    """Where a copied stretch stands.

    Attributes:
        document: what its document is called (hostile).
        before, copied, after: the stretch and what stands around it.
    """

    document: str
    before: str
    copied: str
    after: str


def is_quick(run: Run) -> bool:
    """Whether the training part is sorted in a moment, or was before."""
    return frame_run(run).sizes[0] <= MOST_AT_ONCE or run.id in _get_sorted()


def find_copies(run: Run, text: str) -> Copies:
    """Return what of a text is copied from the training part, which is sorted for it once."""
    index = _sort(run.id, str(load_settings().home), run)
    _get_sorted().add(run.id)
    found = index.find(text)
    return Copies(found, measure_copied(found, len(text)))


def locate_copy(run: Run, copied: Copied) -> Place:
    """Return where a stretch stands in the text that was learnt from."""
    framing = frame_run(run)
    stretch = framing.split.train[copied.document]
    text = str(framing.collection.texts[stretch.document])
    start = stretch.start + copied.place
    stop = start + copied.stop - copied.start
    return Place(
        str(framing.collection.ids[stretch.document]),
        text[max(0, start - _AROUND) : start],
        text[start:stop],
        text[stop : stop + _AROUND],
    )


@st.cache_resource(max_entries=3, show_spinner="Sorting what it learnt from, to find copies…")
def _sort(run_id: str, home: str, _run: Run) -> CopyIndex:
    framing = frame_run(_run)
    return CopyIndex.from_texts(read_stretches(framing.collection.texts, framing.split.train))


@st.cache_resource(show_spinner=False)
def _get_sorted() -> set[str]:
    """Return the runs whose training part was sorted; the last few of them still are."""
    return set()
