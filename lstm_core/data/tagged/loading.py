"""One way from a ``TaggedDataSpec`` to its collection, for the page and the command line alike."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.reading.read import read_tagged
from lstm_core.data.tagged.samples.registry import find_tagged_sample
from lstm_core.errors import DataError
from lstm_core.spec.tagged import TaggedDataSpec


def load_tagged(spec: TaggedDataSpec, files: Sequence[GivenFile] = ()) -> TaggedCollection:
    """Return the tagged sequences that ``spec`` speaks of.

    Args:
        files: needed for the source ``file`` only.

    Raises:
        DataError: the files can't be read, their tags can't be learnt, or there are none.
        SpecError: an unknown sample.
    """
    if spec.source == "sample":
        return find_tagged_sample(spec.name).load()
    if not files:
        raise DataError(
            f'The spec names the file "{spec.name}" but not its content.',
            "Upload the file, or give its path on the command line.",
        )
    return read_tagged(files, spec).collection
