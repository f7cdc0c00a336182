"""How tagged sequences come in; see ``kinds.face.KindPages``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lstm_core.data.items.reading.columns.steps import is_bare
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.recognising import rate_tagged
from lstm_core.data.tagged.samples.registry import TAGGED_SAMPLES
from lstm_core.runs.snapshots.draft import Draft, Upload
from lstm_core.spec import name_file
from lstm_core.spec.tagged import TaggedDataSpec
from pages._ui.data.kinds.face import Sample, WayIn
from pages._ui.data.kinds.tagged.loading import load_draft_tagged


class TaggedPages:
    ways: Mapping[str, str] = {"file": "upload", "sample": "sample"}
    own_ways: Mapping[str, WayIn] = {}
    endings: Sequence[str] = (
        *("conll", "conllu", "conllx", "conll03", "iob", "iob2", "bio", "bioes", "bmes"),
        *("ner", "pos", "tags", "txt", "csv", "tsv", "tab", "psv", "dat", "data", "xlsx", "xlsm"),
        *("json", "jsonl", "ndjson", "zip", "gz"),
    )
    wanted = (
        "a word and its tag a line with blank lines between sentences (CoNLL), a table with a row "
        "for each word or each moment, or JSON with lists of words and tags or with marked texts"
    )
    samples: Mapping[str, Sample] = TAGGED_SAMPLES

    def begin(self, uploads: Sequence[Upload]) -> TaggedDataSpec:
        return TaggedDataSpec(source="file", name=name_file(uploads[0].name))

    def pick(self, uploads: Sequence[Upload]) -> Sequence[Upload]:
        return uploads

    def list_wanted(self, data: TaggedDataSpec) -> Sequence[str]:
        tag = data.columns.get("tag")
        # Columns without names are numbered, which tells nobody anything.
        return [] if tag is None or is_bare(tag) else [tag]

    def rate(self, files: Sequence[GivenFile]) -> float:
        return rate_tagged(files)

    def load(self, draft: Draft) -> TaggedCollection:
        return load_draft_tagged(draft)

    def adapt(self, collection: TaggedCollection, data: TaggedDataSpec) -> TaggedCollection:
        return collection


KIND = TaggedPages()
