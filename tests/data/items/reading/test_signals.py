import csv
import io

import numpy as np
import pytest

from lstm_core.errors import DataError
from lstm_core.spec.items import STRETCHES
from tests.data.items.reading.given import make_zip, read, read_files, roles

RNG = np.random.default_rng(7)


def write(rows, separator=",") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def make_items(num_items=12, length=9, num_channels=1):
    items = RNG.normal(size=(num_items, length, num_channels)).round(4)
    return items, [("walk", "run", "sit")[n % 3] for n in range(num_items)]


def check(reading, items, labels) -> None:
    collection = reading.collection
    assert collection.labels.tolist() == list(labels)
    for number, item in enumerate(items):
        np.testing.assert_allclose(collection.get_item(number), item, rtol=1e-6)


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("label_first", [False, True])
def test_a_row_a_series_with_named_steps(separator: str, label_first: bool) -> None:
    items, labels = make_items()
    rows = [
        [label, *item[:, 0]] if label_first else [*item[:, 0], label]
        for item, label in zip(items, labels, strict=True)
    ]
    names = [f"t{n}" for n in range(9)]
    header = ["activity", *names] if label_first else [*names, "activity"]
    reading = read(write([header, *rows], separator))
    check(reading, items, labels)
    assert reading.understanding.spec.layout == "wide"


@pytest.mark.parametrize("label_first", [False, True])
@pytest.mark.parametrize("form", ["commas", "tabs", "spaces", "counted"])
def test_a_row_a_series_without_a_header(label_first: bool, form: str) -> None:
    items, _ = make_items(24)
    labels = [float(n % 2 * 2 - 1) for n in range(24)]
    rows = [
        [label, *item[:, 0]] if label_first else [*item[:, 0], label]
        for item, label in zip(items, labels, strict=True)
    ]
    if form == "spaces":
        content = "\n".join("  " + "   ".join(f"{cell:.7e}" for cell in row) for row in rows)
    else:
        rows = [list(range(10)), *rows] if form == "counted" else rows
        content = write(rows, "\t" if form == "tabs" else ",")
    reading = read(content, "Gun_TRAIN.tsv")
    check(reading, items, [str(int(label)) for label in labels])


def test_rows_of_unequal_lengths() -> None:
    items = [RNG.normal(size=(n, 1)).round(3) for n in (5, 9, 7, 6, 8, 9)]
    labels = ["1", "2"] * 3
    both = list(zip(items, labels, strict=True))
    ragged = write([[label, *item[:, 0]] for item, label in both])
    padded = write([[label, *item[:, 0], *[""] * (9 - len(item))] for item, label in both])
    nan = write([[label, *item[:, 0], *["NaN"] * (9 - len(item))] for item, label in both])
    for content in (padded, ragged, nan):
        check(read(content), items, labels)
    words = write([[*item[:, 0], "ab"[n % 2]] for n, item in enumerate(items)])
    check(read(words), items, ["a", "b"] * 3)


def test_several_channels_in_one_row() -> None:
    items, labels = make_items(num_channels=2)
    header = ["id", *[f"acc_{n}" for n in range(9)], *[f"gyro_{n}" for n in range(9)], "class"]
    rows = [
        [f"clip{number}", *item[:, 0], *item[:, 1], label]
        for number, (item, label) in enumerate(zip(items, labels, strict=True))
    ]
    reading = read(write([header, *rows]))
    check(reading, items, labels)
    assert reading.collection.signals.channels == ("acc", "gyro")
    assert reading.collection.ids[2] == "clip2"


def make_long(lengths=(5, 7, 6, 5, 9, 8), restart=False):
    items, rows = [], [["person", "trial", "time", "acc_x", "acc_y", "label"]]
    for number, length in enumerate(lengths):
        item = RNG.normal(size=(length, 2)).round(4)
        items.append(item)
        name = number % 3 if restart else number
        label = ("up", "down")[number % 2]
        rows += [
            [f"p{number // 3}", name, 0.5 * step, *item[step], label] for step in range(length)
        ]
    return items, ["up", "down"] * 3, rows


@pytest.mark.parametrize("restart", [False, True])
def test_a_row_a_step(restart: bool) -> None:
    items, labels, rows = make_long(restart=restart)
    reading = read(write(rows))
    check(reading, items, labels)
    assert reading.collection.signals.channels == ("acc_x", "acc_y")
    assert reading.collection.groups.tolist() == ["p0"] * 3 + ["p1"] * 3
    parts = roles(reading)
    assert (parts["item"], parts["time"], parts["group"]) == ("trial", "time", "person")


def test_rows_out_of_order_are_put_in_order() -> None:
    items, labels, rows = make_long()
    body = sorted(rows[1:], key=lambda row: (row[2], row[1]))
    reading = read(write([rows[0], *body]))
    check(reading, items, labels)
    items, labels, rows = make_long()
    body = [rows[2], rows[1], *rows[3:]]
    reading = read(write([rows[0], *body]), time="time", item="trial")
    check(reading, items, labels)
    assert any("order" in note for note in reading.collection.notes)


