"""What people bring, by kind: a section each, in a file of its own."""

from __future__ import annotations

from typing import Annotated, Any

from lstm_core.spec.documents import DocumentsDataSpec
from lstm_core.spec.items import ItemsDataSpec
from lstm_core.spec.kinds import ByKind
from lstm_core.spec.pairs import PairsDataSpec
from lstm_core.spec.section import Section
from lstm_core.spec.series import SeriesDataSpec
from lstm_core.spec.tagged import TaggedDataSpec

DATA_KINDS: dict[str, type[Section]] = {
    "series": SeriesDataSpec,
    "items": ItemsDataSpec,
    "tagged": TaggedDataSpec,
    "documents": DocumentsDataSpec,
    "pairs": PairsDataSpec,
}

DATA = ByKind(DATA_KINDS, "series")
DataSpec = Annotated[Any, DATA]
"""One of them; which one is known where its kind is, so no type checker can say."""
