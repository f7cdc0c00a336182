"""A collection of pairs as one Parquet file, and back: a row a pair."""

from __future__ import annotations

import io
import json
from typing import Any

from lstm_core.data.collections import Outline
from lstm_core.data.items.collection import as_objects
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.summary import title_pairs
from lstm_core.errors import DataError
from lstm_core.spec.pairs import PairsDataSpec

_METADATA_KEY = b"lstm_studio_pairs"
_COLUMNS = ("ids", "sources", "targets", "groups", "parts")


def collection_to_bytes(collection: PairCollection) -> bytes:
    """Return one Parquet file that holds everything."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns: dict[str, Any] = {}
    for name in _COLUMNS:
        column = getattr(collection, name)
        if column is not None:
            columns[name] = pa.array(column.tolist(), type=pa.large_string())
    understood = collection.understood
    metadata = {
        "source": collection.source,
        "name": collection.name,
        "roles": collection.roles,
        "understood": None if understood is None else understood.model_dump(mode="json"),
        "notes": collection.notes,
    }
    table = pa.table(columns).replace_schema_metadata({_METADATA_KEY: json.dumps(metadata)})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def collection_from_bytes(content: bytes) -> PairCollection:
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
    found = {name: as_objects(table[name].to_pylist()) for name in table.column_names}
    understood = metadata["understood"]
    return PairCollection(
        ids=found["ids"],
        sources=found["sources"],
        targets=found["targets"],
        groups=found.get("groups"),
        parts=found.get("parts"),
        source=metadata["source"],
        name=metadata["name"],
        roles=tuple((part, name) for part, name in metadata["roles"]),
        understood=None if understood is None else PairsDataSpec.model_validate(understood),
        notes=tuple(metadata["notes"]),
    )


def outline_collection(collection: PairCollection) -> Outline:
    """Say what lists need: ``"17,410 pairs of sentences, 6.5 words into 6.8"``."""
    return Outline(title_pairs(collection), collection.num_pairs, collection.num_pairs)
