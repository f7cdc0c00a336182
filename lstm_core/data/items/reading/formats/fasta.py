"""FASTA: sequences of letters under headers that may hold a label."""

from __future__ import annotations

import re
from collections import Counter

import pandas as pd

from lstm_core.data.items.reading.columns.vocabulary import rank_label_name
from lstm_core.data.items.reading.source import Hint, ItemSource
from lstm_core.errors import DataError

_FIELD = re.compile(r"([A-Za-z_]\w*)\s*[=:]\s*(.*?)(?=[\s;,|]+[A-Za-z_]\w*\s*[=:]|\s*$)")
_MOST_PARTS = 12
_LONGEST_HEADER = 2_000


def looks_like_fasta(text: str) -> bool:
    """Whether a text begins like FASTA: a header, then a line of letters."""
    lines = [line for line in text[:20_000].split("\n") if line.strip() and line[0] != ";"][:2]
    if len(lines) < 2 or not lines[0].startswith(">"):
        return False
    return bool(re.fullmatch(r"[A-Za-z*.\-\s]+", lines[1]))


def read_fasta(text: str, name: str) -> ItemSource:
    """Return a row a sequence: its name, the fields and parts of its header, its letters.

    Fields are ``key=value`` or ``key:value``; what vertical bars or spaces separate besides
    becomes "header part 2" and so on.

    Raises:
        DataError: no header at all, or headers without sequences.
    """
    headers: list[str] = []
    sequences: list[list[str]] = []
    for line in text.split("\n"):
        line = line.strip()
        if line.startswith(">"):
            headers.append(line[1:_LONGEST_HEADER].strip())
            sequences.append([])
        elif line and not line.startswith(";"):
            if not sequences:
                raise _refuse(name, "begins without a header")
            sequences[-1].append(line)
    if not headers:
        raise _refuse(name, "holds no header")
    rows = [_read_header(header) for header in headers]
    # DNA in a FASTA file may be wrapped in lines and cut into blocks; a protein may end in a *.
    letters = ["".join("".join(lines).split()).rstrip("*") for lines in sequences]
    if not any(letters):
        raise _refuse(name, "holds headers alone")
    counts = Counter(key for row in rows for key in row)
    # A field of a few sequences is a remark; a label is on most of them.
    kept = [key for key, count in counts.items() if count > 0.5 * len(rows)]
    columns = {key: [row.get(key, "") for row in rows] for key in kept}
    frame = pd.DataFrame(columns, dtype="str")
    if "sequence" in frame.columns:
        frame = frame.rename(columns={"sequence": "sequence of the header"})
    frame["sequence"] = pd.Series(letters, dtype="str")
    hints = {"text": Hint("sequence", "It holds the letters of the sequences.")}
    if "name" in frame.columns:
        hints["item"] = Hint("name", "It is the first word of each header.")
    labels = sorted(kept, key=lambda key: -rank_label_name(key))
    if labels and rank_label_name(labels[0]) >= 2 and labels[0] != "name":
        reason = f'Each header says so: "{labels[0][:40]}=…".'
        hints["label"] = Hint(labels[0], reason)
    return ItemSource(frame, name, content="symbols", hints=hints)


def _read_header(header: str) -> dict[str, str]:
    """Return a header's name, fields and parts."""
    fields = {key: value.strip(" ;,|") for key, value in _FIELD.findall(header)[:_MOST_PARTS]}
    rest = _FIELD.sub(" ", header)
    parts = [part.strip() for part in rest.split("|")] if "|" in header else rest.split()
    parts = [part for part in parts if part]
    found = {"name": parts[0] if parts else header[:80]}
    for number, part in enumerate(parts[1:_MOST_PARTS], start=2):
        found[f"header part {number}"] = part
    return found | {key: value for key, value in fields.items() if key != "name"}


def _refuse(name: str, what: str) -> DataError:
    return DataError(
        f'The file "{name[:80]}" is not FASTA: it {what}.',
        'Write a line such as ">name label=…" above each sequence.',
    )