def test_dates_order_the_rows() -> None:
    items, labels, rows = make_long()
    for row in rows[1:]:
        row[2] = f"2024-01-01 00:00:{int(row[2] * 2):02d}"
    check(read(write(rows)), items, labels)


def test_a_label_that_changes_within_an_item_is_told() -> None:
    _, _, rows = make_long()
    for number, row in enumerate(rows[1:]):
        row[-1] = ("up", "down")[number % 2]
    with pytest.raises(DataError, match="changes within 6 items"):
        read(write(rows), item="trial", label="label")


def test_stretches_of_one_label_are_items_where_no_column_names_any() -> None:
    rows = [["x", "y", "activity"]]
    for number in range(8):
        rows += [[*RNG.normal(size=2).round(3), ("sit", "go")[number % 2]] for _ in range(6)]
    reading = read(write(rows))
    assert reading.understanding.spec.item == STRETCHES
    assert reading.collection.lengths.tolist() == [6] * 8
    assert reading.collection.labels.tolist() == ["sit", "go"] * 4


def test_labels_in_a_table_beside_a_long_one() -> None:
    items, labels, rows = make_long()
    long = write(
        [["series_id", *row[2:5]] if n == 0 else [row[1], *row[2:5]] for n, row in enumerate(rows)]
    )
    beside = write([["series_id", "surface"], *[[n, label] for n, label in enumerate(labels)]])
    check(read_files({"X.csv": long, "y.csv": beside}), items, labels)


TS = """#remark
@problemName Two Words
@timeStamps false
@missing true
@univariate {one}
@classLabel true up down
@data
"""


def test_ts_with_unequal_lengths_and_holes() -> None:
    reading = read(
        TS.format(one="false") + "1,?,3:4,5,6:up\n7,8:9,10:down\n1,2:3,4:up\n1,1:2,2:down\n"
    )
    collection = reading.collection
    assert collection.labels.tolist() == ["up", "down"] * 2
    assert collection.get_item(0).tolist() == [[1, 4], [2, 5], [3, 6]]
    assert collection.get_item(1).tolist() == [[7, 9], [8, 10]]
    assert any("filled" in note for note in collection.notes)
    one = read(TS.format(one="true") + "1,2,3:up\n4,5:down\n6:up\n7:down\n")
    assert one.collection.lengths.tolist() == [3, 2, 1, 1]


def test_ts_with_times() -> None:
    header = "@problemName p\n@timestamps true\n@classLabel true a b\n@data\n"
    body = "(0,1.5),(1,2.5):(0,3),(1,4):a\n(2020-01-01 10:00:00,9):(2020-01-01 10:00:00,8):b\n"
    collection = read(header + body * 2, "x.ts").collection
    assert collection.get_item(0).tolist() == [[1.5, 3], [2.5, 4]]
    assert collection.get_item(1).tolist() == [[9, 8]]
    assert collection.labels.tolist() == ["a", "b"] * 2


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("1,2:3,4:up\n1,2:down\n", "item 2 has 1 channels, the first one 2"),
        ("1,2:3:up\n", "channels of item 1 have 1 to 2 steps"),
        ("1,x:3,4:up\n", "channel 1 of item 1 holds something that is no number"),
        ("", "no item follows"),
    ],
)
def test_ts_that_does_not_fit_is_told(lines: str, told: str) -> None:
    with pytest.raises(DataError, match=told):
        read(TS.format(one="false") + lines)


def test_arff_of_one_channel() -> None:
    head = "% remark\n@RELATION 'my data'\n" + "".join(
        f"@attribute att{n} numeric\n" for n in range(6)
    )
    head += "@attribute target {1,'two words'}\n@data\n"
    body = "1,2,3,4,5,6,1\n2,3,?,5,6,7,'two words'\n3,4,5,?,?,?,1\n4,5,6,7,8,9,'two words'\n"
    collection = read(head + body, "x.arff").collection
    assert collection.labels.tolist() == ["1", "two words"] * 2
    assert collection.get_item(1)[:, 0].tolist() == [2, 3, 4, 5, 6, 7]
    assert collection.lengths.tolist() == [6, 6, 3, 6]


def test_arff_of_several_channels() -> None:
    head = "@relation r\n@attribute rel relational\n@attribute a0 numeric\n@attribute a1 numeric\n"
    head += "@end rel\n@attribute class {x,y}\n@data\n"
    body = "'1,2,3\\n4,5,6',x\n\"7,8\\n9,10\",y\n".replace('"', "'")
    collection = read(head + body * 2, "x.arff").collection
    assert collection.get_item(0).tolist() == [[1, 4], [2, 5], [3, 6]]
    assert collection.get_item(1).tolist() == [[7, 9], [8, 10]]
    assert collection.labels.tolist() == ["x", "y"] * 2


def test_arff_of_texts() -> None:
    head = "@relation r\n@attribute text string\n@attribute class {x,y}\n@data\n"
    body = "".join(f"'it\\'s a fine text, {n}',{'xy'[n % 2]}\n" for n in range(8))
    collection = read(head + body, "x.arff").collection
    assert collection.texts[0] == "it's a fine text, 0"


