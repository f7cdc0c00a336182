"""Files as people bring them, for the tests of reading."""

import io
import zipfile
from collections.abc import Mapping

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.read import ItemsReading, read_items
from lstm_core.spec.items import ItemsDataSpec

GOOD = ("I love it", "what a fine day", "works like a charm", "very good, would buy again")
BAD = ("I hate it", "what a sad day", "broke after a week", "very bad, never again")
REVIEWS = [(text, "good") for text in GOOD] + [(text, "bad") for text in BAD]


def read(content: str | bytes, name: str = "items.csv", /, **choice: object) -> ItemsReading:
    return read_files({name: content}, **choice)


def read_files(
    files: Mapping[str, str | bytes],
    *,
    labelled: bool = True,
    again: bool = True,
    **choice: object,
) -> ItemsReading:
    """Read the files; and once more by what was understood, which has to give the same."""
    given = [
        GivenFile(name, content.encode() if isinstance(content, str) else content)
        for name, content in files.items()
    ]
    spec = ItemsDataSpec.model_validate({"source": "file", "name": given[0].name, **choice})
    reading = read_items(given, spec, labelled=labelled)
    if labelled and again:
        second = read_items(given, reading.understanding.spec)
        assert second.collection.fingerprint == reading.collection.fingerprint
        assert second.understanding.spec == reading.understanding.spec
    return reading


def make_zip(members: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def roles(reading: ItemsReading) -> dict[str, str]:
    return reading.understanding.spec.columns
