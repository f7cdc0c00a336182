"""Good files of each format with bytes changed, put in, left out and repeated."""

import io
import random
import zipfile
from contextlib import suppress

import pytest

from lstm_core.errors import DataError
from tests.data.items.reading.given import make_zip, read_files
from tests.data.items.reading.test_excel import write_reviews

HEAD = "@problemName A\n@timeStamps {stamps}\n@univariate false\n@classLabel true 1 2\n@data\n"
GOOD = {
    "x.ts": HEAD.format(stamps="false")
    + "".join(f"1,{n},3.5,?:4,5,6,{n}:{n % 2}\n" for n in range(10)),
    "times.ts": HEAD.format(stamps="true")
    + "".join(f"(0,1),(1,{n}):(0,2),(1,3):{n % 2}\n" for n in range(10)),
    "several.arff": "@relation r\n@attribute rel relational\n@attribute a numeric\n@end rel\n"
    "@attribute class {x,y}\n@data\n" + "'1,2,3\\n4,5,6',x\n'7,8\\n9,10',y\n" * 5,
    "one.arff": "@relation r\n"
    + "".join(f"@attribute a{n} numeric\n" for n in range(6))
    + "@attribute class {x,y}\n@data\n"
    + "".join(f"1,2,{n},4,5,6.5,{'xy'[n % 2]}\n" for n in range(9)),
    "x.fasta": "".join(f">s{n} label={'ab'[n % 2]}\n{'ACGT' * (n + 3)}\n" for n in range(9)),
    "long.csv": "id,time,x,y,label\n"
    + "".join(f"{n},{k},{n * k / 7:.3f},{k},{'ab'[n % 2]}\n" for n in range(6) for k in range(6)),
    "wide.csv": "label,t0,t1,t2,t3,t4,t5\n"
    + "".join(f"{'ab'[n % 2]},1,{n},3,4.5,5,6\n" for n in range(9)),
    "x.jsonl": "".join(f'{{"label":"{"ab"[n % 2]}","values":[1,2,3.5,{n}]}}\n' for n in range(9)),
    "text.csv": "text,label\n" + "".join(f'"some, words {n}",{"ab"[n % 2]}\n' for n in range(9)),
}
BITS = (b"999999999", b"-1", b"\n", b",", b'"', b"?", b"1e400", b"<", b"&", b":", b"NaN", b"\0",
        b"\xff", b"'", b"(", b"{")  # fmt: skip


def spoil(content: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        way, place = chance.random(), chance.randrange(max(1, len(spoilt)))
        if way < 0.4 and spoilt:
            spoilt[place] = chance.randrange(32, 127)
        elif way < 0.6:
            del spoilt[place : place + chance.randint(1, 30)]
        elif way < 0.8:
            spoilt[place:place] = spoilt[chance.randrange(max(1, len(spoilt))) :][:30]
        else:
            spoilt[place:place] = chance.choice(BITS)
    return bytes(spoilt)


def spoil_workbook(chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(write_reviews())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([each for each in members if each.startswith("xl/")])
    return make_zip({**members, name: spoil(members[name], chance)})


def check(name: str, count: int) -> None:
    chance = random.Random(name)
    for _ in range(count):
        whole = name == "x.xlsx"
        content = spoil_workbook(chance) if whole else spoil(GOOD[name].encode(), chance)
        for labelled in (True, False):
            with suppress(DataError):
                collection = read_files({name: content}, labelled=labelled, again=False).collection
                assert collection.num_items > 0


@pytest.mark.parametrize("name", [*GOOD, "x.xlsx"])
def test_a_spoilt_file_is_answered_for_people(name: str) -> None:
    check(name, 8)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*GOOD, "x.xlsx"])
def test_many_spoilt_files_are_answered_for_people(name: str) -> None:
    check(name, 400)
