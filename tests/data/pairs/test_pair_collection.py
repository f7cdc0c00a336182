"""Pairs are kept whole, split by source, and described."""

import re
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.data.pairs.bringing import begin_section, bring, describe
from lstm_core.data.pairs.copies import number_sources
from lstm_core.data.pairs.languages import name_language
from lstm_core.data.pairs.loading import load_pairs
from lstm_core.data.pairs.samples.numbers import write_english, write_german
from lstm_core.data.pairs.samples.registry import PAIR_SAMPLES
from lstm_core.data.pairs.splitting import choose_pair_split, fold_pairs, split_pairs
from lstm_core.data.pairs.storing import (
    collection_from_bytes,
    collection_to_bytes,
    outline_collection,
)
from lstm_core.data.pairs.summary import describe_pairs
from lstm_core.errors import DataError, SpecError
from lstm_core.spec.pairs import PairsDataSpec
from tests.data.pairs.collections import make_pairs
from tests.data.pairs.reading.given import PAIRS

NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)


@given(st.lists(st.tuples(NAMES, st.none() | NAMES), max_size=6), st.data())
def test_pairs_survive_parquet(pairs, data: st.DataObject) -> None:
    collection = make_pairs(
        pairs,
        groups=[data.draw(st.none() | NAMES) for _ in pairs],
        parts=[data.draw(st.sampled_from(["train", "test", None])) for _ in pairs],
        roles=(("given", "=x"),),
        notes=("Read.",),
        name="<b>",
        understood=PairsDataSpec(source="file", name="x", given="=x"),
    )
    again = collection_from_bytes(collection_to_bytes(collection))
    assert again.fingerprint == collection.fingerprint
    for name in ("source", "name", "roles", "notes", "understood"):
        assert getattr(again, name) == getattr(collection, name)
    chosen = collection.select(np.arange(len(pairs))[::-1])
    assert chosen.sources.tolist() == [source for source, _ in pairs[::-1]]


def test_something_else_is_refused() -> None:
    with pytest.raises(DataError):
        collection_from_bytes(b"PAR1")
    with pytest.raises(ValueError, match="empty"):
        make_pairs([("", "x")])
    with pytest.raises(ValueError, match="more than one role"):
        PairsDataSpec(given="a", wanted="a")


def test_fingerprints_differ_where_content_does() -> None:
    prints = {
        make_pairs(pairs).fingerprint for pairs in ([("a", "b")], [("b", "a")], [("a", None)])
    }
    assert len(prints) == 3


def test_no_source_is_on_two_sides() -> None:
    pairs = [(f"{a} " if n % 2 else a.upper(), b) for a, b in PAIRS for n in range(3)]
    collection = make_pairs(pairs)
    sources = number_sources(collection)
    splits = [split_pairs(collection, SplitPlan()), *fold_pairs(collection, SplitPlan(), 4)]
    for split in splits:
        sides = [
            set(sources[part].tolist()) for part in (split.train, split.validation, split.test)
        ]
        assert sum(map(len, sides)) == len(sides[0] | sides[1] | sides[2])
    assert sum(splits[0].sizes) == len(pairs)


def test_parts_as_given_are_kept_and_copies_left_out_of_what_is_learnt() -> None:
    pairs = [*PAIRS[:60], *PAIRS[50:80]]
    parts = ["train"] * 60 + ["test"] * 30
    collection = make_pairs(pairs, parts=parts)
    choice = choose_pair_split(collection)
    assert choice.how == "given"
    split = split_pairs(collection, SplitPlan("given"))
    assert split.test.tolist() == list(range(60, 90))
    assert split.left_out.tolist() == list(range(50, 60))


def test_groups_stay_whole() -> None:
    collection = make_pairs(PAIRS, groups=[f"book {n % 8}" for n in range(len(PAIRS))])
    split = split_pairs(collection, SplitPlan("grouped"))
    assert not set(collection.groups[split.train]) & set(collection.groups[split.test])


def test_a_summary_says_what_there_is() -> None:
    pairs = [*PAIRS, PAIRS[0], ("Bob sees it all.", "Bob sees it all."), (PAIRS[1][0], "anders")]
    summary = describe_pairs(make_pairs(pairs))
    assert re.fullmatch(r"83 pairs of sentences, \d\.\d words into \d\.\d", summary.title)
    assert "1 source has more than one target" in summary.several
    assert "1 too many" in summary.repeated
    assert "1 pair (1%)" in summary.equal
    assert outline_collection(make_pairs(PAIRS)).num_items == len(PAIRS)


def test_languages_are_named_where_it_is_honest() -> None:
    german = ["Ich habe das nicht mit dir und der Frau gesehen.", "Wir sind auf ein Eis da."] * 20
    assert name_language(german) == "German"
    assert name_language(["Это не то, что я и он с тобой на у по."] * 20) == "Russian"
    assert name_language(["καλημέρα κόσμε"]) == "Greek"
    assert name_language(["今日は良い天気です"]) == "Japanese"
    assert name_language(["brrr xkcd qwrt"] * 50) == "Latin letters"
    assert name_language(["no no no"] * 50) == "Latin letters"
    assert name_language(["1999-01-01"]) == ""


@pytest.mark.parametrize("name", PAIR_SAMPLES)
def test_a_sample_is_the_same_each_time_and_none_is_twice(name: str) -> None:
    one, other = (bring(PAIR_SAMPLES[name].data, []).collection for _ in range(2))
    assert one.fingerprint == other.fingerprint
    assert one.num_pairs == 4_000
    assert len(set(one.sources)) == 4_000
    assert describe(one).title.startswith("4,000 pairs")
    assert min(split_pairs(one, SplitPlan(test_share=0.1)).sizes) > 300


def test_an_unknown_sample_is_refused() -> None:
    with pytest.raises(SpecError, match="written_dates"):
        load_pairs(PairsDataSpec(name="written_date"))
    with pytest.raises(DataError, match="content"):
        load_pairs(PairsDataSpec(**begin_section("a.tsv")))


def test_numbers_are_said_as_people_say_them() -> None:
    said = {
        0: ("null", "zero"),
        1: ("eins", "one"),
        16: ("sechzehn", "sixteen"),
        21: ("einundzwanzig", "twenty-one"),
        30: ("dreißig", "thirty"),
        100: ("einhundert", "one hundred"),
        101: ("einhunderteins", "one hundred and one"),
        217: ("zweihundertsiebzehn", "two hundred and seventeen"),
        1_000: ("eintausend", "one thousand"),
        1_001: ("eintausendeins", "one thousand and one"),
        21_500: ("einundzwanzigtausendfünfhundert", "twenty-one thousand five hundred"),
        99_999: (
            "neunundneunzigtausendneunhundertneunundneunzig",
            "ninety-nine thousand nine hundred and ninety-nine",
        ),
    }
    for number, words in said.items():
        assert (write_german(number), write_english(number)) == words


def test_dates_are_days_and_every_year_stands_in_its_text() -> None:
    sample = PAIR_SAMPLES["written_dates"].load()
    for source, target in zip(sample.sources, sample.targets, strict=True):
        assert str(date.fromisoformat(target).year) in source