@pytest.mark.parametrize("form", ["folders", "names", "table", "inside", "times"])
def test_a_file_a_signal(form: str) -> None:
    items, labels = make_items(12, num_channels=2)
    members = {}
    for number, (item, label) in enumerate(zip(items, labels, strict=True)):
        rows = [["x", "y"], *item]
        if form == "inside":
            rows = [[*row, "label" if n == 0 else label] for n, row in enumerate(rows)]
        if form == "times":
            rows = [["time" if n == 0 else n, *row] for n, row in enumerate(rows)]
        path = {"names": f"{label}_{number}.csv", "table": f"clips/{number:02d}.csv"}.get(
            form, f"data/{label}/{number:02d}.csv"
        )
        members[path] = write(rows)
    if form == "inside":
        members = {path.replace("/", "-"): content for path, content in members.items()}
    if form == "table":
        table = [["file", "movement"], *[[f"{n:02d}.csv", each] for n, each in enumerate(labels)]]
        members["labels.csv"] = write(table)
    reading = read(make_zip(members), "clips.zip")
    assert reading.collection.num_items == 12
    order = [int(name.rpartition("_")[2].rpartition("-")[2]) for name in reading.collection.ids]
    check(reading, items[order], [labels[number] for number in order])
    assert reading.collection.signals.channels == ("x", "y")


def test_pieces_of_file_names_are_offered_as_groups() -> None:
    members = {}
    for digit in "012":
        for speaker in ("ann", "bob"):
            for number in range(3):
                rows = RNG.normal(size=(4, 1)).round(3)
                members[f"{digit}_{speaker}_{number}.csv"] = write([["value"], *rows])
    reading = read(make_zip(members), "digits.zip", label="name part 1", group="name part 2")
    assert reading.collection.label_names == ("0", "1", "2")
    assert set(reading.collection.groups) == {"ann", "bob"}


def test_holes_and_infinities_are_filled_and_told() -> None:
    items, _, rows = make_long()
    rows[2][3] = ""
    rows[3][4] = "inf"
    rows[4][3] = "1e60"
    rows[8][3] = "broken"
    reading = read(write(rows))
    assert np.isfinite(reading.collection.signals.values).all()
    assert reading.collection.get_item(0)[1, 0] == pytest.approx(
        (items[0][0, 0] + items[0][2, 0]) / 2
    )
    notes = " ".join(reading.collection.notes)
    assert "filled on a straight line" in notes
    assert "no numbers were taken as missing: 1" in notes


def test_a_signal_with_an_empty_channel_is_left_out_and_told() -> None:
    _, _, rows = make_long((4,) * 8)
    for row in rows[1:5]:
        row[4] = ""
    reading = read(write(rows))
    assert reading.collection.num_items == 7
    assert any("empty channel left out: 1" in note for note in reading.collection.notes)
    for row in rows[1:]:
        row[4] = ""
    with pytest.raises(DataError, match=r"No signal is whole|No columns"):
        read(write(rows), channels=["acc_x", "acc_y"])


def test_json_lists_of_numbers() -> None:
    content = '{"label": "a", "values": [1, 2, null, 4]}\n{"label": "b", "values": [5, 6]}\n'
    collection = read(content * 2, "x.jsonl").collection
    assert collection.get_item(0)[:, 0].tolist() == [1, 2, 3, 4]
    two = '{"label": "a", "x": [1, 2], "y": [3, 4]}\n{"label": "b", "x": [5], "y": [6]}\n'
    assert read(two * 2, "x.jsonl").collection.signals.channels == ("x", "y")
    with pytest.raises(DataError, match="channels"):
        read(content + '{"label": "b", "values": [[1, 2], [3, 4]]}\n', "x.jsonl")


def test_new_signals_may_have_other_lengths_and_no_labels() -> None:
    items, labels = make_items()
    rows = [[label, *item[:, 0]] for item, label in zip(items, labels, strict=True)]
    spec = read(write([["activity", *[f"t{n}" for n in range(9)]], *rows])).understanding.spec
    given = spec.model_dump(exclude={"kind", "source", "name", "header"})
    content = write([[f"t{n}" for n in range(7)], RNG.normal(size=7), RNG.normal(size=7)])
    assert read_files({"n.csv": content}, labelled=False, **given).collection.lengths.tolist() == [
        7,
        7,
    ]


def test_a_new_signal_may_come_alone() -> None:
    _, _, rows = make_long()
    spec = read(write(rows)).understanding.spec
    given = spec.model_dump(exclude={"kind", "source", "name"})
    alone = write([["acc_x", "acc_y"], *RNG.normal(size=(7, 2)).round(3)])
    collection = read_files({"n.csv": alone}, labelled=False, **given).collection
    assert collection.lengths.tolist() == [7]
    with pytest.raises(DataError, match='no column "acc_y"'):
        read_files({"n.csv": alone.replace("acc_y", "other")}, labelled=False, **given)
