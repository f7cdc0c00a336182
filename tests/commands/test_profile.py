from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.commands.terminal import Terminal, write_sine


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "shop.csv"
    rows = [f"2024-01-{day:02},{10 * day},{day % 7}" for day in range(1, 29) if day != 11]
    path.write_text("\n".join(["date,sales,visitors", *rows]) + "\n")
    return path


def test_a_file_is_told_as_one_object(terminal: Terminal, data: Path) -> None:
    answer = terminal("profile", data, "--json", "--values")
    assert answer.status == 0, answer.stderr
    content = answer.content
    assert content["outcome"] == "read"
    assert content["rows"] == 27
    assert content["target"]["name"] == "sales"
    assert content["time"]["column"] == "date"
    assert (content["time"]["alias"], content["time"]["gaps"]) == ("D", 1)
    assert {column["name"]: column["role"] for column in content["columns"]} == {
        "date": "time",
        "sales": "target",
        "visitors": "ignore",
    }
    told = content["dataset"]
    assert (told["num_rows"], told["num_series"], told["targets"]) == (28, 1, ["sales"])
    assert told["values"]["sales"][9:12] == [100.0, 110.0, 120.0]
    assert told["filled"] == {"sales": [10]}
    assert told["last"] == "2024-01-28 00:00:00"


def test_another_target_is_asked_for(terminal: Terminal, data: Path) -> None:
    content = terminal("profile", data, "--target", "visitors", "--json").content
    assert content["target"]["name"] == "visitors"
    assert "dataset" not in content


def test_it_is_told_in_sentences(terminal: Terminal, data: Path) -> None:
    answer = terminal("profile", data)
    assert answer.status == 0
    assert "Daily, 28 rows" in answer.stdout
    assert 'Predicted: "sales"' in answer.stdout


def test_what_holds_no_table_is_refused_with_a_remedy(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    answer = terminal("profile", path, "--json")
    assert answer.status == 2
    assert answer.content["outcome"] == "refused"
    assert "PNG" in answer.content["refusal"]["message"]
    assert answer.content["refusal"]["remedy"]


def test_a_plan_that_can_t_be_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    path = write_sine(tmp_path / "sine.csv")
    answer = terminal("profile", path, "--set", "data.reading.decimal=;", "--json")
    assert answer.status == 2
    assert "data.reading.decimal" in answer.stderr
    assert answer.stdout == ""


def test_an_answer_can_be_handed_to_the_shell(terminal: Terminal, tmp_path: Path) -> None:
    rows = [f"2024-01-01 {n // 3:02d}:{n % 3 * 7:02d},S{n % 3},{n}.5" for n in range(60)]
    path = tmp_path / "sensors.csv"
    path.write_text("\n".join(["time,sensor id,temp", *rows]))
    lines = terminal("profile", path).stdout.splitlines()
    line = next(line for line in lines if "By sensor id" in line)
    answer = shlex.split(line.partition(": By ")[0])
    assert answer == ["--set", 'data.reading.keys=["sensor id"]']
    assert terminal("profile", path, *answer, "--json").content["questions"] == []
