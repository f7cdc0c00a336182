"""ARFF, the format of Weka: attributes, then rows.

Source: https://waikato.github.io/weka-wiki/formats_and_processing/arff_stable/.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lstm_core.data.reading.rows.body.names import name_columns
from lstm_core.data.reading.rows.body.table import read_decoded
from lstm_core.data.reading.rows.text.decoding import Text, decode
from lstm_core.data.reading.table import Rows
from lstm_core.errors import DataError
from lstm_core.spec.reading import ReadingPlan

_ATTRIBUTE = re.compile(
    r"""\s*@attribute\s+(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\S+))""", re.IGNORECASE
)


_SINGLE = re.compile(rb"(?m)(^|,)[ \t]*'((?:[^'\\\n]|\\.)*)'(?=[ \t]*(?:,|$))")


def _double(found: re.Match[bytes]) -> bytes:
    """Put a cell between double marks, which may be beside others of the kind in one file."""
    inner = found.group(2).replace(b"\\'", b"'").replace(b'"', b'""')
    return found.group(1) + b'"' + inner + b'"'


def read_arff(content: bytes, name: str, plan: ReadingPlan) -> Rows:
    """Return the rows below ``@data``, named by the attributes.

    Raises:
        DataError: there are none, or they are in the sparse form.
    """
    text = decode(content, name, plan.encoding)
    lines = text.data.split(b"\n")
    data = next((at for at, line in enumerate(lines) if line.strip().lower() == b"@data"), None)
    names = []
    for line in lines[:data]:
        found = _ATTRIBUTE.match(line.decode("utf-8", "replace"))
        if found:
            names.append(next(part for part in found.groups() if part is not None))
    if data is None or not names:
        raise _refuse(name, "it has no attributes, or no line @data")
    body = b"\n".join(lines[data + 1 :])
    if body.lstrip().startswith(b"{"):
        raise _refuse(name, "its rows are in the sparse form, which is not read")
    if b"'" in body:
        body = _SINGLE.sub(_double, body)
    inner = ReadingPlan(
        separator=",", quote='"', comment="%", header_rows=0, skip_top=data + 1, skip_bottom=0
    )
    rows = read_decoded(Text(b"\n" * (data + 1) + body, text.encoding), name, inner)[0]
    if len(rows.frame.columns) != len(names):
        raise _refuse(
            name, f"rows have {len(rows.frame.columns):,} cells for {len(names):,} attributes"
        )
    given, told = name_columns(names, len(names))
    kept = [remark for remark in rows.remarks if remark.kind not in ("no_header", "title")]
    return replace(
        rows,
        frame=rows.frame.set_axis(given, axis=1),
        plan=plan.fill(encoding=text.encoding),
        head=tuple(line.decode("utf-8", "replace")[:500] for line in lines[:50]),
        remarks=(*text.remarks, *kept, *told),
    )


def _refuse(name: str, what: str) -> DataError:
    return DataError(
        f'The file "{name[:80]}" can\'t be read as ARFF: {what}.',
        "Fetch it again, or bring the table as CSV.",
    )
