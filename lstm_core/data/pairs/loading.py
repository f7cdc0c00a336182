"""One way from a ``PairsDataSpec`` to its collection, for the page and the command line alike."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.reading.read import read_pairs
from lstm_core.data.pairs.samples.registry import find_pair_sample
from lstm_core.errors import DataError
from lstm_core.spec.pairs import PairsDataSpec


def load_pairs(spec: PairsDataSpec, files: Sequence[GivenFile] = ()) -> PairCollection:
    """Return the pairs that ``spec`` speaks of.

    Args:
        files: needed for the source ``file`` only.

    Raises:
        DataError: the files can't be read, their pairs can't be learnt, or there are none.
        SpecError: an unknown sample.
    """
    if spec.source == "sample":
        return find_pair_sample(spec.name).load()
    if not files:
        raise DataError(
            f'The spec names the file "{spec.name}" but not its content.',
            "Upload the file, or give its path on the command line.",
        )
    return read_pairs(files, spec).collection
