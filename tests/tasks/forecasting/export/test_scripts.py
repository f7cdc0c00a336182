"""A script trains what its run trained: it predicts the same, with nothing of ours beside it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import SpecError
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from lstm_core.spec.architectures import BUILT
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.export.exporter import EXPORTER
from tests.export.running import ScriptRunner, train_nothing
from tests.gallery import get_experiment
from tests.shares import share, share_combinations
from tests.test_pipeline import SMALL, TABLES

TOLERANCE = 1e-3
"""Largest difference, in standard deviations of the target: other kernels round otherwise."""

PLAIN: dict[str, Any] = {
    "task.shrink": False,  # the script's predictions are the networks' own
    "task.window_normalisation": "last_value",
    "task.covariates": "all",
    "task.calendar_tried": (),
    "task.refit": False,
}
EVERY_LAYER = [
    {"kind": "conv1d", "filters": 6, "kernel_size": 3, "dilation": 2, "padding": "same"},
    {"kind": "pooling", "mode": "average"},
    {"kind": "dense", "units": 4, "activation": "gelu", "l1": 1e-3},
    {"kind": "position"},
    {"kind": "slstm", "units": 4, "heads": 2, "forget_gate": "exponential", "forget_bias": 2.0},
    {"kind": "peephole_lstm", "units": 3, "bidirectional": "ave", "residual": True},
    {"kind": "gru", "units": 4, "recurrent_dropout": 0.2, "initializer": "he_normal"},
    {"kind": "layer_normalization"},
    {"kind": "transformer", "heads": 2, "feedforward": 5, "dropout": 0.2, "l2": 1e-3},
    {"kind": "dropout", "rate": 0.1},
    {"kind": "simple_rnn", "units": 4, "bidirectional": "concat", "activation": "softsign"},
    {"kind": "attention", "score": "dot"},
    {"kind": "dense", "units": 5},
]
LOOKING_BACK = [
    {"kind": "lstm", "units": 3, "forget_bias": -1.0, "recurrent_activation": "hard_sigmoid"},
    {"kind": "lstm", "units": 4, "residual": True, "l2": 1e-3, "dropout": 0.1},
]
OPTIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "every layer": ("single", "custom", {"model.stack": EVERY_LAYER}),
    "last steps only": (
        "single",
        "custom",
        {
            "model.stack": [
                {"kind": "segments", "length": 3},
                {"kind": "conv1d", "filters": 4, "kernel_size": 2, "padding": "valid"},
                {"kind": "lstm", "units": 4, "residual": True, "bidirectional": "sum"},
                {"kind": "dense", "units": 4},
            ]
        },
    ),
    "a decoder that looks back at gaps, one target at a time": (
        "several targets",
        "custom",
        {
            "model.stack": LOOKING_BACK,
            "model.decoder": {
                "kind": "sequence",
                "attention": "additive",
                "teacher_forcing": 0.5,
            },
            "model.mixing": False,
            "task.ranges": "quantile",
            "task.window_normalisation": "mean_std",
        },
    ),
    "segments of several targets with gaps": (
        "several targets",
        "segment",
        {"task.ranges": "quantile", "model.segment": 3, "task.scaling": "none"},
    ),
    "known ahead, a logarithm and quantiles": (
        "known future",
        "vanilla",
        {
            "task.transform": "log",
            "task.ranges": "quantile",
            "task.scaling": "minmax",
            "task.window_normalisation": "none",
        },
    ),
    "what is made of the past and of columns, and holidays": (
        "several targets",
        "gru",
        {
            "task.lags": [14],
            "task.rolling": [5],
            "task.statistics": ["mean", "std"],
            "task.changes": ["difference", "return"],
            "task.products": ["close", "volume"],
            "task.mask": True,
            "task.holidays": "US",
        },
    ),
    "holidays of several series beside the week": (
        "several series",
        "segment",
        {"task.holidays": "DE-BY", "task.holiday_neighbours": True, "task.calendar": ["weekday"]},
    ),
    "trading days, one step at a time": (
        "known future",
        "gru",
        {"task.exchange": "XNYS", "task.products": ["holiday"], "task.strategy": "recursive"},
    ),
    "outliers clipped, of several series, and a logarithm": (
        "several series",
        "gru",
        {"task.outliers": "clip", "task.transform": "log"},
    ),
    "outliers by Hampel, fold by fold": (
        "several targets",
        "gru",
        {"task.outliers": "hampel", "task.refit": True, "task.num_folds": 2},
    ),
    "business days that go on with an exchange's": (
        "several targets",
        "gru",
        {"task.exchange": "XTSE", "task.calendar": ["weekday"], "task.horizon": 9},
    ),
    "gaps that no window reads": ("several targets", "gru", {"data.fill": "drop"}),
    "known ahead by segments": ("known future", "segment", {"model.segment": 3}),
    "one step at a time": ("known future", "gru", {"task.strategy": "recursive"}),
    "several series, fold by fold": (
        "several series",
        "segment",
        {
            "task.refit": True,
            "task.num_folds": 2,
            "task.window": "sliding",
            "task.gap": 2,
            "task.transform": "boxcox",
        },
    ),
    "the clock and the week beside what is known ahead": (
        "known future",
        "segment",
        {"model.segment": 3, "task.calendar": ["hour", "weekday"]},
    ),
    "the clock, one step at a time": (
        "known future",
        "gru",
        {"task.strategy": "recursive", "task.calendar": ["hour"]},
    ),
    "the calendar where what was known ahead ends too soon": (
        "known future",
        "vanilla",
        {
            "data.missing_future": "ignore",
            "task.horizon": 6,
            "task.calendar": ["hour", "year_day"],
        },
    ),
    "the calendar of gaps": (
        "several targets",
        "gru",
        {"task.calendar": ["weekday", "month_day"], "task.transform": "boxcox"},
    ),
    "the calendar of several series, fold by fold": (
        "several series",
        "seq2seq",
        {
            "task.calendar": ["weekday", "month_day", "year_day"],
            "task.refit": True,
            "task.num_folds": 2,
            "task.scaling": "minmax",
        },
    ),
    "earlier seasons, what is known ahead, and what they leave": (
        "known future",
        "segment",
        {
            **{"model.segment": 3, "task.season_ahead": 7, "task.calendar": ["hour"]},
            **{"task.window_normalisation": "season", "task.ranges": "quantile"},
        },
    ),
    "earlier seasons of several series and targets": (
        "several series",
        "vanilla",
        {
            **{"task.season_ahead": 14, "task.window_normalisation": "season_level"},
            **{"task.scaling": "minmax", "task.transform": "log"},
        },
    ),
    "no covariates of any kind, beside the week": (
        "known future",
        "segment",
        {
            **{"model.segment": 3, "task.covariates": "none", "task.calendar": ["weekday"]},
            **{"task.calendar_tried": ["year_day"], "task.calendar_read": "none"},
            **{"task.products": ["holiday"], "task.ranges": "quantile"},
        },
    ),
    "no covariates of the past, one target at a time": (
        "several targets",
        "gru",
        {"task.covariates": "known_ahead", "model.mixing": False},
    ),
    "several series and a logarithm": ("several series", "gru", {"task.transform": "log"}),
    "two seeds, dropout and what validation chooses": (
        "single",
        "vanilla",
        {
            "training.num_seeds": 2,
            "model.dropout": 0.3,
            "training.decay": 0.5,
            "task.window_normalisation": None,
        },
    ),
    "one cycle, fold by fold": (
        "single",
        "vanilla",
        {
            "training.schedule": "one_cycle",
            "training.loss": "log_cosh",
            "training.optimizer": "lion",
            "task.refit": True,
            "task.num_folds": 2,
            "task.stride": 3,
        },
    ),
    "along a cosine, trained again": (
        "single",
        "vanilla",
        {"training.schedule": "cosine", "training.retrain": True},
    ),
    "a plateau, trained again": (
        "single",
        "vanilla",
        {
            "training.schedule": "plateau",
            "training.loss": "pinball",
            "training.pinball_level": 0.7,
            "training.optimizer": "sgd",
            "training.momentum": 0.5,
            "training.clip_norm": None,
            "training.retrain": True,
            "model.l2": 1e-3,
        },
    ),
}
CASES: dict[str, tuple[str, str, dict[str, Any]]] = {
    **{name: ("single", name, {"model.segment": 4}) for name in BUILT},
    **OPTIONS,
}
TRAINED = ("segments of several targets with gaps",)
"""What is trained every day; the others differ by what is taught, left out or scheduled."""

CHOSEN_BY_TRAINING = (
    "two seeds, dropout and what validation chooses",
    "along a cosine, trained again",
)
"""Cases in which an untrained run would choose otherwise, or has networks that no script needs."""

HOSTILE = "=cmd|' /C calc'!A0\"\"\"\n'''); import os #\\N{x}\u2028{0}%s"


@pytest.fixture(scope="module")
def runner() -> Iterator[ScriptRunner]:
    runner = ScriptRunner()
    yield runner
    runner.close()


def make_case(kind: str, architecture: str, options: dict[str, Any]) -> tuple[Dataset, Any]:
    table, data = TABLES[kind]()
    settings = SMALL | PLAIN | {"model.architecture": architecture} | options
    return build_dataset(table, data), ExperimentSpec(data=data).with_values(settings)


def put_down(folder: Path, result: ExperimentResult, dataset: Dataset) -> str:
    script = EXPORTER.write_script(result.spec, dataset)
    (folder / "script.py").write_text(script, encoding="utf-8")
    (folder / EXPORTER.data_file).write_bytes(EXPORTER.write_data(result.spec, dataset))
    kept = {"weights.npz": result.weights}
    for companion in EXPORTER.list_companions(result.spec):
        (folder / companion.name).write_bytes(companion.write(kept))
    return script


def assert_same_predictions(folder: Path, result: ExperimentResult, dataset: Dataset) -> None:
    keys = ["series", "target", "cutoff", "step", "timestamp"]
    for file, own, value in (
        ("predictions.csv", result.tables["predictions"], "model"),
        ("forecast.csv", result.tables["forecast"], "value"),
    ):
        said = pd.read_csv(folder / file, dtype={"series": str}, keep_default_na=False)
        shared = [key for key in keys if key in own.columns]
        for table in (own := own.copy(), said):
            for moment in {"cutoff", "timestamp"} & {*shared}:
                if dataset.frequency.is_calendar:
                    table[moment] = pd.to_datetime(table[moment]).dt.as_unit("ns")
        both = own.merge(said, on=shared, how="outer", indicator=True)
        assert (both["_merge"] == "both").all(), both["_merge"].value_counts()
        spread = dataset.frame[list(dataset.roles.targets)].std()
        error = (both[value] - both["prediction"]).abs() / both["target"].map(spread)
        assert error.max() <= TOLERANCE


def check_script(case: str, folder: Path, runner: ScriptRunner, *, untrained: bool = False) -> None:
    kind, architecture, options = CASES[case]
    dataset, spec = make_case(kind, architecture, options)
    result = run_experiment(spec, dataset) if untrained else get_experiment(spec, dataset).result
    script = put_down(folder, result, dataset)
    assert list_imports(script) <= {"math", "keras", "numpy", "pandas"}
    runner.run(folder, ["script.py"], untrained=untrained)
    assert_same_predictions(folder, result, dataset)


def list_imports(script: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(script)):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize(
    "case", share([case for case in CASES if case not in CHOSEN_BY_TRAINING], list(CASES)[::6])
)
def test_with_the_same_weights_a_script_predicts_what_its_run_predicts(
    case: str, tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    check_script(case, tmp_path, runner, untrained=True)


@pytest.mark.parametrize(
    "case",
    share(CASES, TRAINED),
)
def test_a_script_trains_what_its_run_trains(
    case: str, tmp_path: Path, runner: ScriptRunner
) -> None:
    check_script(case, tmp_path, runner)


@pytest.mark.parametrize("shops", [("a",), ("a", "b")])
def test_counts_with_gaps_on_six_days_a_week_beside_what_moves_late(
    shops: tuple[str, ...], tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    days = [day for day in pd.date_range("2024-01-01", periods=240) if day.day_of_week != 6]
    generator = np.random.default_rng(0)
    counts = generator.poisson(np.linspace(9, 0.1, len(days) * len(shops))).astype(float)
    counts[generator.integers(1, len(counts) - 1, 30)] = np.nan
    counts[-1] = 1.0
    columns = {
        "day": np.tile(days, len(shops)),
        "shop": np.repeat(shops, len(days)),
        "visits": counts,
        "budget": np.tile(np.where(np.arange(len(days)) < len(days) - 9, 1e6, 3e6), len(shops)),
    }
    if len(shops) == 1:
        del columns["shop"]
    spec = ExperimentSpec().with_values(SMALL | PLAIN | {"model.architecture": "vanilla"})
    spec = spec.with_values({"task.floor": "counts" if len(shops) == 1 else None})
    fixed = {"task.refit": True, "task.num_folds": 2, "task.transform": "none"}
    spec = spec.with_values(fixed)
    dataset = build_dataset(SourceTable(pd.DataFrame(columns), "t"), spec.data)
    assert dataset.frequency.weekmask == "1111110"
    assert dataset.roles.past_covariates == ("budget",)
    result = run_experiment(spec, dataset)
    ends = [
        "value",
        *(name for name in result.tables["forecast"].columns if name.startswith("low")),
    ]
    assert result.tables["forecast"][ends].to_numpy().min() == 0.0
    assert result.tables["predictions"]["model"].min() == 0.0
    script = put_down(tmp_path, result, dataset)
    assert ("settle_lowest(" in script) == (len(shops) == 2)
    assert "find_lowest(" in script
    runner.run(tmp_path, ["script.py"], untrained=True)
    assert_same_predictions(tmp_path, result, dataset)


def test_what_describes_the_series_is_scaled_across_them(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    table, data = TABLES["several series"]()
    frame = table.frame.copy()
    frame["size"] = frame["shop"].map({shop: 10.0 * len(shop) for shop in frame["shop"].unique()})
    static = data.model_copy(update={"static": ("size",)})
    spec = ExperimentSpec(data=static).with_values(SMALL | PLAIN | {"model.architecture": "gru"})
    dataset = build_dataset(replace(table, frame=frame), spec.data)
    result = run_experiment(spec, dataset)
    script = put_down(tmp_path, result, dataset)
    assert "# across the series" in script
    runner.run(tmp_path, ["script.py"], untrained=True)
    assert_same_predictions(tmp_path, result, dataset)


@pytest.mark.parametrize(
    ("shops", "mixing"),
    share_combinations(
        product([("a",), ("a", "b")], [True, False]), [(("a",), True), (("a", "b"), False)]
    ),
)
def test_categories_are_looked_up_as_in_the_run(
    shops: tuple[str, ...],
    mixing: bool,
    tmp_path: Path,
    runner: ScriptRunner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that is known ahead, and one of which a shop never sees a level."""
    train_nothing(monkeypatch)
    rows, generator = 130, np.random.default_rng(0)
    tables = [
        pd.DataFrame(
            {
                "day": pd.date_range("2024-01-01", periods=rows),
                "shop": shop,
                "sales": [*generator.normal(100, 9, rows - 4), *[np.nan] * 4],
                "visits": [*generator.normal(50, 5, rows - 4), *[np.nan] * 4],
                "weather": generator.choice(["rain", "snow", "sun"], rows),
                "mood": generator.choice(["low", "high", "none"][: 3 - number], rows),
            }
        )
        for number, shop in enumerate(shops)
    ]
    data = SeriesDataSpec(
        source="csv",
        name="shops",
        targets=("sales", "visits"),
        series="shop" if len(shops) > 1 else None,
        past_covariates=("mood",),
        known_future_covariates=("weather",),
    )
    dataset = build_dataset(SourceTable(pd.concat(tables, ignore_index=True), "shops"), data)
    asked = {"model.architecture": "segment", "model.mixing": mixing, "model.segment": 4}
    asked |= {"task.categories": "embedded", "task.ranges": "quantile"}
    spec = ExperimentSpec(data=data).with_values(SMALL | PLAIN | asked)
    result = run_experiment(spec, dataset)
    script = put_down(tmp_path, result, dataset)
    assert "EmbedCategories(" in script
    runner.run(tmp_path, ["script.py"], untrained=True)
    assert_same_predictions(tmp_path, result, dataset)


