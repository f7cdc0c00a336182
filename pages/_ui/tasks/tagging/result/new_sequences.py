"""Files of new sequences, read in the way in which a run's own were."""

from __future__ import annotations

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.entities import Scheme, find_entities
from lstm_core.data.tagged.reading.read import read_tagged
from lstm_core.data.tagged.words import WordCut
from lstm_core.runs.snapshots.draft import Upload
from lstm_core.spec.tagged import TaggedDataSpec
from pages._ui.data.remembering import remembered
from pages._ui.data.uploads import read_uploads


@remembered("Reading the files…")
def read_new_sequences(
    uploads: tuple[Upload, ...], understood: str, cut: WordCut, cache_folder: str
) -> TaggedCollection:
    """Read new sequences; not to be changed.

    Args:
        understood: a ``TaggedDataSpec`` as JSON. ``cut``: how running text is cut into words.

    Raises:
        StudioError: nothing in them is a sequence, or they were not kept.
    """
    choice = TaggedDataSpec.model_validate_json(understood)
    files = read_uploads(uploads, cache_folder)
    return read_tagged(files, choice, tagged=False, cut=cut).collection


def say_agreement_of_all(sequences: TaggedCollection, said: list[str], scheme: Scheme) -> str:
    """Say how many of the tags that new sequences came with are those that were said; or nothing.

    Args:
        said: a tag for each step.
    """
    tagged = [n for n in range(sequences.num_sequences) if sequences.is_tagged[n]]
    if not tagged or sequences.scheme != scheme:
        return ""
    is_all = len(tagged) == sequences.num_sequences
    whose = "All of them have" if is_all else f"{len(tagged):,} of them have"
    num_there = num_right = num_said = 0
    for number in tagged:
        told, own = said[sequences.find_steps(number)], sequences.get_tags(number)
        if scheme == "bio":
            there, found = set(find_entities(own)), set(find_entities(told))
            num_right += len(there & found)
            num_there, num_said = num_there + len(there), num_said + len(found)
        else:
            num_right += sum(map(str.__eq__, own, told))
            num_there += len(own)
    if scheme == "bio":
        return (
            f"{whose} tags already: {num_right:,} of {num_there:,} entities are found, and "
            f"{num_right:,} of {num_said:,} that are said are right."
        )
    return f"{whose} tags already: {num_right / max(1, num_there):.0%} of the steps got theirs."
