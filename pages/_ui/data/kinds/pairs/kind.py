"""How pairs come in; see ``kinds.face.KindPages``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lstm_core.data.items.reading.columns.steps import is_bare
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.recognising import rate_pairs
from lstm_core.data.pairs.samples.registry import PAIR_SAMPLES
from lstm_core.runs.snapshots.draft import Draft, Upload
from lstm_core.spec import name_file
from lstm_core.spec.pairs import PairsDataSpec
from pages._ui.data.kinds.face import Sample, WayIn
from pages._ui.data.kinds.pairs.loading import load_draft_pairs

_SIDES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl", "cs", "ru", "uk", "tr", "el", "ar"),
    *("he", "fa", "hi", "zh", "ja", "ko", "vi", "src", "tgt", "trg"),
)
"""Endings of files that are one side of pairs, as train.de is."""


class PairsPages:
    ways: Mapping[str, str] = {"file": "upload", "sample": "sample"}
    own_ways: Mapping[str, WayIn] = {}
    endings: Sequence[str] = (
        *("tmx", "tsv", "csv", "tab", "psv", "txt", "xlsx", "xlsm", "json", "jsonl", "ndjson"),
        *("zip", "gz", *_SIDES),
    )
    wanted = (
        "a table with two columns of texts, a translation memory (TMX), or two files with a "
        "sentence a line that belong together, named like train.de and train.en"
    )
    samples: Mapping[str, Sample] = PAIR_SAMPLES

    def begin(self, uploads: Sequence[Upload]) -> PairsDataSpec:
        return PairsDataSpec(source="file", name=name_file(uploads[0].name))

    def pick(self, uploads: Sequence[Upload]) -> Sequence[Upload]:
        return uploads

    def list_wanted(self, data: PairsDataSpec) -> Sequence[str]:
        wanted = data.columns.get("wanted")
        # Columns without names are numbered, which tells nobody anything.
        return [] if wanted is None or is_bare(wanted) else [wanted]

    def rate(self, files: Sequence[GivenFile]) -> float:
        return rate_pairs(files)

    def load(self, draft: Draft) -> PairCollection:
        return load_draft_pairs(draft)

    def adapt(self, collection: PairCollection, data: PairsDataSpec) -> PairCollection:
        return collection


KIND = PairsPages()
