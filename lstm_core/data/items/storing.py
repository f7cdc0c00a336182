"""A collection as one Parquet file, and back."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import numpy as np

from lstm_core.data.collections import Outline
from lstm_core.data.items.collection import ItemCollection, as_objects
from lstm_core.data.items.signals import Signals
from lstm_core.data.items.summary import title_items
from lstm_core.data.items.vectors import WordVectors
from lstm_core.errors import DataError
from lstm_core.spec.items import ItemsDataSpec

_METADATA_KEY = b"lstm_studio_items"
_VECTORS_KEY = b"lstm_studio_vectors"
_STRINGS = ("ids", "labels", "texts", "groups", "parts")


def collection_to_bytes(collection: ItemCollection) -> bytes:
    """Return one Parquet file, a row an item, that holds everything."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns: dict[str, Any] = {}
    for name in _STRINGS:
        column = getattr(collection, name)
        if column is not None:
            columns[name] = pa.array(column.tolist(), type=pa.large_string())
    if collection.times is not None:
        columns["times"] = pa.array(collection.times)
    signals = collection.signals
    if signals is not None:
        ends = np.concatenate([[0], np.cumsum(signals.lengths * len(signals.channels))])
        flat = pa.array(signals.values.reshape(-1))
        columns["values"] = pa.LargeListArray.from_arrays(pa.array(ends), flat)
    metadata = {
        "content": collection.content,
        "alphabet": collection.alphabet,
        "channels": None if signals is None else signals.channels,
        "source": collection.source,
        "name": collection.name,
        "roles": collection.roles,
        "understood": None
        if collection.understood is None
        else collection.understood.model_dump(mode="json"),
        "notes": collection.notes,
    }
    kept: dict[bytes, str | bytes] = {_METADATA_KEY: json.dumps(metadata)}
    if collection.vectors is not None:
        kept[_VECTORS_KEY] = _vectors_to_bytes(collection.vectors)
    table = pa.table(columns).replace_schema_metadata(kept)
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def collection_from_bytes(content: bytes) -> ItemCollection:
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
    stored = (table.schema.metadata or {}).get(_VECTORS_KEY)
    columns = dict(zip(table.column_names, table.columns, strict=True))
    strings = {
        name: as_objects(columns[name].to_pylist()) if name in columns else None
        for name in _STRINGS
    }
    times = columns["times"].to_numpy() if "times" in columns else None
    signals = None
    if "values" in columns:
        values = columns["values"].combine_chunks()
        num_channels = len(metadata["channels"])
        lengths = np.diff(values.offsets.to_numpy()) // num_channels
        flat = values.flatten().to_numpy()
        signals = Signals.from_lengths(
            flat.reshape(-1, num_channels), lengths, metadata["channels"]
        )
    ids, labels = strings.pop("ids"), strings.pop("labels")
    assert ids is not None
    assert labels is not None
    return ItemCollection(
        content=metadata["content"],
        alphabet=metadata["alphabet"],
        ids=ids,
        labels=labels,
        **strings,
        signals=signals,
        vectors=_vectors_from_bytes(stored) if stored else None,
        times=times,
        source=metadata["source"],
        name=metadata["name"],
        roles=tuple((part, name) for part, name in metadata["roles"]),
        understood=_read_understood(metadata.get("understood")),
        notes=tuple(metadata["notes"]),
    )


def _read_understood(content: Any) -> ItemsDataSpec | None:
    return None if content is None else ItemsDataSpec.model_validate(content)


def _vectors_to_bytes(vectors: WordVectors) -> bytes:
    """Return the vectors as they are kept: base64 of a ``.npz``."""
    buffer = io.BytesIO()
    about = json.dumps({"words": vectors.words, "name": vectors.name, "read": vectors.num_read})
    np.savez_compressed(
        buffer, values=vectors.values, about=np.frombuffer(about.encode(), np.uint8)
    )
    return base64.b64encode(buffer.getvalue())


def _vectors_from_bytes(content: bytes) -> WordVectors:
    with np.load(io.BytesIO(base64.b64decode(content)), allow_pickle=False) as stored:
        about = json.loads(stored["about"].tobytes())
        values = stored["values"]
    return WordVectors(tuple(about["words"]), values, about["name"], about["read"])


def outline_collection(collection: ItemCollection) -> Outline:
    """Say what lists need: ``"10,662 texts, 2 labels, evenly spread"``."""
    num_steps = int(collection.lengths.sum())
    return Outline(title_items(collection), collection.num_items, num_steps)
