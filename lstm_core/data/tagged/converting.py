"""Tags of any scheme, put into BIO; what breaks its own scheme is repaired and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.data.items.collection import as_objects
from lstm_core.data.tagged.entities import BEGIN, INSIDE, OUTSIDE, Scheme
from lstm_core.data.tagged.schemes import PLACES, Style, count_tags, recognise_style
from lstm_core.data.wording import count_words

_WRITTEN = "BIO"


@dataclass(frozen=True)
class TagReading:
    """Tags as the collection keeps them.

    Attributes:
        tags: objects, ``(steps,)``: in BIO where they mark entities, as they were written else.
        scheme: ``bio`` or ``plain``.
        notes: what was changed, a sentence each.
    """

    tags: np.ndarray
    scheme: Scheme
    notes: tuple[str, ...] = ()


@dataclass
class _Repairs:
    """What broke its scheme, counted; the first is the example."""

    num_steps: int = 0
    example: str = ""

    def add(self, example: str) -> None:
        self.num_steps += 1
        self.example = self.example or example


def read_tags(tags: Sequence[str | None], lengths: np.ndarray) -> TagReading:
    """Recognise how tags are written, and put those that mark entities into BIO.

    Args:
        tags: of all sequences, one behind another; None where one is not known.
        lengths: int64, ``(sequences,)``.

    Raises:
        DataError: many tags fit a scheme and many others don't.
    """
    style = recognise_style(count_tags(list(tags)))
    if style is None:
        return TagReading(as_objects(list(tags)), "plain")
    ends = np.cumsum(lengths)
    sequences = [list(tags[start:stop]) for start, stop in zip(ends - lengths, ends, strict=True)]
    name = "IOB1" if style.name == "BIO" and _is_first_iob(sequences, style) else style.name
    repairs = _Repairs()
    written: list[str | None] = []
    for sequence in sequences:
        written += _convert(sequence, style, name, repairs)
    return TagReading(as_objects(written), "bio", tuple(_tell(style, name, tags, repairs)))


def _is_first_iob(sequences: Sequence[Sequence[str | None]], style: Style) -> bool:
    """Whether entities begin with I, and with B behind a neighbour of their type alone."""
    num_inside = num_begun = 0
    for sequence in sequences:
        before = ("O", "")
        for tag in sequence:
            place, kind = ("O", "") if tag is None else style.parse(tag)[:2]
            if kind and kind != before[1]:
                num_inside += place == "I"
                num_begun += place == "B"
            before = (place, kind)
    return num_inside > num_begun


def _convert(
    sequence: Sequence[str | None], style: Style, name: str, repairs: _Repairs
) -> list[str | None]:
    """Return one sequence in BIO."""
    written: list[str | None] = []
    open_kind = last_kind = ""  # of the entity that may go on; of the step before
    has_ends = "E" in PLACES[style.name].values()
    before: str | None = None
    for tag in [*sequence, None]:
        place, kind, fits = ("O", "", True) if tag is None else style.parse(tag)
        goes_on = place in ("I", "E") and kind == open_kind
        is_free = name == "IOB1" and place == "I" and kind != last_kind
        is_left = has_ends and bool(open_kind) and not goes_on
        begins_wrongly = place in ("I", "E") and not goes_on and not is_free
        if is_left and (tag is None or (fits and not begins_wrongly)):
            repairs.add(f'"{str(before)[:40]}" without its end')
        elif not fits or begins_wrongly:
            where = f'behind "{before[:40]}"' if before is not None else "at a beginning"
            repairs.add(f'"{str(tag)[:40]}" {where}')
        if tag is None and len(written) == len(sequence):
            break
        if tag is None:
            written.append(None)
        elif place == "O":
            written.append(OUTSIDE)
        else:
            written.append(f"{INSIDE if goes_on else BEGIN}{kind}")
        open_kind = kind if place in ("B", "I") else ""
        last_kind, before = kind, tag
    return written


def _tell(style: Style, name: str, tags: Sequence[str | None], repairs: _Repairs) -> list[str]:
    notes = []
    if name != _WRITTEN:
        notes.append(f"Tags are in {name} and were read as BIO.")
    elif any(tag not in (OUTSIDE, None) and tag[:2] not in (BEGIN, INSIDE) for tag in set(tags)):
        notes.append("Tags are written like BIO, and were put into it: B-type, I-type and O.")
    if repairs.num_steps:
        does = "does" if repairs.num_steps == 1 else "do"
        notes.append(
            f"{count_words(repairs.num_steps, 'tag')} {does} not fit the scheme {name}, such as "
            f"{repairs.example}: an entity begins there, or ends."
        )
    return notes
