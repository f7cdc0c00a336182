import pytest

from tests.data.tagged.reading.given import (
    SENTENCES,
    as_lists,
    list_steps,
    read,
    read_files,
    write_conll,
)


@pytest.mark.parametrize(
    "content",
    [
        write_conll(),
        write_conll(mark=" "),
        write_conll(mark="   "),
        write_conll(mark=" \t "),
        write_conll(gap=" \t "),
        write_conll(gap="\n\n"),
        write_conll().replace("\n", "\r\n"),
        write_conll().replace("\n", " \n"),
        "\ufeff" + write_conll(),
        "\n\n" + write_conll() + "\n\n\n",
        write_conll(mark="\tNN\t_\t"),
        "token\ttag\n" + write_conll(),
        write_conll().encode("utf-16"),
    ],
)
@pytest.mark.parametrize("name", ["tags.conll", "tags.txt"])
def test_a_line_is_a_word_and_a_blank_line_an_end(content, name: str) -> None:
    collection = read(content, name).collection
    assert list_steps(collection) == as_lists(SENTENCES)
    assert (collection.content, collection.scheme) == ("words", "bio")


def test_windows_letters_in_some_lines() -> None:
    content = write_conll().encode() + "\n\nGenève\tB-city\n\n".encode("cp1252")
    collection = read(content + "Zürich\tB-city\n".encode()).collection
    assert list_steps(collection)[-2:] == [[("Genève", "B-city")], [("Zürich", "B-city")]]
    assert any("Two encodings" in note for note in collection.notes)


def test_the_last_column_is_the_tag_and_others_are_offered() -> None:
    content = "\n\n".join(["EU NNP B-NP B-ORG\nsays VBZ B-VP O\nso RB I-VP O\n. . O O"] * 9)
    reading = read(content)
    assert reading.collection.types == ["ORG"]
    assert "column 3" in reading.understanding.findings["tag"].others
    assert read(content, tag="column 2").collection.types == [".", "NNP", "RB", "VBZ"]
    assert read(content, tag="column 3").collection.types == ["NP", "VP"]


def test_documents_are_groups() -> None:
    sentences = "\n\n".join(["-DOCSTART- -X- O", write_conll(SENTENCES[:2], " ")] * 4)
    collection = read(sentences).collection
    assert collection.num_sequences == 8
    assert collection.groups.tolist() == [f"document {n // 2 + 1}" for n in range(8)]
    few = "\n\n".join(["-DOCSTART-\tO", write_conll(SENTENCES[:2])] * 2)
    assert read(few).collection.groups is None


def test_remarks_go_and_a_word_that_begins_with_a_hash_stays() -> None:
    content = (
        "# global = x\n# sent_id 1\nwe\tO\nare\tO\n#\tO\n1\tB-rank\n#win\tO\n\n"
        "# note\tone remark with as many columns\n" + write_conll()
    )
    collection = read(content).collection
    assert collection.get_words(0) == ["we", "are", "#", "1", "#win"]
    assert list_steps(collection)[1:] == as_lists(SENTENCES)


def write_ud() -> str:
    lines = []
    for number in range(6):
        lines += [
            f"# newdoc id = d{number // 2}" if number % 2 == 0 else "# text = x",
            f"# sent_id = {number}",
            "1-2\tIm\t_\t_\t_\t_\t_\t_\t_\t_",
            "1\tin\tin\tADP\tAPPR\t_\t3\tcase\t_\t_",
            "2\tdem\tder\tDET\tART\t_\t3\tdet\t_\t_",
            "3\tHaus\tHaus\tNOUN\tNN\t_\t0\troot\t_\t_",
            "3.1\tist\tsein\tVERB\tV\t_\t_\t_\t_\t_",
            "",
        ]
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["de.conllu", "de.txt"])
def test_universal_dependencies(name: str) -> None:
    reading = read(write_ud(), name)
    collection = reading.collection
    assert list_steps(collection)[0] == [("in", "ADP"), ("dem", "DET"), ("Haus", "NOUN")]
    assert collection.scheme == "plain"
    assert collection.groups.tolist() == [f"document {n // 2 + 1}" for n in range(6)]
    assert read(write_ud(), name, tag="XPOS").collection.types == ["APPR", "ART", "NN"]


def test_a_word_that_is_no_more_than_a_space_keeps_its_line() -> None:
    content = "a\tO\n\u200b\tO\n\u00a0\tO\n\tO\nNew\tB-city\nYork\tI-city\n\n" + write_conll()
    collection = read(content).collection
    assert collection.get_words(0) == ["a", "\u200b", "New", "York"]
    assert any("without a word left out: 2" in note for note in collection.notes)


def test_a_blank_word_at_a_beginning_does_not_join_two_sentences() -> None:
    content = "a\tO\nb\tO\n\n\u00a0\tO\nc\tO\n\n" + write_conll()
    collection = read(content).collection
    assert [collection.get_words(n) for n in range(2)] == [["a", "b"], ["c"]]


def test_wide_spaces_are_part_of_a_word() -> None:
    content = "10\u00a0000 B-sum\nand O\n\n" + write_conll(mark=" ")
    assert read(content).collection.get_words(0) == ["10\u00a0000", "and"]


def test_lines_that_do_not_fit_are_told_by_number() -> None:
    collection = read(write_conll() + "\n\nalone\n").collection
    assert list_steps(collection) == as_lists(SENTENCES)
    number = write_conll().count("\n") + 3
    assert any(f"such as line {number}." in note for note in collection.notes)


def test_a_file_without_blank_lines_is_cut_at_full_stops() -> None:
    content = "\n".join(["One\tB-n\nis\tO\nhere\tO\n.\tO\nTwo\tB-n\nare\tO\n!\tO"] * 20)
    collection = read(content).collection
    assert collection.lengths.tolist() == [4, 3] * 20
    assert collection.times.tolist() == list(range(40))
    assert any("cut behind full stops" in note for note in collection.notes)
    endless = read("\n".join(["word\tO\nother\tB-n"] * 100)).collection
    assert endless.lengths.tolist() == [60, 60, 60, 20]


def test_parts_by_the_names_of_files() -> None:
    files = {f"x_{part}.conll": write_conll(SENTENCES[:8]) for part in ("train", "dev", "test")}
    collection = read_files(files).collection
    assert collection.parts.tolist() == ["train"] * 8 + ["validation"] * 8 + ["test"] * 8
    assert len(set(collection.ids)) == 24
    again = read_files(files, split="#none").collection
    assert again.parts is None


def test_files_without_parts_are_documents() -> None:
    files = {f"letter {n}.conll": write_conll(SENTENCES[:3]) for n in range(4)}
    collection = read_files(files).collection
    assert collection.groups.tolist() == [f"letter {n // 3}" for n in range(12)]


def test_a_sentence_of_five_thousand_words_is_kept() -> None:
    long = [[("word", "O"), ("Rome", "B-city")] * 2_500]
    collection = read(write_conll([*SENTENCES, *long])).collection
    assert collection.lengths.max() == 5_000


@pytest.mark.parametrize("word", ["=cmd()", "<b>", "'", '"', ",", "#", "NULL", "nan", "\u202e"])
def test_hostile_words_stay_what_they_are(word: str) -> None:
    content = write_conll([*SENTENCES, [(word, "O"), ("x", "B-city")]])
    assert read(content).collection.get_words(len(SENTENCES))[0] == word
