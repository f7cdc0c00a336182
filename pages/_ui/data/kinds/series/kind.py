"""How tables over time come in; see ``kinds.face.KindPages``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.reading.endings import TABLE_ENDINGS
from lstm_core.data.series.covariates import keep_covariates
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.recognising import rate_table
from lstm_core.data.sources.samples import SAMPLES
from lstm_core.runs.snapshots.draft import Draft, Upload
from lstm_core.spec import SeriesDataSpec, name_file
from pages._ui.data.kinds.face import Sample, WayIn
from pages._ui.data.kinds.series.loading import load_draft_dataset
from pages._ui.data.kinds.series.online.way import choose_economy, choose_prices


class SeriesPages:
    ways: Mapping[str, str] = {
        "csv": "upload",
        "sample": "sample",
        "yahoo": "ticker",
        "fred": "economy",
    }
    own_ways: Mapping[str, WayIn] = {
        "ticker": WayIn(":material/monitoring: Stock prices", choose_prices),
        "economy": WayIn(":material/account_balance: Economic series", choose_economy),
    }
    endings: Sequence[str] = TABLE_ENDINGS
    wanted = (
        "a table with a column of times and at least one column of numbers (CSV, Excel, Parquet, "
        "JSON and others, packed or not)"
    )
    samples: Mapping[str, Sample] = SAMPLES

    def begin(self, uploads: Sequence[Upload]) -> SeriesDataSpec:
        return SeriesDataSpec(source="csv", name=name_file(uploads[-1].name))

    def pick(self, uploads: Sequence[Upload]) -> Sequence[Upload]:
        """Take the file that came last: a series stands in one table."""
        return uploads[-1:]

    def list_wanted(self, data: SeriesDataSpec) -> Sequence[str]:
        return data.targets

    def rate(self, files: Sequence[GivenFile]) -> float:
        return rate_table(files[-1].content, files[-1].name)

    def load(self, draft: Draft) -> Dataset:
        return load_draft_dataset(draft)

    def adapt(self, collection: Dataset, data: SeriesDataSpec) -> Dataset:
        return keep_covariates(collection, data)


KIND = SeriesPages()
