"""The files that were brought, and how much of them is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from lstm_core.errors import DataError

MOST_BYTES = 200_000_000
"""Of all files together, once they are unpacked."""
MOST_FILES = 200_000
LONGEST_ITEM = 2_000_000
"""Characters of a text or a sequence of symbols, or numbers of a signal."""

_TABLE_ENDINGS = (".csv", ".tsv", ".tab", ".psv", ".dat", ".data")
_FASTA_ENDINGS = (".fasta", ".fa", ".fna", ".faa", ".ffn", ".fas", ".frn")
_JSON_ENDINGS = (".json", ".jsonl", ".ndjson")


@dataclass(frozen=True)
class GivenFile:
    """``name`` is the file's name, with ``/`` between folders; both are hostile."""

    name: str
    content: bytes

    @property
    def stem(self) -> str:
        """The name without folders and ending; a file called ``.txt`` has its whole name."""
        return PurePosixPath(self.name).stem

    @property
    def folders(self) -> tuple[str, ...]:
        return PurePosixPath(self.name).parts[:-1]

    @property
    def ending(self) -> str:
        """In small letters, with its dot."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def is_fasta(self) -> bool:
        return self.ending in _FASTA_ENDINGS

    @property
    def is_json(self) -> bool:
        return self.ending in _JSON_ENDINGS

    @property
    def is_table(self) -> bool:
        return self.ending in _TABLE_ENDINGS


def check_sizes(files: Sequence[GivenFile]) -> None:
    """Refuse what is no file at all, or too much.

    Raises:
        DataError: there are no files, all are empty, or they are too many or too large.
    """
    if not files:
        raise DataError("There is no file.", "Choose a file with labelled texts or sequences.")
    if not any(file.content.strip() for file in files):
        raise DataError(
            f'The file "{files[0].name[:80]}" is empty.',
            "Choose a file with labelled texts or sequences.",
        )
    if len(files) > MOST_FILES:
        raise refuse_count()
    if sum(len(file.content) for file in files) > MOST_BYTES:
        raise refuse_size()


def refuse_size() -> DataError:
    return DataError(
        f"The files hold more than {MOST_BYTES // 1_000_000:,} MB.",
        "Bring a part of them: some thousand items for each label are enough to learn from.",
    )


def refuse_count() -> DataError:
    return DataError(
        f"There are more than {MOST_FILES:,} files.",
        "Bring a part of them, or put the items into one table.",
    )
