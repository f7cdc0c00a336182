"""Input that can't be used: one plain line, exit status 2, and nothing half-saved."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.terminal import Answer, Terminal, list_files, run_process, write_sine

pytestmark = pytest.mark.filterwarnings("error")  # a warning would be a second line


def make_rows(count: int, cell: Callable[[int], str] = str, header: str = "day,value") -> bytes:
    days = [f"2024-{1 + day // 28:02}-{1 + day % 28:02}" for day in range(count)]
    lines = [f"{day},{cell(number)}" for number, day in enumerate(days)]
    return "\n".join([header, *lines, ""]).encode()


FILES = {
    "empty": (b"", "is empty"),
    "header only": (b"day,value\n", "only a header"),
    "one row": (b"day,value\n2024-01-01,1\n", "only one row"),
    "binary": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "PNG picture"),
    "no numbers": (make_rows(60, lambda row: "abc"[row % 3]), "No column holds numbers"),
    "no times": (
        make_rows(60, header="day,value").replace(b"2024-", b"x"), "No column can be read as times"
    ),
    "constant": (make_rows(60, lambda row: "5"), "is 5 in every row"),
    "infinity": (make_rows(60, lambda row: "inf" if row == 7 else str(row)), "infinite value"),
    "mostly missing": (make_rows(60, lambda row: "1" if row % 9 else ""), "in every row"),
    "nothing but gaps": (make_rows(60, lambda row: ""), "column"),
    "too few rows": (make_rows(8), "too few rows: 8, and at least 12 are needed"),
    "same times": (b"day,value\n" + b"2024-01-01,1\n2024-01-01,2\n" * 30, "same time"),
    "one long cell": (make_rows(8).replace(b"\n", b"," + b"x" * 200_000 + b"\n"), "too few rows"),
    "one long line": (b"7," * 5_000_000, "has a line of"),
}  # fmt: skip

OPTIONS = {
    "text as target": (["--target", "name"], 'The column "name" can\'t be a target'),
    "unknown target": (["--target", "vlaue"], 'Did you mean "value"?'),
    "unknown time": (["--time", "dya"], 'Did you mean "day"?'),
    "text as time": (["--time", "name"], "can't be read as times"),
    "unknown series": (["--series", "nam"], 'Did you mean "name"?'),
    "too long a horizon": (["--horizon", "60"], "at least 181 are needed"),
    "no horizon": (["--horizon", "0"], "greater than or equal to 1"),
    "horizon in words": (["--horizon", "ten"], "invalid int value: 'ten'"),
    "too few for both": (
        ["--horizon", "20", "--set", "task.lookback=100"],
        "too few rows: 150, and a lookback of 100 with a horizon of 20 needs at least 171",
    ),
    "unknown key": (["--set", "model.unit=8"], 'Did you mean "units"?'),
    "unknown section": (["--set", "modle.units=8"], 'Did you mean "model"?'),
    "deep value": (["--set", "model.units=" + "[" * 99_999], 'value of "model.units" is nested'),
    "nothing set": (["--set", "model.units"], "Write section.key=value."),
    "out of bounds": (["--set", "model.units=0"], "model.units"),
    "wrong kind": (["--set", "training.epochs=many"], "training.epochs"),
    "not finite": (["--set", "training.learning_rate=NaN"], "training.learning_rate"),
    "unknown option": (["--colour", "red"], "unrecognized arguments: --colour red"),
    "no such spec": (["--spec", "nowhere.json"], 'no file "nowhere.json"'),
    "bad frequency": (["--set", "data.frequency=fortnightly"], "spacing"),
}

SPECS = {
    "not JSON": ("{", "not valid JSON"),
    "not an object": ("[1]", "must be a JSON object"),
    "unknown key": ('{"training": {"epoch": 3}}', 'Did you mean "epochs"?'),
    "newer": ('{"schema_version": 99}', "schema_version 99"),
    "deep": ('{"data": ' + "[" * 200 + "]" * 200 + "}", "nested more than 60 levels deep"),
    "very deep": ("[" * 200_000, "nested more than 60 levels deep"),
}


def check_refused(answer: Answer, words: str, home: Path) -> None:
    assert answer.status == 2
    assert answer.stdout == ""
    (line,) = answer.stderr.splitlines()
    assert words in line
    assert list_files(home) == []


@pytest.fixture
def table(tmp_path: Path) -> Path:
    lines = write_sine(tmp_path / "sine.csv").read_text().splitlines()
    path = tmp_path / "table.csv"
    names = ["name", *(f"row {number}" for number in range(len(lines) - 1))]
    path.write_text("\n".join(f"{line},{name}" for line, name in zip(lines, names, strict=True)))
    return path


@pytest.mark.parametrize("json_too", [[], ["--json"]], ids=["text", "json"])
@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_cannot_be_used_is_refused(
    kind: str, json_too: list[str], terminal: Terminal, tmp_path: Path, studio_home: Path
) -> None:
    content, words = FILES[kind]
    path = tmp_path / "my file.csv"
    path.write_bytes(content)
    began = time.perf_counter()
    check_refused(terminal("fit", path, *json_too), words, studio_home)
    assert time.perf_counter() - began < 5  # ten megabytes of one line must not take minutes


@pytest.mark.parametrize("kind", OPTIONS)
def test_an_option_that_cannot_be_met_is_refused(
    kind: str, terminal: Terminal, table: Path, studio_home: Path
) -> None:
    options, words = OPTIONS[kind]
    check_refused(terminal("fit", table, *options), words, studio_home)


@pytest.mark.parametrize("kind", SPECS)
def test_a_spec_that_cannot_be_read_is_refused(
    kind: str, terminal: Terminal, table: Path, tmp_path: Path, studio_home: Path
) -> None:
    content, words = SPECS[kind]
    spec = tmp_path / "spec.json"
    spec.write_text(content)
    check_refused(terminal("fit", table, "--spec", spec), words, studio_home)


def test_a_file_that_is_not_there_is_refused(terminal: Terminal, studio_home: Path) -> None:
    check_refused(terminal("fit", "nowhere.csv"), 'no file "nowhere.csv"', studio_home)


def test_an_empty_folder_is_refused(terminal: Terminal, tmp_path: Path, studio_home: Path) -> None:
    check_refused(terminal("fit", tmp_path), "There is no file in the folder", studio_home)


@pytest.mark.parametrize("arguments", [[], ["fti"], ["fit"]])
def test_an_unknown_or_missing_command_is_refused(
    arguments: list[str], terminal: Terminal, studio_home: Path
) -> None:
    check_refused(terminal(*arguments), "try --help", studio_home)


def test_a_hostile_file_name_stays_on_one_line(
    terminal: Terminal, tmp_path: Path, studio_home: Path
) -> None:
    path = tmp_path / "a\nb\x1b[31m.csv"
    path.write_bytes(b"")
    answer = terminal("fit", path)
    check_refused(answer, "is empty", studio_home)
    assert "\x1b" not in answer.stderr


def test_a_real_process_refuses_in_one_line_too(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    check_refused(
        run_process(tmp_path / "home", "fit", path, "--json"), "is empty", tmp_path / "home"
    )
