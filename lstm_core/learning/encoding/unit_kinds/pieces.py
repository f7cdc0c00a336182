"""Pieces as units: byte-pairs, from single bytes to frequent words.

R. Sennrich, B. Haddow and A. Birch, "Neural machine translation of rare words with subword
units", ACL (2016), over bytes as GPT-2 does it (Radford and others, 2019), by the library
``tokenizers``. Nothing is unknown: what is rare is spelt by its bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import Any

import numpy as np

from lstm_core.errors import SpecError
from lstm_core.learning.encoding.unit_kinds.face import (
    FIRST,
    SHOWN_UNKNOWN,
    UNKNOWN,
    Located,
    UnitKind,
    name_reserved,
    name_unit,
)

FEWEST = 256 + FIRST
"""Every byte is a piece."""

_CHUNK = 50_000
_LINE_END = re.compile(r"(?<=\S)\n")


@dataclass(frozen=True)
class PieceUnits:
    """Byte-pairs; see ``Units``.

    Attributes:
        content: what the library itself keeps of them, as JSON.
    """

    content: str

    @property
    def kind(self) -> UnitKind:
        return "pieces"

    @classmethod
    def fit(cls, texts: Iterable[str], most: int, rarest: int = 2) -> PieceUnits:
        """Join the training part's most frequent neighbours again and again.

        Args:
            most: how many units there are, the reserved numbers and 256 bytes counted.
            rarest: how often a pair has to occur to become a piece.

        Raises:
            SpecError: the library is not there, or ``most`` is less than the bytes need.
        """
        if most < FEWEST:
            raise SpecError(
                f"{most:,} pieces are too few: every single byte is one.",
                f"Allow {FEWEST:,} at least, some thousand for running text, or choose characters.",
            )
        library = _import_library()
        tokenizer = library.Tokenizer(library.models.BPE())
        byte_level = library.pre_tokenizers.ByteLevel(add_prefix_space=False)
        tokenizer.pre_tokenizer = byte_level
        tokenizer.decoder = library.decoders.ByteLevel()
        # Signs as numbers come after the reserved ones by counting, never as special tokens: a
        # text may hold anything, and what looks like such a token would become one.
        trainer = library.trainers.BpeTrainer(
            vocab_size=most - FIRST,
            min_frequency=rarest,
            initial_alphabet=sorted(byte_level.alphabet()),
            special_tokens=[],
            show_progress=False,
        )
        chunks = (chunk for text in texts for chunk, _ in _cut_chunks(text))
        tokenizer.train_from_iterator(chunks, trainer)
        return cls(tokenizer.to_str())

    @property
    def size(self) -> int:
        return int(self._tokenizer.get_vocab_size()) + FIRST

    def encode(self, text: str) -> np.ndarray:
        return self.locate(text).numbers

    def locate(self, text: str) -> Located:
        chunks = list(_cut_chunks(_replace_halves(text)))
        encoded = self._tokenizer.encode_batch([chunk for chunk, _ in chunks])
        numbers = [np.asarray(each.ids, np.int32) + FIRST for each in encoded]
        spans = [
            np.asarray(each.offsets, np.int64).reshape(-1, 2) + place
            for each, (_, place) in zip(encoded, chunks, strict=True)
        ]
        joined = np.concatenate([np.zeros((0, 2), np.int64), *spans])
        empty = np.zeros(0, np.int32)
        return Located(np.concatenate([empty, *numbers]), joined[:, 0], joined[:, 1])

    def decode(self, numbers: np.ndarray) -> str:
        written: list[str] = []
        own: list[int] = []
        for number in np.asarray(numbers).tolist():
            if number >= FIRST:
                own.append(number - FIRST)
            elif number == UNKNOWN:
                written += [self._decode(own), SHOWN_UNKNOWN]
                own = []
        return "".join([*written, self._decode(own)])

    def name(self, number: int) -> str:
        """Return a piece as it is shown; bytes that are no character by their numbers."""
        reserved = name_reserved(number)
        if reserved is not None:
            return reserved
        text = self._decode([number - FIRST])
        if SHOWN_UNKNOWN not in text:
            return name_unit(text)
        return " ".join(f"‹{byte:02X}›" for byte in self._spell(number))

    def to_json(self) -> str:
        return json.dumps({"kind": self.kind, "content": self.content})

    def _decode(self, own: list[int]) -> str:
        return str(self._tokenizer.decode(own, skip_special_tokens=False)) if own else ""

    def _spell(self, number: int) -> list[int]:
        """Return a piece's bytes: the library writes each as a letter that can be seen."""
        return [_BYTES[sign] for sign in self._tokenizer.id_to_token(number - FIRST)]

    @cached_property
    def _tokenizer(self) -> Any:
        return _import_library().Tokenizer.from_str(self.content)


def has_library() -> bool:
    """Whether byte-pairs can be had here."""
    return find_spec("tokenizers") is not None


def _import_library() -> Any:
    """Raises:
    SpecError: it is not installed.
    """
    try:
        import tokenizers
        import tokenizers.decoders
        import tokenizers.models
        import tokenizers.pre_tokenizers
        import tokenizers.trainers
    except ImportError as error:
        raise SpecError(
            'Byte-pairs need the library "tokenizers", which is not installed here.',
            "Install it (pip install tokenizers), or choose characters or words.",
        ) from error
    return tokenizers


def _cut_chunks(text: str) -> Iterator[tuple[str, int]]:
    """Yield parts of a text and where they begin, so cut that pieces are those of the whole.

    A cut stands before a line end that no white space precedes: no piece reaches over it.
    """
    begin = 0
    while len(text) - begin > _CHUNK:
        match = _LINE_END.search(text, begin + _CHUNK)
        if match is None:
            break
        yield text[begin : match.start()], begin
        begin = match.start()
    if begin < len(text):
        yield text[begin:], begin


def _replace_halves(text: str) -> str:
    """Return text without lone halves of signs, which no bytes can stand for."""
    return text.encode("utf-32-le", "surrogatepass").decode("utf-32-le", "replace")


def _list_byte_letters() -> dict[str, int]:
    """Return the byte of each letter by GPT-2's table: what can't be seen comes from 256 on."""
    seen = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    unseen = [byte for byte in range(256) if byte not in seen]
    letters = {chr(byte): byte for byte in seen}
    return letters | {chr(256 + place): byte for place, byte in enumerate(unseen)}


_BYTES = _list_byte_letters()
