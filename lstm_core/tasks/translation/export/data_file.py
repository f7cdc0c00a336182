"""The pairs that a script reads: a JSON object a line."""

from __future__ import annotations

import json

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.export.story import Story

DATA_FILE = "data.jsonl"


def write_data(spec: ExperimentSpec, collection: PairCollection) -> bytes:
    """Return the pairs: ``id``, ``source``, ``target``, null where nobody knows it, and ``part``.

    With folds, there is a part for each of them: ``part in fold 1`` and so on.

    Args:
        spec: filled in for this collection.
    """
    story = Story.of(spec, collection)
    pairs = story.pairs
    lines = []
    for number in range(pairs.num_pairs):
        row = {name: str(own[number]) for name, own in zip(story.columns, story.parts, strict=True)}
        row |= {
            "id": str(pairs.ids[number]),
            "source": pairs.sources[number],
            "target": pairs.targets[number],
        }
        lines.append(json.dumps(row))
    return "".join(f"{line}\n" for line in lines).encode()
