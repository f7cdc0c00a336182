"""Tables in the forms in which well-known data sets are handed on, made up in a few lines."""

import csv
import io
import random

import pytest

from tests.data.items.reading.given import make_zip, read, read_files, roles

WORDS = ("the", "film", "plot", "was", "great", "awful", "dull", "fine", "never", "again", "liked")


@pytest.fixture
def chance() -> random.Random:
    return random.Random(5)


def say(chance: random.Random, most: int = 25) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(4, most)))


def write(rows, separator: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, quoting=quoting, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def test_tweets_with_six_columns_and_no_header(chance) -> None:
    rows = [
        [chance.choice([0, 4]), 1467810369 + n, "Mon Apr 06 22:19:45 PDT 2009", "NO_QUERY",
         f"user{n % 40}", f"@{n} {say(chance)}"]
        for n in range(200)
    ]  # fmt: skip
    reading = read(write(rows, quoting=csv.QUOTE_ALL))
    assert roles(reading) == {"text": "column 6", "label": "column 1", "item": "column 2"}
    assert "column 5" in reading.understanding.findings["group"].others


def test_a_column_that_is_mostly_empty_is_not_the_label(chance) -> None:
    rows = [
        ["gj04", chance.randint(0, 1), chance.choice(["", "*"]), say(chance)] for _ in range(90)
    ]
    reading = read(write(rows, "\t"), "train.tsv")
    assert (roles(reading)["label"], roles(reading)["text"]) == ("column 2", "column 4")


def test_many_columns_beside_the_text(chance) -> None:
    names = ["tweet_id", "airline_sentiment", "airline_sentiment_confidence", "negativereason",
             "airline", "name", "retweet_count", "text", "tweet_created"]  # fmt: skip
    rows = [
        [570306133677760513 + n, chance.choice(["neutral", "positive", "negative"]),
         round(chance.random(), 4), chance.choice(["", "Late"]), chance.choice(["A", "B"]),
         f"user {n}", 0, say(chance), "2015-02-24 11:35:52 -0800"]
        for n in range(120)
    ]  # fmt: skip
    reading = read(write([names, *rows]))
    assert roles(reading)["text"] == "text"
    assert roles(reading)["label"] == "airline_sentiment"
    assert roles(reading)["item"] == "tweet_id"
    assert reading.collection.times is None


def test_few_values_are_a_likelier_label_than_many(chance) -> None:
    rows = [[say(chance), chance.choice(["yes", "no"]), f"shop {n % 9}"] for n in range(90)]
    assert roles(read(write([["words", "one", "two"], *rows])))["label"] == "one"


def test_an_archive_with_lists_of_words_beside_the_reviews(chance) -> None:
    members = {"set/README": "About.", "set/words.vocab": "the\na\nfilm\n"}
    for part in ("20news-train", "20news-test"):
        for label in ("pos", "neg"):
            for number in range(8):
                members[f"set/{part}/{label}/{number}_{number % 3}.txt"] = say(chance)
    reading = read(make_zip(members), "set.zip")
    assert reading.collection.label_counts == {"neg": 16, "pos": 16}
    assert sorted(set(reading.collection.parts)) == ["test", "train"]
    assert any("words.vocab" in note for note in reading.collection.notes)


def test_names_of_people_by_language(chance) -> None:
    members = {
        f"names/{language}.txt": "\n".join(
            "".join(chance.choice("abcdefgh") for _ in range(6)).title() for _ in range(30)
        )
        for language in ("Polish", "Greek", "Dutch")
    }
    assert read(make_zip(members), "x.zip").collection.label_names == ("Dutch", "Greek", "Polish")


def test_heartbeats_with_a_label_behind_a_padded_row(chance) -> None:
    rows = [
        [*[f"{chance.random():.18e}" for _ in range(30)], *["0.0e+00"] * 20,
         f"{n % 5:.18e}"]
        for n in range(60)
    ]  # fmt: skip
    reading = read(write(rows))
    assert reading.collection.label_names == ("0", "1", "2", "3", "4")
    assert reading.collection.lengths.tolist() == [50] * 60


def test_the_times_of_steps_as_names(chance) -> None:
    header = ["label", *[f"{step * 0.004:.3f}" for step in range(20)]]
    rows = [
        [chance.choice("ab"), *[round(chance.gauss(0, 1), 3) for _ in range(20)]] for _ in range(30)
    ]
    reading = read(write([header, *rows]))
    assert roles(reading)["label"] == "label"
    assert reading.collection.num_items == 30


def make_motion(chance: random.Random) -> list[list[object]]:
    return [
        [
            user,
            activity,
            10**12 + 50 * (step + 40 * place),
            *[round(chance.gauss(0, 1), 3) for _ in "xyz"],
        ]
        for user in range(6)
        for place, activity in enumerate(("Walking", "Jogging", "Sitting"))
        for step in range(40)
    ]


def test_people_doing_one_thing_after_another(chance) -> None:
    rows = make_motion(chance)
    reading = read(write([["user", "activity", "timestamp", "x", "y", "z"], *rows]))
    assert reading.collection.lengths.tolist() == [40] * 18
    assert roles(reading)["group"] == "user"
    assert len(set(reading.collection.groups)) == 6


def test_the_same_without_a_header_and_with_marks_at_the_ends(chance) -> None:
    content = "".join(",".join(map(str, row)) + ";\n" for row in make_motion(chance))
    reading = read(content, "raw.txt")
    assert reading.collection.lengths.tolist() == [40] * 18
    assert reading.collection.signals.channels == ("column 4", "column 5", "column 6")
    assert reading.understanding.findings["group"].others[0] == "column 1"


def test_series_with_their_labels_and_groups_in_a_second_table(chance) -> None:
    names = ["row_id", "series_id", "measurement_number", "orientation_X", "velocity_X"]
    rows = [
        [f"{series}_{step}", series, step, *[round(chance.gauss(0, 1), 4) for _ in "ab"]]
        for series in range(20)
        for step in range(16)
    ]
    beside = [[series, series % 7, ("wood", "tiles")[series % 2]] for series in range(20)]
    reading = read_files(
        {
            "X_train.csv": write([names, *rows]),
            "y_train.csv": write([["series_id", "group_id", "surface"], *beside]),
        }
    )
    assert roles(reading) == {
        "label": "surface", "group": "group_id", "item": "series_id", "time": "measurement_number"
    }  # fmt: skip
    assert reading.collection.lengths.tolist() == [16] * 20


def test_labels_and_people_in_files_with_a_value_a_line(chance) -> None:
    lines = ["  ".join(f"{chance.gauss(0, 1): .7e}" for _ in range(20)) for _ in range(40)]
    members = {
        "train/X_train.txt": "\n".join("  " + line for line in lines),
        "train/y_train.txt": "\n".join(str(n % 3 + 1) for n in range(40)),
        "train/subject_train.txt": "\n".join(str(n % 7) for n in range(40)),
    }
    reading = read(make_zip(members), "motion.zip")
    assert roles(reading) == {"label": "y", "group": "subject"}
    assert reading.collection.lengths.tolist() == [20] * 40


def test_measurements_of_single_moments_are_no_sequence_of_a_person(chance) -> None:
    names = ["a-mean()-X", "a-mean()-Y", "a-std()-X", "b-energy()", "angle", "subject", "Activity"]
    rows = [
        [*[round(chance.gauss(0, 1), 3) for _ in range(5)], n % 9, chance.choice(["sit", "walk"])]
        for n in range(90)
    ]
    reading = read(write([names, *rows]))
    assert reading.understanding.spec.layout == "wide"
    assert roles(reading)["group"] == "subject"