def test_a_notebooks_cells_do_the_same(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    dataset, spec = make_case("single", "vanilla", {})
    result = run_experiment(spec, dataset)
    put_down(tmp_path, result, dataset)
    notebook = json.loads(EXPORTER.write_notebook(result.spec, dataset))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 4)
    files = []
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            assert set(cell) == {"cell_type", "metadata", "source", "execution_count", "outputs"}
            files.append(f"{number}.py")
            (tmp_path / files[-1]).write_text("".join(cell["source"]), encoding="utf-8")
    runner.run(tmp_path, files, untrained=True)
    assert_same_predictions(tmp_path, result, dataset)


def test_what_is_left_out_is_told_where_it_is_used() -> None:
    dataset, spec = make_case("single", "vanilla", {})
    plain, _ = resolve_spec(spec, dataset)
    said = EXPORTER.write_script(plain, dataset)
    for part, setting, value in (
        ("towards the best baseline", "task.shrink", True),
        ("takes the last value", "task.window_normalisation", None),
        ("rounding can show", "training.precision", "mixed_bfloat16"),
    ):
        assert part not in said
        assert part in " ".join(
            EXPORTER.write_script(plain.with_values({setting: value}), dataset)
            .replace("\n  ", " ")
            .split()
        )


def test_stateful_training_has_no_script_and_says_so() -> None:
    dataset, spec = make_case("single", "vanilla", {})
    plain, _ = resolve_spec(spec, dataset)
    with pytest.raises(SpecError, match="stateful"):
        EXPORTER.write_script(plain.with_values({"training.stateful": True}), dataset)


