"""Units of running text: fitted to the training part, kept as JSON, and reopened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lstm_core.errors import DataError, SpecError
from lstm_core.learning.encoding.unit_kinds.characters import CharacterUnits
from lstm_core.learning.encoding.unit_kinds.face import EDGE, FIRST, UNKNOWN, UnitKind, Units
from lstm_core.learning.encoding.unit_kinds.pieces import PieceUnits
from lstm_core.learning.encoding.unit_kinds.words import WordUnits

__all__ = ["EDGE", "FIRST", "UNKNOWN", "UnitKind", "Units", "fit_units", "units_from_json"]

_FITTING: Mapping[UnitKind, Callable[[Iterable[str], int, int], Units]] = {
    "characters": CharacterUnits.fit,
    "words": WordUnits.fit,
    "pieces": PieceUnits.fit,
}


def fit_units(kind: UnitKind, texts: Iterable[str], most: int, rarest: int) -> Units:
    """Fit units of a kind.

    Args:
        texts: of the training part alone.
        most: numbers that there may be, ``EDGE`` and ``UNKNOWN`` among them.
        rarest: how often a unit has to occur to be told apart.

    Raises:
        SpecError: byte-pairs are asked for and can't be had, or nothing is told apart.
    """
    units = _FITTING[kind](texts, most, rarest)
    if units.size <= FIRST + 1:
        raise SpecError(
            f"Of the training part's {kind}, {units.size - FIRST} is told apart: there is nothing "
            "to choose from.",
            "Tell rarer ones apart, or choose other units.",
        )
    return units


def units_from_json(content: str) -> Units:
    """Reopen what ``to_json`` returned.

    Raises:
        DataError: it is something else.
    """
    try:
        found = json.loads(content)
        kind = found["kind"]
        if kind == "characters":
            return CharacterUnits(_read_text(found["signs"]))
        if kind == "words":
            return WordUnits(
                _read_texts(found["words"]),
                frozenset(_read_texts(found["close_left"])),
                frozenset(_read_texts(found["close_right"])),
            )
        if kind == "pieces":
            return PieceUnits(_read_text(found["content"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _refuse() from error
    raise _refuse()


def _read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _read_texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_read_text(each) for each in value)


def _refuse() -> DataError:
    return DataError(
        "What was kept of a text's units can't be read.",
        "Train the model again, or choose another.",
    )
