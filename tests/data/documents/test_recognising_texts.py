"""Running text is told from what is a text file as well."""

import json

import numpy as np
import pytest

from lstm_core.data.documents.recognising import rate_documents
from lstm_core.data.documents.samples.harbour import make_harbour
from lstm_core.data.items.reading.files import GivenFile
from tests.data.documents.collections import write_prose

PROSE = write_prose(60)


def rate(files: dict[str, str | bytes]) -> float:
    return rate_documents([
        GivenFile(name, text.encode() if isinstance(text, str) else text)
        for name, text in files.items()
    ])  # fmt: skip


@pytest.mark.parametrize(
    "files",
    [
        {"story.txt": PROSE},
        {"story.md": "---\ntitle: x\n---\n# Head\n\n```\n1 2 3\n```\n" + PROSE},
        {"endless.txt": PROSE.replace("\n", " ") * 300},
        {"one.txt": PROSE, "two.txt": PROSE[::-1]},
        {"harbour.txt": str(make_harbour().texts[0])},
        {"play.txt": "\n\n".join(f"ANN:\nIs it {word} or not?" for word in PROSE.split())},
        {"zh.txt": "港口的夜晚很安静。船来了。" * 300},
        {"verse.txt": "\n".join("the old sea" + ", the ship" * (n % 3) for n in
                                range(300))},
    ],
)  # fmt: skip
def test_running_text_rates_high(files: dict[str, str]) -> None:
    assert rate(files) >= 0.9


CONLL = "\n".join(f"{word} O" for word in PROSE.split())
SERIES = "date,sales\n" + "\n".join(f"2024-01-{n % 28 + 1:02},{n * 3.5}" for n in range(400))
LABELLED = "text,label\n" + "\n".join(f'"the ship came in {n}",{n % 2}' for n in range(400))


@pytest.mark.parametrize(
    "files",
    [
        {"tags.txt": CONLL},
        {"tags.conll": CONLL.replace(" ", "\t")},
        {"series.txt": SERIES},
        {"series.csv": SERIES},
        {"labelled.csv": LABELLED},
        {"labelled.txt": LABELLED.replace(",", "\t").replace('"', "")},
        {"fast.txt": "\n".join(f"__label__a {line}" for line in PROSE.split("\n") if line)},
        {"long.csv": "text,label\n" + "\n".join(f'"{"the ship " * 90}{n}",{n % 2}' for n in
                                                range(40))},
        {"signal.txt": "\n".join(" ".join(map(str, row)) for row in np.eye(60))},
        {"genes.fasta": ">a\n" + "ACGT" * 900},
        {"picture.png": b"\x89PNG\r\n\0\0"},
        {"nothing.txt": ""},
    ],
)  # fmt: skip
def test_what_is_somebody_else_s_rates_low(files: dict[str, str | bytes]) -> None:
    assert rate(files) <= 0.3


def test_a_table_of_long_texts_alone_rates_between() -> None:
    lines = "\n".join(json.dumps({"id": n, "body": PROSE[n : n + 900]}) for n in range(30))
    assert 0.5 <= rate({"posts.jsonl": lines}) <= 0.9
