"""Text made alike: line ends, combining marks, and what no text should hold.

What a trained model is asked to go on from is cleaned the same way.
"""

from __future__ import annotations

import unicodedata

_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def clean_text(text: str) -> str:
    """Return a text with ``\\n`` between lines and letters composed.

    Windows and Mac line ends become ``\\n``; a mark of byte order at the beginning, NULs and lone
    halves of signs go. Letters that are written as a letter and a mark become one sign where
    Unicode has it (NFC), so that a word is not two words; all others stay as they are.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if text.isascii():
        return text
    if any("\ud800" <= sign <= "\udfff" for sign in set(text)):
        text = text.translate(_HALVES)
    return unicodedata.normalize("NFC", text)
