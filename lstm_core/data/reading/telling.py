"""What reading a file has to tell, and what it has to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST_SET_ASIDE = 1_000
"""Rows that are kept by line and text; further ones are counted."""


KINDS_OF_WRITING = frozenset({
    "date_order", "encoding", "header_lines", "joined_times", "layout", "marks", "separator",
    "time_form", "title", "zone",
})  # fmt: skip
"""Kinds of remarks on how a file is written: an item of the plan says as much. All others tell
what became of rows and cells."""


@dataclass(frozen=True)
class Remark:
    """Something that a careful reader would say aloud.

    Attributes:
        kind: a lowercase word or several with ``_``, such as ``missing_words``; stable.
        sentence: for people; ends with a full stop.
        lines: of the file, counted from 1, that it is about; the first ones where they are many.
    """

    kind: str
    sentence: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One answer to a question.

    Attributes:
        value: what ``item`` of the spec then is; JSON.
        label: on its button, a few words.
        gives: what the file then says, with its own values: ``1.000 is one thousand``.
    """

    value: Any
    label: str
    gives: str


@dataclass(frozen=True)
class Question:
    """What can be read in two ways. Until it is answered, the first choice holds.

    Attributes:
        item: the path in the spec that answers it, such as ``data.reading.decimal``.
        sentence: what is asked.
        choices: the likelier first; two, rarely three.
    """

    item: str
    sentence: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class SetAside:
    """A row that does not fit the table.

    Attributes:
        line: in the file, from 1; in a sheet, its row.
        text: as it stands there, at most 200 characters (hostile).
        reason: a few words, such as "3 cells instead of 5".
    """

    line: int
    text: str
    reason: str
