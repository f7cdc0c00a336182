"""The stretches of text that a script reads: a JSON object a line."""

from __future__ import annotations

import json

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.language.export.story import Story
from lstm_core.tasks.language.laying_out import find_before, limit_judged

DATA_FILE = "data.jsonl"


def write_data(spec: ExperimentSpec, collection: DocumentCollection) -> bytes:
    """Return the stretches in the order of their parts.

    ``part``; ``document``, its number; ``start``, where it begins there; ``begins`` and ``ends``:
    whether the document does so with it; ``text``; and of the test part ``before``, what stands
    before it.

    Args:
        spec: filled in for this collection.
    """
    split = Story.of(spec, collection).framing.split
    lines = []
    for part in ("train", "validation", "test"):
        stretches = getattr(split, part)
        for stretch in limit_judged(stretches) if part == "test" else stretches:
            text = str(collection.texts[stretch.document])
            row = {
                "part": part,
                "document": stretch.document,
                "start": stretch.start,
                "begins": stretch.start == 0,
                "ends": stretch.stop == len(text),
                "text": text[stretch.start : stretch.stop],
            }
            if part == "test":
                row["before"] = text[find_before(stretch.start) : stretch.start]
            lines.append(json.dumps(row))
    return "".join(f"{line}\n" for line in lines).encode()
