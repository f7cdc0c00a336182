"""What of running texts is kept apart, and where they are cut."""

import numpy as np
import pytest

from lstm_core.data.documents.splitting.borders import find_border
from lstm_core.data.documents.splitting.cutting import split_documents
from lstm_core.data.documents.splitting.plan import TextPlan, choose_text_split
from lstm_core.data.documents.splitting.stretches import TextSplit, read_stretches
from lstm_core.data.documents.splitting.words import say_text_split
from lstm_core.errors import DataError
from tests.data.documents.collections import make_documents, write_prose

PROSE = write_prose(200)
MANY = [write_prose(int(n), seed) for seed, n in enumerate(np.random.default_rng(1).integers(
    2, 12, 60))]  # fmt: skip


def cover(split: TextSplit, texts: list[str]) -> None:
    """See that every character is in exactly one part."""
    seen = [np.zeros(len(text), int) for text in texts]
    for part in (split.train, split.validation, split.test, split.left_out):
        for each in part:
            seen[each.document][each.start : each.stop] += 1
    assert all((each == 1).all() for each in seen)


@pytest.mark.parametrize("pieces", [1, 2, 7])
def test_the_end_of_a_text_is_kept_apart(pieces: int) -> None:
    collection = make_documents([PROSE])
    split = split_documents(collection, TextPlan(pieces=pieces))
    cover(split, [PROSE])
    train, validation, test = split.sizes
    assert test == pytest.approx(0.1 * len(PROSE), rel=0.25)
    assert validation == pytest.approx(0.05 * (train + validation), rel=0.35)
    assert len(split.validation) == len(split.train) == pieces
    assert split.validation[-1].stop == split.test[0].start
    for stretch in (*split.train, *split.validation, *split.test):
        assert stretch.start == 0 or PROSE[: stretch.start].endswith("\n\n" if pieces < 7 else "\n")
    assert "the end of the text" in say_text_split(split, TextPlan())


def test_the_end_of_each_of_a_few_texts() -> None:
    texts = [PROSE, write_prose(50, 9)]
    split = split_documents(make_documents(texts), TextPlan())
    cover(split, texts)
    assert [each.document for each in split.test] == [0, 1]
    joined = read_stretches(texts, [split.train[1], split.validation[1], split.test[1]])
    assert "".join(joined) == texts[1]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("abcdefghij klmn. " * 40 + "\n\n" + "opq rs. " * 40, "\n\n"),
        ("abcdefghij klmn. " * 40 + "\n" + "opq rs. " * 40, "\n"),
        ("Abc def. " * 40 + "ghi" * 2 + " " + "jkl. " * 40, ". "),
        ("abc def " * 100, " "),
        ("港口的夜晚。" * 100, "。"),
        ("a" * 500, "a"),
    ],
)
def test_a_text_is_cut_where_it_pauses(text: str, before: str) -> None:
    border = find_border(text, len(text) * 2 // 3, len(text) // 4)
    assert text[:border].endswith(before)
    assert 0 < border < len(text)


def test_one_endless_line_is_split_as_well() -> None:
    text = "a" * 3_000
    cover(split_documents(make_documents([text]), TextPlan()), [text])


def test_whole_documents_with_copies_on_one_side() -> None:
    texts = [*MANY, MANY[0].upper(), MANY[1].replace("\n", "  ")]
    collection = make_documents(texts)
    plan = TextPlan("documents", test_share=0.2, validation_share=0.1, seed=3)
    split = split_documents(collection, plan)
    cover(split, texts)
    sizes = np.array(split.sizes) / collection.num_characters
    np.testing.assert_allclose(sizes, [0.72, 0.08, 0.2], atol=0.06)
    part = {each.document: name for name in ("train", "validation", "test")
            for each in getattr(split, name)}  # fmt: skip
    assert part[0] == part[60]
    assert part[1] == part[61]
    assert split == split_documents(collection, plan)
    assert split != split_documents(collection, TextPlan("documents", 0.2, 0.1, seed=4))


def test_groups_and_given_parts() -> None:
    groups = [f"author {number % 12}" for number in range(len(MANY))]
    collection = make_documents(MANY, groups=groups, roles=(("group", "author"),))
    split = split_documents(collection, TextPlan("grouped", test_share=0.2))
    sides = [{groups[each.document] for each in part} for part in
             (split.train, split.validation, split.test)]  # fmt: skip
    assert not sides[0] & sides[1] and not sides[0] & sides[2] and not sides[1] & sides[2]  # noqa: PT018
    assert choose_text_split(collection).how == "grouped"
    assert '"author"' in choose_text_split(collection).reason
    parts = ["train"] * 40 + ["validation"] * 10 + ["test"] * 10
    given = make_documents(MANY, parts=parts)
    split = split_documents(given, TextPlan("given"))
    assert [each.document for each in split.test] == list(range(50, 60))
    assert choose_text_split(given).how == "given"


def test_what_suits() -> None:
    assert choose_text_split(make_documents([PROSE])).how == "end"
    assert choose_text_split(make_documents(MANY[:5])).how == "end"
    assert choose_text_split(make_documents(MANY)).how == "documents"
    assert choose_text_split(make_documents([*MANY, PROSE * 5])).how == "end"
    few = make_documents(MANY, groups=["a"] * 30 + ["b"] * 30)
    assert choose_text_split(few).how == "documents"


def test_what_can_not_be_split() -> None:
    with pytest.raises(DataError, match="can't be split"):
        split_documents(make_documents(["a b", "c d"]), TextPlan("documents"))
    with pytest.raises(DataError, match="Groups"):
        split_documents(make_documents(MANY), TextPlan("grouped"))
    with pytest.raises(DataError, match="No text is left"):
        split_documents(make_documents(["ab"]), TextPlan())
    with pytest.raises(ValueError, match="test_share"):
        TextPlan(test_share=0)
