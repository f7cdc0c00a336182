"""The words of a name."""

from __future__ import annotations

import re
import unicodedata


def split_words(name: str) -> tuple[str, ...]:
    """Return a name's words in small letters without accents: ``"UnitPrice (€)"`` has two."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    plain = unicodedata.normalize("NFKD", spaced)
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    # Korean letters fall apart with the accents.
    return tuple(re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", letters).lower()))
