"""What is named on the command line is read as it is laid out in the folder."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from lstm_core.commands.arguments.files import name_files, read_files
from lstm_core.data.bringing import find_bringing
from lstm_core.errors import DataError
from lstm_core.spec.items import ItemsDataSpec

TEXTS = {
    f"{label}/{number}.txt": f"It was {word} {number} times."
    for label, word in (("good", "bright"), ("bad", "dull"))
    for number in range(12)
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        path = tmp_path / "reviews" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "reviews" / ".DS_Store").write_bytes(b"\0")
    return tmp_path / "reviews"


def bring(paths: list[str]) -> dict[str, int]:
    items = find_bringing("items")
    data = ItemsDataSpec(**items.begin_section(name_files(paths)))
    return dict(items.bring(data, read_files(paths)).collection.label_counts)


def test_a_folder_is_read_with_its_folders_and_without_what_is_hidden(folder: Path) -> None:
    files = read_files([str(folder)])
    assert {file.name: file.content.decode() for file in files} == TEXTS
    assert name_files([f"{folder}/"]) == "reviews"


def test_a_folder_an_archive_and_a_table_give_the_same_items(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "reviews.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for name, text in TEXTS.items():
            packed.writestr(name, text)
    table = tmp_path / "reviews.csv"
    rows = (f"{text},{name.partition('/')[0]}" for name, text in TEXTS.items())
    table.write_text("\n".join(["said,mood", *rows]))
    found = [bring([str(path)]) for path in (folder, archive, table)]
    assert found == [{"bad": 12, "good": 12}] * 3


def test_several_files_come_together(tmp_path: Path) -> None:
    halves = []
    for name in ("first", "second"):
        path = tmp_path / f"{name}.csv"
        rows = [f"{word} {name} {number},{word}" for word in ("up", "down") for number in range(8)]
        path.write_text("\n".join(["words,direction", *rows]))
        halves.append(str(path))
    assert bring(halves) == {"down": 16, "up": 16}


def test_what_was_guessed_is_told_and_what_was_said_is_not(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = [f"it is {word} here {n},{word},{n % 3}" for word in ("hot", "cold") for n in range(9)]
    path.write_text("\n".join(["words,weather,place", *rows]))
    items = find_bringing("items")
    section = items.begin_section("table.csv")
    files = read_files([str(path)])
    guessed = items.bring(ItemsDataSpec(**section), files).guesses
    assert any('as the label: "weather"' in said for said in guessed)
    named = ItemsDataSpec(**section, text="words", label="weather")
    assert not any("label" in said for said in items.bring(named, files).guesses)


def test_new_items_need_no_label(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text("words\nhow nice\nhow sad\n")
    items = find_bringing("items")
    data = ItemsDataSpec(**items.begin_section("new.csv"), text="words", label="mood")
    collection = items.bring_newer(data, read_files([str(path)]))
    assert collection.num_items == 2
    assert items.describe(collection).title.startswith("2 texts")


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no file in the folder"):
        read_files([str(tmp_path)])
