"""How running texts come in; see ``kinds.face.KindPages``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.recognising import rate_documents
from lstm_core.data.documents.samples.registry import DOCUMENT_SAMPLES
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.runs.snapshots.draft import Draft, Upload
from lstm_core.spec import name_file
from lstm_core.spec.documents import DocumentsDataSpec
from pages._ui.data.kinds.documents.loading import load_draft_documents
from pages._ui.data.kinds.face import Sample, WayIn


class DocumentsPages:
    ways: Mapping[str, str] = {"file": "upload", "sample": "sample"}
    own_ways: Mapping[str, WayIn] = {}
    endings: Sequence[str] = (
        *("txt", "text", "md", "markdown", "rst", "csv", "tsv", "tab", "psv", "xlsx", "xlsm"),
        *("json", "jsonl", "ndjson", "zip", "gz"),
    )
    wanted = (
        "running text: a book or notes as .txt or Markdown, a ZIP of texts, or a table with a "
        "column of texts"
    )
    samples: Mapping[str, Sample] = DOCUMENT_SAMPLES

    def begin(self, uploads: Sequence[Upload]) -> DocumentsDataSpec:
        return DocumentsDataSpec(source="file", name=name_file(uploads[0].name))

    def pick(self, uploads: Sequence[Upload]) -> Sequence[Upload]:
        return uploads

    def list_wanted(self, data: DocumentsDataSpec) -> Sequence[str]:
        return []  # what comes next is in the texts themselves

    def rate(self, files: Sequence[GivenFile]) -> float:
        return rate_documents(files)

    def load(self, draft: Draft) -> DocumentCollection:
        return load_draft_documents(draft)

    def adapt(self, collection: DocumentCollection, data: DocumentsDataSpec) -> DocumentCollection:
        return collection


KIND = DocumentsPages()
