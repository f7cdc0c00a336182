import numpy as np

from tests.data.tagged.reading.given import read, read_files, write_stream


def test_one_long_stream_is_cut_into_pieces_in_its_order() -> None:
    collection = read(write_stream(4_000), "day.csv").collection
    assert collection.channels == ("x", "y")
    assert collection.types == ["running", "still", "walking"]
    assert collection.num_sequences >= 40
    assert 64 <= collection.lengths.max() <= 256
    assert collection.lengths.sum() == 4_000
    assert collection.ids[0] == "day, rows 1 to 100"
    assert collection.times.tolist() == list(range(collection.num_sequences))
    assert collection.understood.piece == 100
    assert any("pieces of at most 100 rows" in note for note in collection.notes)


def test_a_piece_of_ones_own_choice() -> None:
    content = write_stream(600)
    assert read(content, "x.csv", piece=0).collection.lengths.tolist() == [600]
    assert read(content, "x.csv", piece=300).collection.lengths.tolist() == [300, 300]


def test_many_recordings_stay_whole_and_people_are_groups() -> None:
    rows = [
        f"{person},{segment},{row / 25},{row % 7},{row % 5 / 3:.2f},{'ab'[row // 40 % 2]},"
        f"{'train' if person < 4 else 'test'}"
        for person in range(6)
        for segment in range(4)
        for row in range(120)
    ]
    content = "\n".join(["subject,segment,time_s,acc_x,acc_y,activity,part", *rows])
    collection = read(content, "motion.csv").collection
    assert collection.lengths.tolist() == [120] * 24
    assert collection.groups.tolist() == [str(n // 4) for n in range(24)]
    assert collection.parts.tolist() == ["train"] * 16 + ["test"] * 8
    assert collection.channels == ("acc_x", "acc_y")
    assert collection.times is None


def test_pieces_of_a_few_people_stay_with_them() -> None:
    rows = [
        f"{person},{row},{row % 7 / 3:.3f},{'ab'[row // 40 % 2]}"
        for person in ("Ann", "Ben", "Cem")
        for row in range(500)
    ]
    content = "\n".join(["person,step,x,state", *rows])
    collection = read(content, "x.csv").collection
    assert collection.channels == ("x",)
    assert set(collection.groups) == {"Ann", "Ben", "Cem"}
    assert collection.ids[0].startswith("Ann, rows 1 to ")
    assert collection.num_sequences == 24


def test_holes_are_filled_from_their_neighbours() -> None:
    lines = write_stream(400).split("\n")
    lines[6] = "0.5,,1.0,walking"
    lines[7] = "0.6,,nan,walking"
    collection = read("\n".join(lines), "x.csv", piece=0).collection
    assert np.isfinite(collection.signals.values).all()
    assert collection.num_steps == 399
    notes = " ".join(collection.notes)
    assert "without any number left out: 1" in notes
    assert "filled on a straight line" in notes


def test_numbers_between_spaces_without_a_header() -> None:
    body = write_stream(800).partition("\n")[2].replace(",", " ")
    collection = read(body, "raw.txt").collection
    assert collection.content == "numbers"
    assert collection.types == ["running", "still", "walking"]
    assert collection.channels == ("column 2", "column 3")


def test_new_recordings_need_no_tags_and_are_cut_alike() -> None:
    learnt = read(write_stream(4_000), "day.csv").collection
    bare = "\n".join(line.rpartition(",")[0] for line in write_stream(1_000).split("\n"))
    data = learnt.understood.model_copy(update={"name": "new.csv"})
    newer = read_files({"new.csv": bare}, tagged=False, **data.model_dump(exclude={"name", "kind",
                       "source"})).collection  # fmt: skip
    assert newer.channels == learnt.channels
    assert newer.lengths.tolist() == [100] * 10
    assert not newer.is_tagged.any()
