"""Names that bite: in files' names, columns, series and cells, and everywhere they come out again.

Each string goes through the pages, the command line, the charts and all that can be taken away.
None may become markup, a link, a formula, code or an order to a terminal, and none may end in
anything but a result or a sentence.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from benchmarks.chaos.suite import Effort, Outcome
from benchmarks.harness import temporary_home
from lstm_core.__main__ import main as command
from lstm_core.charts.core.selection import sample_preview
from lstm_core.charts.forecasting.breakdowns import draw_breakdown
from lstm_core.charts.forecasting.preview import draw_preview
from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import StudioError
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.tables import table_from_parquet, table_to_csv
from lstm_core.tasks.registry import find_kind
from pages._ui.server.services import close_services
from tests.commands.terminal import QUICK
from tests.pages import records
from tests.pages.tables import make_days, make_wave, to_csv
from tests.pages.visiting import open_page, read_texts, upload

COUNT = 120

STRINGS: tuple[str, ...] = tuple(json.loads(Path(__file__).with_name("naughty.json").read_text()))
"""By what they are taken for: values, HTML, Markdown, addresses, formulas, code, paths, marks."""

ADDRESS = re.compile(r"www\.|://|\w@", re.IGNORECASE)
SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
ESCAPED = re.compile(r"\\[\\`*_{}\[\]()<>#+\-.!|~$:&]")
FORMULAS = tuple("=+-@＝＋－＠\t")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SEPARATORS = ",;\t"
OURS = "on our side"


@dataclass
class Findings:
    """What was tried, by where, and what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @contextmanager
    def trying(self, where: str, text: str) -> Iterator[None]:
        """Count one try; whatever it raises is a fault, an error for people is none."""
        self.counts[where] += 1
        try:
            yield
        except StudioError:
            self.counts["sentences"] += 1
        except Exception as error:  # a defect, which is what is looked for
            self.faults.append(f"{where}, {text[:60]!r}: {type(error).__name__}: {error}"[:400])


def run(effort: Effort) -> Outcome:
    """Send each string everywhere; then train once on a table that is made of all of them."""
    texts = choose_texts(effort.count or COUNT, random.Random(effort.seed))
    findings = Findings()
    with temporary_home() as settings, at_home(settings.home), Store.open(settings) as store:
        for text in texts:
            with findings.trying("uploads", text):
                check_upload(text)
            with findings.trying("records", text):
                name = (text or "x")[:200]
                column = f"{text} 2" if text in ("day", "shop") else text  # which are there already
                dataset = records.make_dataset([text, "other"], target=column, name=name)
                run = records.complete(store, dataset)
                for where, check in (
                    *(("pages", check_pages), ("exports", check_exports)),
                    *(("charts", check_charts), ("commands", check_commands)),
                ):
                    with findings.trying(where, text):
                        check(text, run, dataset, store)
                store.deletions.delete_run(run.id)
        with findings.trying("trainings", "all of them"):
            train(texts[:60])
    figures = {
        "strings": len(texts),
        **dict(sorted(findings.counts.items())),
        "injections_and_tracebacks": len(findings.faults),
    }
    return Outcome(figures, {"injections_and_tracebacks": 0}, tuple(findings.faults[:20]))


def choose_texts(count: int, chance: random.Random) -> list[str]:
    """Return so many strings: each of the list once, in any order, then pieces of them joined."""
    texts = list(STRINGS)
    chance.shuffle(texts)
    while len(texts) < count:
        pieces = [chance.choice(STRINGS)[:40] for _ in range(chance.randrange(2, 4))]
        texts.append("".join(pieces))
    return texts[:count]


@contextmanager
def at_home(home: object) -> Iterator[None]:
    """Let pages and commands of this process find the temporary home."""
    ours = {"LSTM_STUDIO_HOME": str(home), "LSTM_STUDIO_KEEP_WARM": "0"}
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        close_services()
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def check_upload(text: str) -> None:
    """Bring a file that is called so, with such a column, such series and such cells."""
    columns: dict[str, Sequence[object]] = {
        "day": make_days() * 2,
        text: make_wave() * 2,
        "shop": [text] * 120 + ["b"] * 120,
        f"{text} note": [text] * 240,
    }
    check_texts(upload(to_csv(columns), f"{name_for_system(text)}.csv"), text)


def check_pages(text: str, run: Run, dataset: Dataset, store: Store) -> None:
    for app in (open_page("run", id=run.id), open_page("runs"), open_page("home")):
        assert not app.error, app.error[0].value
        check_texts(app, text)


def check_texts(app: AppTest, text: str) -> None:
    """Check that no text of a page holds the string as markup or as a link."""
    assert not app.exception, app.exception[0].value
    texts = read_texts(app)
    assert not [each for each in texts if OURS in each or "Traceback" in each], texts
    assert not [each for each in texts if ADDRESS.search(each.replace("\\", ""))], texts
    flat = " ".join(text.split())
    if len(flat) > 3 and SPECIAL.search(flat):
        read = [ESCAPED.sub("\x00", each.replace("\u2060", "")) for each in texts]
        assert not [each for each in read if flat in each], texts


