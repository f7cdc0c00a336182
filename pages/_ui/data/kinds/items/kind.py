"""How labelled sequences come in; see ``kinds.face.KindPages``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.recognising import rate_items
from lstm_core.data.items.samples.registry import ITEM_SAMPLES
from lstm_core.runs.snapshots.draft import Draft, Upload
from lstm_core.spec import name_file
from lstm_core.spec.items import ItemsDataSpec
from pages._ui.data.kinds.face import Sample, WayIn
from pages._ui.data.kinds.items.loading import load_draft_items


class ItemsPages:
    ways: Mapping[str, str] = {"file": "upload", "sample": "sample"}
    own_ways: Mapping[str, WayIn] = {}
    endings: Sequence[str] = (
        *("csv", "tsv", "tab", "psv", "dat", "data", "txt", "xlsx", "xlsm"),
        *("json", "jsonl", "ndjson", "zip", "gz", "ts", "arff"),
        *("fasta", "fa", "fna", "faa", "ffn", "fas", "frn"),
    )
    wanted = (
        "a table of texts, signals or symbols with a column of labels (CSV, Excel, JSON lines), "
        "FASTA, .ts, .arff, or a ZIP with a folder for each label"
    )
    samples: Mapping[str, Sample] = ITEM_SAMPLES

    def begin(self, uploads: Sequence[Upload]) -> ItemsDataSpec:
        return ItemsDataSpec(source="file", name=name_file(uploads[0].name))

    def pick(self, uploads: Sequence[Upload]) -> Sequence[Upload]:
        return uploads

    def list_wanted(self, data: ItemsDataSpec) -> Sequence[str]:
        return [data.columns["label"]] if "label" in data.columns else []

    def rate(self, files: Sequence[GivenFile]) -> float:
        return rate_items(files)

    def load(self, draft: Draft) -> ItemCollection:
        return load_draft_items(draft)

    def adapt(self, collection: ItemCollection, data: ItemsDataSpec) -> ItemCollection:
        return collection


KIND = ItemsPages()
