"""Files of pairs as people bring them, for the tests of reading."""

import random
from collections.abc import Mapping

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.pairs.reading.read import PairReading, read_pairs
from lstm_core.spec.pairs import PairsDataSpec

WORDS = {
    "the": "das", "a": "ein", "house": "Haus", "dog": "Hund", "is": "ist", "not": "nicht",
    "small": "klein", "and": "und", "very": "sehr", "old": "alt", "we": "wir", "have": "haben",
    "it": "es", "sees": "sieht", "today": "heute", "garden": "Garten", "behind": "hinter",
    "children": "Kinder", "beautiful": "wunderschön", "street": "Straße",
}  # fmt: skip


def make_lines(count: int = 80, seed: int = 1) -> list[tuple[str, str]]:
    """Return English into a German of word for word; no two are alike."""
    chance = random.Random(seed)
    found: dict[str, str] = {}
    while len(found) < count:
        words = chance.choices(list(WORDS), k=chance.randint(3, 14))
        found[" ".join(words) + "."] = " ".join(WORDS[word] for word in words) + "."
    return list(found.items())


PAIRS = make_lines()


def write_table(pairs=None, mark: str = "\t", head: str | None = "english\tgerman") -> str:
    rows = [mark.join(pair) for pair in (PAIRS if pairs is None else pairs)]
    return "\n".join(rows if head is None else [head, *rows])


def write_side(place: int, pairs=None) -> str:
    return "".join(f"{pair[place]}\n" for pair in (PAIRS if pairs is None else pairs))


def read(content: str | bytes, name: str = "pairs.tsv", /, **choice: object) -> PairReading:
    return read_files({name: content}, **choice)


def read_files(
    files: Mapping[str, str | bytes], *, paired: bool = True, **choice: object
) -> PairReading:
    """Read the files; and once more by what was understood, which has to give the same."""
    given = [
        GivenFile(name, content.encode() if isinstance(content, str) else content)
        for name, content in files.items()
    ]
    spec = PairsDataSpec.model_validate({"source": "file", "name": given[0].name, **choice})
    reading = read_pairs(given, spec, paired=paired)
    if paired:
        second = read_pairs(given, reading.collection.understood)
        assert second.collection.fingerprint == reading.collection.fingerprint
        assert second.collection.understood == reading.collection.understood
    return reading


def list_pairs(reading: PairReading) -> list[tuple[str, str | None]]:
    collection = reading.collection
    return list(zip(collection.sources, collection.targets, strict=True))
