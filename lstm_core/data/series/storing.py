"""A dataset as one Parquet file, and back."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.collections import Outline
from lstm_core.data.reading.telling import Choice, Question
from lstm_core.data.series.dataset import Dataset, Roles, drop_unused_series
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_METADATA_KEY = b"lstm_studio"


def collection_to_bytes(dataset: Dataset) -> bytes:
    """Return one Parquet file that holds everything, metadata included."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    both = pd.concat([dataset.frame, dataset.future])
    both.columns = [str(number) for number in range(both.shape[1])]
    both[[f"observed {i}" for i in range(dataset.observed.shape[1])]] = np.concatenate(
        [dataset.observed, np.zeros((len(dataset.future), dataset.observed.shape[1]), dtype=bool)]
    )
    metadata: dict[str, Any] = {
        "roles": asdict(dataset.roles),
        "frequency": asdict(dataset.frequency),
        "source": dataset.source,
        "name": dataset.name,
        "notes": dataset.notes,
        "repeats": dataset.repeats,
        "questions": [asdict(question) for question in dataset.questions],
        "num_rows": len(dataset.frame),
    }
    table = pa.Table.from_pandas(both.reset_index(), preserve_index=False)
    table = table.replace_schema_metadata({_METADATA_KEY: json.dumps(metadata)})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def collection_from_bytes(content: bytes) -> Dataset:
    """Read what ``collection_to_bytes`` wrote.

    Raises:
        DataError: the content is something else.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
        metadata = json.loads((table.schema.metadata or {})[_METADATA_KEY])
    except (pa.ArrowException, KeyError) as error:
        raise DataError("This is not a dataset of LSTM Studio.") from error
    lists = ("targets", "past_covariates", "known_future_covariates")
    roles = metadata["roles"] | {name: tuple(metadata["roles"][name]) for name in lists}
    roles = Roles(**roles)
    both = table.replace_schema_metadata(None).to_pandas()
    if pd.api.types.is_datetime64_any_dtype(both["time"]):
        both["time"] = both["time"].dt.as_unit("ns")
    both["series"] = both["series"].astype(str)
    both = both.set_index(["series", "time"])
    del table
    pa.default_memory_pool().release_unused()  # the copy that pandas has taken is enough
    num_columns, num_rows = len(roles.columns), metadata["num_rows"]
    observed = both.iloc[:num_rows, num_columns:].to_numpy(dtype=bool)
    both = both.iloc[:, :num_columns]
    both.columns = list(roles.columns)
    return Dataset(
        frame=drop_unused_series(both.iloc[:num_rows]),
        observed=observed,
        future=drop_unused_series(both.iloc[num_rows:][list(roles.known_future_covariates)]),
        roles=roles,
        frequency=Frequency(**metadata["frequency"]),
        source=metadata["source"],
        name=metadata["name"],
        notes=tuple(metadata["notes"]),
        repeats=metadata.get("repeats"),  # older ones don't say it
        questions=tuple(_read_question(each) for each in metadata.get("questions", ())),
    )


def _read_question(stored: dict[str, Any]) -> Question:
    choices = tuple(Choice(**choice) for choice in stored["choices"])
    return Question(stored["item"], stored["sentence"], choices)


def outline_collection(dataset: Dataset) -> Outline:
    """Say what lists need: ``"Daily, 3 series, 1,204 rows"``."""
    num_series = len(dataset.series_names)
    series = f"{num_series:,} series, " if num_series > 1 else ""
    rows = count_words(dataset.num_rows, "row")
    return Outline(f"{dataset.frequency.label}, {series}{rows}", num_series, dataset.num_rows)
