"""Which kind of collection files seem to hold."""

from __future__ import annotations

import gzip
import io
import zipfile

import numpy as np
import pytest

from lstm_core.data.documents.recognising import rate_documents
from lstm_core.data.documents.samples.harbour import make_harbour
from lstm_core.data.excerpt import cut_lines
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.recognising import rate_items
from lstm_core.data.pairs.recognising import rate_pairs
from lstm_core.data.series.recognising import rate_table
from lstm_core.data.tagged.recognising import rate_tagged
from tests.data.test_public_files import FOLDER
from tests.pages.tables import SALES, make_days, make_wave, to_csv

ENOUGH = 0.5
SENTENCES = [f"this is the sentence number {n} of all" for n in range(40)]
LABELS = ["good", "bad"] * 20
RNG = np.random.default_rng(3)


def pack(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def make_dna(count: int) -> list[str]:
    return ["".join(RNG.choice(list("acgt"), 30)) for _ in range(count)]


def make_wide() -> bytes:
    rows = [",".join([label, *map(str, RNG.normal(size=24).round(3))]) for label in LABELS]
    return "\n".join(rows).encode()


def make_long() -> bytes:
    items = [n for n in range(40) for _ in range(10)]
    return to_csv(
        {
            "item": items,
            "time": [t / 10 for _ in range(40) for t in range(10)],
            "x": RNG.normal(size=400).round(3).tolist(),
            "label": [LABELS[item] for item in items],
        }
    )


TEXTS = to_csv({"text": SENTENCES, "label": LABELS})
ITEMS = {
    "texts.csv": TEXTS,
    "tickets.csv": to_csv(
        {"date": make_days(40), "text": SENTENCES, "priority": ["low", "high"] * 20}
    ),
    "scored.csv": to_csv({"id": range(40), "comment": SENTENCES, "stars": [1, 2] * 20}),
    "dna.csv": to_csv({"sequence": make_dna(40), "class": LABELS}),
    "dna.fasta": "".join(
        f">{n} {LABELS[n]}\n{dna}\n" for n, dna in enumerate(make_dna(40))
    ).encode(),
    "texts.csv.gz": gzip.compress(TEXTS),
    "wide.csv": make_wide(),
    "long.csv": make_long(),
    "texts.zip": pack({f"{LABELS[n]}/{n}.txt": SENTENCES[n].encode() for n in range(40)}),
    "signals.ts": b"@problemName t\n@timeStamps false\n@univariate true\n@classLabel true a b\n"
    + b"@data\n"
    + "\n".join(f"1,2,3,{n}:{'ab'[n % 2]}" for n in range(10)).encode(),
}
GERMAN_DAYS = "\n".join(
    [
        "Tag;Verkauf",
        *(f"{1 + n % 28:02d}.{1 + n // 28:02d}.2024;{900 + n},{n % 10}" for n in range(60)),
    ]
).encode()
GERMAN_LINES = GERMAN_DAYS.splitlines()
SERIES = {
    "a_line_of_words.csv": b"\n".join([*GERMAN_LINES[:9], b"kaputt", *GERMAN_LINES[9:]]),
    "german_days.csv": GERMAN_DAYS,  # "Tag" is a label in English
    "sales.csv": SALES,
    "shops.csv": to_csv(
        {"date": make_days(60) * 2, "shop": ["a"] * 60 + ["b"] * 60, "sales": make_wave(120)}
    ),
    "weather.csv": to_csv({"day": make_days(), "sky": ["wet", "dry"] * 60, "load": make_wave()}),
    "bookings.csv": to_csv(
        {"Date": make_days(40), "Transaction type": ["Card", "Credit"] * 20,
         "Description": [f"SHOP {n}" for n in range(40)], "Balance": make_wave(40)}
    ),
    "prices.csv": b"https://www.example.org\n" + to_csv(
        {"unix": range(1_700_000_000, 1_700_000_040), "date": make_days(40),
         "symbol": ["BTC/USD"] * 40, "open": make_wave(40), "close": make_wave(40)}
    ),
    "steps.csv": to_csv({"step": range(120), "value": make_wave()}),
    "quarters.csv": to_csv(
        {"quarter": [f"{n % 4 + 1}Q{10 + n // 4} in words" for n in range(80)],
         "kind": ["x", "y"] * 40, "value": make_wave(80)}
    ),
}  # fmt: skip

STORIES = [str(text)[:60_000] for text in make_harbour().texts]
STORY = "\n\n".join(STORIES)[:20_000]


def cut_stories(count: int) -> list[str]:
    whole = "\n\n".join(STORIES)
    return [whole[900 * n : 900 * n + 900].strip() for n in range(count)]


PAGE = (
    "# Notes\n\n" + STORY + "\n\n| English | German |\n|---|---|\n" + "| a sea | ein Meer |\n" * 40
)
GIVEN = [f"the {'old ' * (n % 5)}house number {n}" for n in range(40)]
WANTED = [f"das {'alte ' * (n % 5)}Haus Nummer {n}" for n in range(40)]
UNITS = "".join(
    f'<tu><tuv xml:lang="en"><seg>{one}</seg></tuv><tuv xml:lang="de"><seg>{other}</seg></tuv></tu>'
    for one, other in zip(GIVEN, WANTED, strict=True)
)
TEXT_FILES = {
    "book": {"book.txt": STORY.encode()},
    "page": {"page.md": PAGE.encode()},
    "books": {"books.zip": pack({f"book {n}.txt": STORY.encode() for n in range(3)})},
    "chapters": {f"chapter {n}.txt": STORY.encode() for n in range(3)},
    "articles": {"articles.csv": to_csv({"title": GIVEN, "body": cut_stories(40)})},
}
PAIR_FILES = {
    "table": {"table.csv": to_csv({"english": GIVEN, "german": WANTED})},
    "bare": {
        "bare.tsv": "\n".join(
            f"{one}\t{other}" for one, other in zip(GIVEN, WANTED, strict=True)
        ).encode()
    },
    "memory": {
        "memory.tmx": f'<?xml version="1.0"?><tmx version="1.4"><body>{UNITS}</body></tmx>'.encode()
    },
    "parallel": {"train.en": "\n".join(GIVEN).encode(), "train.de": "\n".join(WANTED).encode()},
}
RATES = {
    "items": rate_items,
    "tagged": rate_tagged,
    "documents": rate_documents,
    "pairs": rate_pairs,
}


def recognise(files: dict[str, bytes]) -> str:
    """Return the kind that files speak for most; the first where little speaks for any."""
    given = [GivenFile(name, content) for name, content in files.items()]
    rated = {kind: rate(given) for kind, rate in RATES.items()}
    if len(files) == 1:
        rated = {"series": rate_table(given[0].content, given[0].name), **rated}
    likeliest = max(rated, key=rated.__getitem__)
    return likeliest if rated[likeliest] >= ENOUGH else "series"  # the first that there is


@pytest.mark.parametrize("name", TEXT_FILES)
def test_running_text_is_told_from_all_else(name: str) -> None:
    assert recognise(TEXT_FILES[name]) == "documents"


@pytest.mark.parametrize("name", PAIR_FILES)
def test_pairs_are_told_from_all_else(name: str) -> None:
    assert recognise(PAIR_FILES[name]) == "pairs"


@pytest.mark.parametrize(("name", "kind"), [
    *((name, "items") for name in ITEMS),
    *((name, "series") for name in SERIES),
])  # fmt: skip
def test_what_was_known_before_is_no_running_text_and_no_pairs(name: str, kind: str) -> None:
    assert recognise({name: (ITEMS | SERIES)[name]}) == kind


@pytest.mark.parametrize(("path", "kind"), [
    ("data/ETTh1.csv", "series"),
    ("data/tasks/anomaly/nab/nyc_taxi.csv", "series"),
    ("data/tasks/dna/splice_sites.csv", "items"),
    ("data/tasks/text_sentiment/movie_sentences_test.csv", "items"),
    ("data/tasks/text_topics/assistant_intents_val.csv", "items"),
    ("data/tasks/sensors/JapaneseVowels_TEST.ts", "items"),
    ("data/tasks/tagging/voice_slots_dev.conll", "tagged"),
    ("data/tasks/tagging/voice_slots_small.csv", "tagged"),
    ("data/tasks/text_generation/shakespeare.txt", "documents"),
    ("data/tasks/README.md", "documents"),
    ("data/README.md", "documents"),
    ("data/tasks/translation/german_english_dev.tsv", "pairs"),
    ("cases/reading/README.md", "documents"),
    ("cases/reading/files/cryptodatadownload.csv", "series"),
    ("cases/reading/files/spaces.txt", "series"),
    ("cases/reading/files/single_space.txt", "series"),
    ("cases/reading/reports/energydata_1_clock_only.csv", "series"),
])  # fmt: skip
def test_well_known_files_are_taken_as_what_they_are(path: str, kind: str) -> None:
    file = FOLDER.parent / path
    if not file.is_file():
        pytest.skip(f"{path} is not at hand; set LSTM_STUDIO_TEST_DATA to the folder beside it")
    assert recognise({file.name: file.read_bytes()}) == kind


@pytest.mark.parametrize("name", ITEMS)
def test_labelled_sequences_are_told_from_tables_over_time(name: str) -> None:
    assert rate_items([GivenFile(name, ITEMS[name])]) >= ENOUGH
    assert rate_items([GivenFile(name, ITEMS[name])]) > rate_table(ITEMS[name], name)


@pytest.mark.parametrize("name", SERIES)
def test_tables_over_time_are_told_from_labelled_sequences(name: str) -> None:
    assert rate_items([GivenFile(name, SERIES[name])]) < max(rate_table(SERIES[name], name), ENOUGH)


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"a,b\n", pack({}), b"\x89PNG\r\n" * 9])
def test_what_is_nothing_speaks_for_nothing(content: bytes) -> None:
    assert rate_items([GivenFile("file.csv", content)]) == 0
    assert rate_table(content, "file.csv") == 0


def test_of_a_long_file_whole_lines_of_its_beginning_are_read() -> None:
    assert cut_lines(b"ab\ncd\nef\n", 7) == b"ab\ncd\n"
    assert cut_lines(b"ab\ncd", 5) == b"ab\ncd"
    assert cut_lines(b"abcdef\n", 3) == b"abcdef\n"
    assert rate_table(SALES + b"2025-01-01,1,1\n" * 100_000, "long.csv") >= ENOUGH
