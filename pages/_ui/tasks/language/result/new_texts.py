"""Files of new texts, read in the way in which a run's own were."""

from __future__ import annotations

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.reading.read import read_documents
from lstm_core.runs.snapshots.draft import Upload
from lstm_core.spec.documents import DocumentsDataSpec
from pages._ui.data.remembering import remembered
from pages._ui.data.uploads import read_uploads


@remembered("Reading the files…")
def read_new_texts(
    uploads: tuple[Upload, ...], understood: str, cache_folder: str
) -> DocumentCollection:
    """Read new texts; not to be changed.

    Args:
        understood: a ``DocumentsDataSpec`` as JSON.

    Raises:
        StudioError: nothing in them is text, or they were not kept.
    """
    choice = DocumentsDataSpec.model_validate_json(understood)
    files = read_uploads(uploads, cache_folder)
    return read_documents(files, choice, learnt=False).collection