def check_exports(text: str, run: Run, dataset: Dataset, store: Store) -> None:
    """Check what can be taken away: tables, a script, a notebook, the spec."""
    assert run.resolved_spec is not None
    forecast = table_from_parquet(store.artifacts.get(run.id, "forecast.parquet"))
    check_csv(table_to_csv(forecast), num_rows=len(forecast))
    exporter = find_kind(run.resolved_spec).load_exporter()
    check_csv(exporter.write_data(run.resolved_spec, dataset).decode())
    json.loads(run.resolved_spec.model_dump_json())
    script = exporter.write_script(run.resolved_spec, dataset)
    names = {node.id for node in ast.walk(ast.parse(script)) if isinstance(node, ast.Name)}
    assert "alert" not in names
    notebook = json.loads(exporter.write_notebook(run.resolved_spec, dataset))
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            ast.parse(source)
        else:
            assert "<script" not in source.lower()
            assert "](http://evil" not in source


def check_csv(written: str, num_rows: int | None = None) -> None:
    """Check that no cell of text begins a formula, whichever separator a country takes."""
    if num_rows is not None:
        assert len(list(csv.reader(io.StringIO(written, newline="")))) == num_rows + 1
    for separator in SEPARATORS:
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=separator):
            for cell in row:
                assert not cell.startswith(FORMULAS) or _is_number(cell), cell[:80]


def _is_number(cell: str) -> bool:
    """Whether a cell is a number, or a line of numbers that another separator would part."""
    return re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d+)?(,.*)?", cell, re.DOTALL) is not None


def check_charts(text: str, run: Run, dataset: Dataset, store: Store) -> None:
    """Check that no label of a chart is read as HTML or as TeX."""
    broken = records.break_down().assign(by="series")
    broken.loc[0, "value"] = text
    for figure in (
        draw_preview(sample_preview(dataset)),
        draw_breakdown(broken, "series", ("seasonal_naive", "Last season")),
    ):
        for label in _list_texts(json.loads(figure.to_json())):
            assert not re.search(r"<(?!br>|/?b>|extra>|/extra>)", label), label
            assert label.count("$") < 2, label


def _list_texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, value in content.items():
            if key != "customdata":
                yield from _list_texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _list_texts(value)


def check_commands(text: str, run: Run, dataset: Dataset, store: Store) -> None:
    """Check that a terminal is told nothing but text, and a program nothing but JSON and CSV."""
    word = name_for_system(text)
    for arguments in (["runs"], ["forecast", run.id], ["fit", f"{word}.csv"], ["forecast", word]):
        status, printed, told = call(arguments)
        assert status in (0, 2), (arguments, status)
        is_data = arguments == ["forecast", run.id]  # which a terminal gets in another way
        assert not CONTROLS.search(told + ("" if is_data else printed)), (arguments, printed, told)
        assert "Traceback" not in told, told
        if is_data:
            check_csv(printed)
    for arguments in (["runs", "--json"], ["forecast", run.id, "--json"]):
        status, printed, _ = call(arguments)
        assert status == 0, arguments
        json.loads(printed)


def name_for_system(text: str) -> str:
    """Return the string as a system can name a file or hand on a word: it ends at a NUL."""
    return text.replace("\x00", "")


def call(arguments: list[str]) -> tuple[int, str, str]:
    """Run a command in this process; return its status, what it printed and what it told."""
    printed, told = io.StringIO(), io.StringIO()
    with redirect_stdout(printed), redirect_stderr(told):
        try:
            status = command(arguments)
        except SystemExit as stop:  # how argparse refuses
            status = int(stop.code or 0)
    return status, printed.getvalue(), told.getvalue()


def train(texts: list[str]) -> None:
    """Fit a table that has each string as a series or a column, in a file whose name is no text."""
    days = make_days(60)
    names = list(dict.fromkeys(" ".join(text.split())[:100] for text in texts if text.strip()))
    names = [name for name in names if "\x00" not in name and name not in ("day", "shop", "units")]
    series, others = names[:20], names[20:]
    columns: dict[str, Sequence[object]] = {
        "day": days * len(series),
        "shop": [name for name in series for _ in days],
        "units": [value for place in range(len(series)) for value in make_wave(60, level=place)],
    }
    for place, name in enumerate(others):
        columns[name] = make_wave(60, level=place) * len(series)
    file = os.path.join(os.environ["LSTM_STUDIO_HOME"], "\udcff =1+1 $(x) .csv")
    with open(file, "wb") as opened:
        opened.write(to_csv(columns))
    options = ["--target", "units", "--set", "data.series=shop", *QUICK]
    done = subprocess.run(
        [sys.executable, "-m", "lstm_core", "fit", file, *options, "--json"],
        capture_output=True,
        check=False,
    )
    told = done.stderr.decode(errors="replace")
    assert done.returncode == 0, (done.returncode, told[-300:])
    assert "Traceback" not in told
    run_id = json.loads(done.stdout)["run_id"]
    status, printed, _ = call(["forecast", run_id])
    assert status == 0
    check_csv(printed)