def test_hostile_names_stay_names(
    tmp_path: Path, runner: ScriptRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_nothing(monkeypatch)
    dataset, spec = make_case("several series", "vanilla", {})
    hostile = dict(zip(dataset.series_names, ["=1+1", "NA", "007"], strict=True))
    index = dataset.frame.index
    index = index.set_levels([hostile[name] for name in index.levels[0]], level="series")
    frame = dataset.frame.set_axis([HOSTILE], axis=1).set_axis(index)
    roles = replace(dataset.roles, targets=(HOSTILE,), time="'", series="''\\")
    dataset = replace(dataset, frame=frame, roles=roles, future=dataset.future.iloc[:0, :0])
    result = run_experiment(spec, dataset)
    script = put_down(tmp_path, result, dataset)
    assert "\u2028" not in script
    for line in script.splitlines():
        assert "import os" not in line.partition("#")[2]
    runner.run(tmp_path, ["script.py"], untrained=True)
    said = pd.read_csv(tmp_path / "predictions.csv", dtype=str, keep_default_na=False)
    # What a spreadsheet would run has been disarmed in the data, and stays so.
    assert set(said["series"]) == {"'=1+1", "NA", "007"}
    assert set(said["target"]) == {f"'{HOSTILE}"}
    own = result.tables["predictions"]["model"].to_numpy()
    said = said["prediction"].to_numpy(float)
    np.testing.assert_allclose(said, own, atol=TOLERANCE * float(frame.to_numpy().std()))
