"""How files are called that hold tables; what one holds is found from its bytes."""

from __future__ import annotations

TEXT_ENDINGS = ("csv", "tsv", "txt", "tab", "dat", "psv", "asc", "data", "prn")
WORKBOOK_ENDINGS = ("xlsx", "xls", "xlsm", "xlsb", "ods")
OTHER_ENDINGS = (
    *("parquet", "pq", "feather", "arrow"),
    *("json", "jsonl", "ndjson"),
    *("html", "htm", "xml", "arff", "tsf", "sql"),
)
PACKED_ENDINGS = ("gz", "zip", "bz2", "xz")

TABLE_ENDINGS = (*TEXT_ENDINGS, *WORKBOOK_ENDINGS, *OTHER_ENDINGS, *PACKED_ENDINGS)
"""Without their dots, the commonest first."""
