"""Files of tagged sequences as people bring them, for the tests of reading."""

import random
from collections.abc import Mapping, Sequence

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.reading.read import TaggedReading, read_tagged
from lstm_core.spec.tagged import TaggedDataSpec

SENTENCES = (
    (("Fly", "O"), ("to", "O"), ("New", "B-city"), ("York", "I-city"), (".", "O")),
    (("Ann", "B-person"), ("sees", "O"), ("Rome", "B-city")),
    (("Rest", "O"), ("now", "O"), ("!", "O")),
    (("Rome", "B-city"), ("and", "O"), ("Ann", "B-person"), ("Lee", "I-person")),
) * 6


def write_conll(sentences=SENTENCES, mark: str = "\t", gap: str = "") -> str:
    return f"\n{gap}\n".join(
        "\n".join(f"{word}{mark}{tag}" for word, tag in sentence) for sentence in sentences
    )


def write_table(sentences=SENTENCES, head: str = "sentence_id,token,tag") -> str:
    rows = (
        f'{number},"{word}",{tag}'
        for number, sentence in enumerate(sentences)
        for word, tag in sentence
    )
    return "\n".join([head, *rows])


def write_stream(
    num_rows: int = 600, head: str = "time,x,y,activity", every: int = 30, seed: int = 1
) -> str:
    chance = random.Random(seed)
    rows = (
        f"{row / 10:.1f},{chance.gauss(0, 1):.3f},{chance.gauss(0, 1):.3f},"
        f"{('walking', 'still', 'running')[row // every % 3]}"
        for row in range(num_rows)
    )
    return "\n".join([head, *rows])


def read(content: str | bytes, name: str = "tags.conll", /, **choice: object) -> TaggedReading:
    return read_files({name: content}, **choice)


def read_files(
    files: Mapping[str, str | bytes], *, tagged: bool = True, again: bool = True, **choice: object
) -> TaggedReading:
    """Read the files; and once more by what was understood, which has to give the same."""
    given = [
        GivenFile(name, content.encode() if isinstance(content, str) else content)
        for name, content in files.items()
    ]
    spec = TaggedDataSpec.model_validate({"source": "file", "name": given[0].name, **choice})
    reading = read_tagged(given, spec, tagged=tagged)
    if tagged and again:
        second = read_tagged(given, reading.collection.understood)
        assert second.collection.fingerprint == reading.collection.fingerprint
        assert second.collection.understood == reading.collection.understood
    return reading


def list_steps(collection: TaggedCollection) -> list[list[tuple[str, str]]]:
    return [
        list(zip(collection.get_words(n), collection.get_tags(n), strict=True))
        for n in range(collection.num_sequences)
    ]


def as_lists(sentences: Sequence[Sequence[tuple[str, str]]]) -> list[list[tuple[str, str]]]:
    return [list(sentence) for sentence in sentences]
