"""A tagged collection as one Parquet file, and back: a row a sequence, its steps as lists."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np

from lstm_core.data.collections import Outline
from lstm_core.data.items.collection import as_objects
from lstm_core.data.items.signals import Signals
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.summary import title_tagged
from lstm_core.errors import DataError
from lstm_core.spec.tagged import TaggedDataSpec

_METADATA_KEY = b"lstm_studio_tagged"
_STRINGS = ("ids", "groups", "parts")
_STEPS = ("tags", "words")


def collection_to_bytes(collection: TaggedCollection) -> bytes:
    """Return one Parquet file, a row a sequence, that holds everything."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    ends = pa.array(np.concatenate([[0], np.cumsum(collection.lengths)]))
    columns: dict[str, Any] = {}
    for name in _STRINGS:
        column = getattr(collection, name)
        if column is not None:
            columns[name] = pa.array(column.tolist(), type=pa.large_string())
    for name in _STEPS:
        column = getattr(collection, name)
        if column is not None:
            flat = pa.array(column.tolist(), type=pa.large_string())
            columns[name] = pa.LargeListArray.from_arrays(ends, flat)
    if collection.times is not None:
        columns["times"] = pa.array(collection.times)
    signals = collection.signals
    if signals is not None:
        bounds = np.concatenate([[0], np.cumsum(signals.lengths * len(signals.channels))])
        flat = pa.array(signals.values.reshape(-1))
        columns["values"] = pa.LargeListArray.from_arrays(pa.array(bounds), flat)
    metadata = {
        "content": collection.content,
        "scheme": collection.scheme,
        "channels": None if signals is None else signals.channels,
        "source": collection.source,
        "name": collection.name,
        "roles": collection.roles,
        "understood": None
        if collection.understood is None
        else collection.understood.model_dump(mode="json"),
        "notes": collection.notes,
    }
    table = pa.table(columns).replace_schema_metadata({_METADATA_KEY: json.dumps(metadata)})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def collection_from_bytes(content: bytes) -> TaggedCollection:
    """Read what ``collection_to_bytes`` wrote.

    Raises:
        DataError: the content is something else.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
        metadata = json.loads((table.schema.metadata or {})[_METADATA_KEY])
    except (pa.ArrowException, OSError, KeyError) as error:
        raise DataError("This is not a collection of LSTM Studio.") from error
    columns = dict(zip(table.column_names, table.columns, strict=True))
    strings = {
        name: as_objects(columns[name].to_pylist()) if name in columns else None
        for name in _STRINGS
    }
    lists = {name: columns[name].combine_chunks() for name in _STEPS if name in columns}
    steps = {name: as_objects(each.flatten().to_pylist()) for name, each in lists.items()}
    sizes = np.diff(lists["tags"].offsets.to_numpy()).astype(np.int64)
    signals = None
    if "values" in columns:
        flat = columns["values"].combine_chunks().flatten().to_numpy()
        values = flat.reshape(-1, len(metadata["channels"]))
        signals = Signals.from_lengths(values, sizes, metadata["channels"])
    ids = strings.pop("ids")
    assert ids is not None
    understood = metadata["understood"]
    return TaggedCollection(
        content=metadata["content"],
        scheme=metadata["scheme"],
        ids=ids,
        tags=steps["tags"],
        words=steps.get("words"),
        sizes=sizes if "words" in steps else None,
        signals=signals,
        groups=strings["groups"],
        times=columns["times"].to_numpy() if "times" in columns else None,
        parts=strings["parts"],
        source=metadata["source"],
        name=metadata["name"],
        roles=tuple((part, name) for part, name in metadata["roles"]),
        understood=None if understood is None else TaggedDataSpec.model_validate(understood),
        notes=tuple(metadata["notes"]),
    )


def outline_collection(collection: TaggedCollection) -> Outline:
    """Say what lists need: ``"5,432 sentences, 135,701 words, 1 type of entity"``."""
    return Outline(title_tagged(collection), collection.num_sequences, collection.num_steps)
