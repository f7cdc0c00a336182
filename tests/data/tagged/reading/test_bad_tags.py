"""What can't be learnt from, or should never be opened: a sentence each, and no traceback."""

import gzip
import random
from contextlib import suppress

import pytest

from lstm_core.errors import DataError
from tests.data.items.reading.given import make_zip
from tests.data.tagged.reading.given import (
    SENTENCES,
    read,
    read_files,
    write_conll,
    write_stream,
    write_table,
)


def refuse(told: str, content: str | bytes, name: str = "tags.conll", **choice: object) -> str:
    with pytest.raises(DataError, match=told) as caught:
        read(content, name, **choice)
    assert caught.value.remedy
    return caught.value.remedy


def tag(cells) -> str:
    return write_conll([[(f"w{n % 50}", str(cell))] * 2 for n, cell in enumerate(cells)])


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf", b"\t\t\n\t\n", b"# only\n"])
@pytest.mark.parametrize("name", ["a.conll", "a.csv", "a.json", "a.txt"])
def test_nothing(content: bytes, name: str) -> None:
    with pytest.raises(DataError):
        read(content, name)
    with pytest.raises(DataError):
        read_files({name: content, f"b{name}": content})


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.7 \0\0", bytes(range(256)) * 40, b"\x7fELF\0\0"],
)
def test_what_is_no_text(content: bytes) -> None:
    refuse("is no text", content)


def test_two_hundred_characters_and_a_line_without_end() -> None:
    for name in ("x.conll", "x.txt", "x.csv"):
        with pytest.raises(DataError):
            read("Some words, and no tags at all. " * 7, name)
        with pytest.raises(DataError):
            read("x" * 3_000_000, name)
    refuse("a word has 5,000 characters", write_conll([*SENTENCES, [("y" * 5_000, "O")]]))


def test_one_tag_alone() -> None:
    refuse('All 18 steps have the same tag, "O"', tag("O" * 9), tag="column 2")


def test_a_tag_for_each_word() -> None:
    refuse("a name for each step, not a tag", "\n\n".join(f"w{n}\tt{n}" for n in range(60)),
           tag="column 2")  # fmt: skip


def test_more_than_a_thousand_tags() -> None:
    refuse("1,200 different tags; at most 1,000", tag(f"t{n % 1_200}" for n in range(6_000)),
           tag="column 2")  # fmt: skip


@pytest.mark.parametrize("cells", [[n / 7 for n in range(90)], [n % 300 for n in range(3_000)]])
def test_numbers_that_measure_are_no_tags(cells) -> None:
    assert "ranges" in refuse("a quantity, not a tag", tag(cells), tag="column 2")


def test_many_whole_numbers_are_asked_about() -> None:
    collection = read(tag(n % 40 for n in range(400))).collection
    assert any("if they measure something" in note for note in collection.notes)


def test_tags_that_do_not_fit_their_scheme() -> None:
    refuse("fit the scheme BIO, and others don't", write_conll([*SENTENCES, [("x", "name")] * 12]))


def test_columns_of_unequal_number() -> None:
    lines = write_conll().split("\n")
    lines[1::4] = ["alone"] * len(lines[1::4])
    refuse("should have 2 columns each: line 2 has another number", "\n".join(lines))


def test_no_tags_at_all() -> None:
    refuse("No column .* holds a tag", "\n\n".join(["one\ntwo\nthree"] * 20))
    refuse("No step has a tag", "sentence_id,token,tag\n" + "\n".join(
        f"{n // 3},word{n},""" for n in range(30)), "x.csv", tag="tag")  # fmt: skip


def test_missing_tags_leave_their_sentence_out() -> None:
    table = write_table() + "\n99,half,O\n99,known,\n100,not,\n100,known,"
    collection = read(table, "x.csv").collection
    assert collection.ids.tolist()[-1] == "100"
    assert collection.is_tagged.tolist() == [True] * 24 + [False]
    notes = " ".join(collection.notes)
    assert '1 sequence left out, because some of the tags are missing, such as "99"' in notes
    assert "asked about and not learnt from: 1" in notes


def test_labelled_items_are_another_kind() -> None:
    refuse("one label for each sequence", ">a label=x\nACGT\n>b label=y\nACGT\n", "x.fasta")
    with pytest.raises(DataError):
        read("text,label\n" + "a fine day it is,good\nno good at all,bad\n" * 20, "x.csv")


def test_a_column_that_is_not_there() -> None:
    assert '"sentence_id"' in refuse(
        'no column "tags".* Did you mean "tag"', write_table(), "x.csv", tag="tags"
    )


def test_files_that_do_not_belong_together() -> None:
    with pytest.raises(DataError, match="don't belong together"):
        read_files({"a.csv": write_table(), "b.csv": write_stream()})
    with pytest.raises(DataError, match="don't belong together"):
        read_files({"a.csv": write_table(), "b.conll": write_conll()})


def test_nul_characters_are_no_text() -> None:
    refuse("is no text", write_conll().replace("Rome", "Ro\0me"))


@pytest.mark.parametrize("name", ["x" * 300 + ".conll", "=1+1.conll", "<b>.conll", "..conll"])
def test_hostile_names_of_files(name: str) -> None:
    collection = read_files({name: write_conll()}, name="x").collection
    assert collection.num_sequences == len(SENTENCES)


def test_a_wide_gap_of_spaces_takes_no_time() -> None:
    for content in (("a" + " \t" * 200_000 + "\n") * 3, "# " + "\t" * 500_000):
        with pytest.raises(DataError):
            read(content)


# spoilt files

GOOD = {
    "a.conll": write_conll(),
    "spaces.txt": write_conll(mark=" "),
    "x.csv": write_table(),
    "stream.csv": write_stream(200),
    "x.jsonl": "".join(
        f'{{"tokens":["a","b{n}","c"],"tags":["O","B-x","I-x"],"id":{n}}}\n' for n in range(9)
    ),
    "s.jsonl": "".join(f'{{"text":"see Rome {n}","label":[[4,8,"city"]]}}\n' for n in range(9)),
    "u.conllu": "".join(
        f"1\tin\tin\tADP\tX\t_\t2\tc\t_\t_\n2\tRome{n}\tr\tPROPN\tN\t_\t0\tr\t_\t_\n\n"
        for n in range(9)
    ),
}
BITS = (b"999999999", b"-1", b"\n", b"\n\n", b",", b'"', b"\t", b"1e400", b"[", b"{", b"O", b"B-",
        b"-DOCSTART-\n", b"# newdoc\n", b"NaN", b"\0", b"\xff", b"null")  # fmt: skip


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


def check(name: str, count: int) -> None:
    chance = random.Random(name)
    for _ in range(count):
        content = spoil(GOOD[name].encode(), chance)
        for tagged in (True, False):
            with suppress(DataError):
                collection = read_files({name: content}, tagged=tagged, again=False).collection
                assert collection.num_steps > 0


@pytest.mark.parametrize("name", GOOD)
def test_a_spoilt_file_is_answered_for_people(name: str) -> None:
    check(name, 12)


@pytest.mark.slow
@pytest.mark.parametrize("name", GOOD)
def test_many_spoilt_files_are_answered_for_people(name: str) -> None:
    check(name, 400)


def test_archives_are_opened_with_care() -> None:
    refuse("a path that leads out of it", make_zip({"a.conll": "x", "../b.conll": "y"}), "x.zip")
    packed = gzip.compress(write_conll().encode())
    assert read(packed, "x.conll.gz").collection.num_sequences == len(SENTENCES)
