"""Files of new texts, read in the way in which a run's own were."""

from __future__ import annotations

import pandas as pd

from lstm_core.charts.translation.progress import is_same
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.reading.read import read_pairs
from lstm_core.data.wording import count_words
from lstm_core.runs.snapshots.draft import Upload
from lstm_core.spec.pairs import PairsDataSpec
from pages._ui.data.remembering import remembered
from pages._ui.data.uploads import read_uploads


@remembered("Reading the files…")
def read_new_texts(
    uploads: tuple[Upload, ...], understood: str, cache_folder: str
) -> PairCollection:
    """Read new texts; not to be changed.

    Args:
        understood: a ``PairsDataSpec`` as JSON.

    Raises:
        StudioError: nothing in them is text, or they were not kept.
    """
    choice = PairsDataSpec.model_validate_json(understood)
    return read_pairs(read_uploads(uploads, cache_folder), choice, paired=False).collection


def say_agreement(texts: PairCollection, answers: pd.DataFrame) -> str:
    """Say how many of the partners that new texts came with are those that were said; or
    nothing."""
    known = [
        (str(target), str(said))
        for target, said in zip(texts.targets, answers["said"], strict=True)
        if target is not None
    ]
    if not known:
        return ""
    num_same = sum(is_same(said, target) for target, said in known)
    whose = "All" if len(known) == texts.num_pairs else f"{len(known):,}"
    return (
        f"{whose} of {count_words(texts.num_pairs, 'text')} came with what is wanted: {num_same:,} "
        "of these came out exactly so."
    )
