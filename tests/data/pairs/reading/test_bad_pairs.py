"""What is wrong with pairs is said, with what to do; what is clear is mended and told."""

import re

import pytest

from lstm_core.errors import DataError
from tests.data.pairs.reading.given import (
    PAIRS,
    list_pairs,
    make_lines,
    read,
    read_files,
    write_side,
    write_table,
)

MANY = make_lines(400, seed=3)


def test_unequal_files_name_both_counts_and_where_they_drift() -> None:
    lost = [pair for number, pair in enumerate(MANY) if number != 250]
    with pytest.raises(DataError) as caught:
        read_files({"a.en": write_side(0, MANY), "a.de": write_side(1, lost)})
    told = str(caught.value)
    assert "400 lines" in told
    assert "399" in told
    found = re.search(r"about line (\d+)", told)
    assert found is not None
    assert abs(int(found[1]) - 251) <= 5


def test_columns_that_differ_in_length_are_refused() -> None:
    rows = [f"{a}\t{b if n < 350 else ''}" for n, (a, b) in enumerate(MANY)]
    with pytest.raises(DataError, match=r"400 texts .* 350"):
        read("\n".join(["english\tgerman", *rows]))


def test_letters_with_marks_are_one_word_however_they_were_typed() -> None:
    rows = [(f"{given} cafe\u0301 {n}", wanted) for n, (given, wanted) in enumerate(PAIRS)]
    assert read(write_table(rows)).collection.sources[7].endswith(" caf\u00e9 7")


def test_empty_sides_are_left_out_and_counted() -> None:
    rows = [*PAIRS[:70], ("a dog", ""), ("", "ein Hund"), *PAIRS[70:]]
    reading = read(write_table(rows))
    assert list_pairs(reading) == PAIRS
    assert any("left out: 2" in note for note in reading.collection.notes)


@pytest.mark.parametrize("border", [200, 203, 211, 230, 260, 317, 330])
def test_a_pair_swapped_half_way_is_put_right_and_told(border: int) -> None:
    swapped = [pair if n < border else pair[::-1] for n, pair in enumerate(MANY)]
    reading = read(write_table(swapped))
    told = next(note for note in reading.collection.notes if "exchanged" in note)
    assert f"lines {border + 2:,} to 401" in told
    assert list_pairs(reading) == MANY


def test_a_file_that_is_swapped_among_others_is_told() -> None:
    turned = [pair[::-1] for pair in MANY[300:]]
    files = {"train.tsv": write_table(MANY[:300]), "test.tsv": write_table(turned)}
    reading = read_files(files)
    told = next(note for note in reading.collection.notes if "exchanged" in note)
    assert "lines 301 to 400, counted through all files" in told
    assert list_pairs(reading) == MANY


def test_what_begins_swapped_is_told_by_most_lines() -> None:
    swapped = [pair[::-1] if n < 120 else pair for n, pair in enumerate(MANY)]
    reading = read(write_table(swapped))
    assert list_pairs(reading) == MANY


def test_single_lines_of_another_script_are_put_right() -> None:
    greek = str.maketrans("abcdefghiklmnoprstuvwxzäöüß", "αβγδεφγηικλμνοπρστυβωξζαουσ")
    pairs = [(a, b.lower().translate(greek)) for a, b in PAIRS]
    swapped = [pair[::-1] if n in (3, 40, 41) else pair for n, pair in enumerate(pairs)]
    reading = read(write_table(swapped, head="english\tgreek"))
    assert list_pairs(reading) == pairs
    assert any("line 5, lines 42 to 43" in note for note in reading.collection.notes)


@pytest.mark.parametrize("seed", range(4))
def test_pairs_that_stand_right_are_left_alone(seed: int) -> None:
    pairs = make_lines(300, seed)
    noisy = [(a.replace("e", "3", 1), a) for a, _ in pairs]
    for each in (pairs, noisy):
        reading = read(write_table(each, head="noisy\tclean"))
        assert not any("exchanged" in note for note in reading.collection.notes)
        assert list_pairs(reading) == each


def test_copies_of_the_source_are_said() -> None:
    reading = read(write_table([(a, a if n % 3 else b) for n, (a, b) in enumerate(PAIRS)]))
    assert any("both sides are the same" in note for note in reading.collection.notes)


def test_endless_sentences_are_kept_and_told() -> None:
    endless = (" ".join(["dog"] * 5_000), " ".join(["Hund"] * 5_000))
    reading = read(write_table([*PAIRS, endless]))
    assert list_pairs(reading)[-1] == endless
    assert any("2 texts have more than" in note for note in reading.collection.notes)


@pytest.mark.parametrize("count", [1, 2, 49])
def test_too_few_are_refused(count: int) -> None:
    with pytest.raises(DataError, match=r"too few|No two columns"):
        read(write_table(PAIRS[:count]))
    assert any("are few" in note for note in read(write_table(PAIRS[:50])).collection.notes)


def test_mixed_encodings_and_nul_signs_are_read() -> None:
    lines = write_table().split("\n")
    mixed = b"\n".join(
        line.encode("cp1252" if number % 2 else "utf-8") for number, line in enumerate(lines)
    )
    assert list_pairs(read(mixed)) == PAIRS
    with_nul = read_files(
        {"a.jsonl": "\n".join(f'{{"source": "{a}\\u0000", "target": "{b}"}}' for a, b in PAIRS)}
    )
    assert list_pairs(with_nul) == PAIRS


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" * 30,
        b"\0\1\2\3" * 100,
        b"",
        b"english\tgerman\n",
        b"one endless line without any end",
        ("the dog is old\n" * 80).encode(),
        write_table([(a, "same") for a, _ in PAIRS]).encode(),
        "\n".join(f"{a},{b}{', oder' * (n % 3 == 1)}" for n, (a, b) in enumerate(PAIRS)).encode(),
    ],
)
@pytest.mark.parametrize("name", ["a.tsv", "a.csv", "a.txt", "a.tmx", "a.jsonl"])
def test_what_is_no_pairs_is_refused_with_a_remedy(content: bytes, name: str) -> None:
    with pytest.raises(DataError) as caught:
        read(content, name)
    assert caught.value.remedy
