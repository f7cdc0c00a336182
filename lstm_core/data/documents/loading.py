"""One way from a ``DocumentsDataSpec`` to its collection, for the page and the command line."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.reading.read import read_documents
from lstm_core.data.documents.samples.registry import find_document_sample
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.errors import DataError
from lstm_core.spec.documents import DocumentsDataSpec


def load_documents(spec: DocumentsDataSpec, files: Sequence[GivenFile] = ()) -> DocumentCollection:
    """Return the texts that ``spec`` speaks of.

    Args:
        files: needed for the source ``file`` only.

    Raises:
        DataError: the files can't be read, hold too little, or there are none.
        SpecError: an unknown sample.
    """
    if spec.source == "sample":
        return find_document_sample(spec.name).load()
    if not files:
        raise DataError(
            f'The spec names the file "{spec.name}" but not its content.',
            "Upload the file, or give its path on the command line.",
        )
    return read_documents(files, spec).collection
