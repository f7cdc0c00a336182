"""Eight runs that go through as much of preparing, training, judging and forecasting as eight can.

Their specs are written in the layout of version 1, which every later version has to read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from tests.goldens.made_up import (
    make_daily,
    make_hourly,
    make_numbered,
    make_shops,
    make_two_targets,
)
from tests.goldens.subject import Dataset, ExperimentSpec, SourceTable, build_dataset, parse_spec


@dataclass(frozen=True)
class Experiment:
    """What one golden run follows from.

    Attributes:
        make_table: makes the rows.
        sections: of the spec, by name; what is left out is read from the data.
    """

    make_table: Callable[[], pd.DataFrame]
    sections: Mapping[str, Mapping[str, Any]]

    def open(self) -> tuple[ExperimentSpec, Dataset]:
        data = {"source": "csv", "name": "made up", **self.sections.get("data", {})}
        spec = parse_spec({"schema_version": 1, **self.sections, "data": data})
        return spec, build_dataset(SourceTable(self.make_table(), "made up"), spec.data)


EXPERIMENTS: dict[str, Experiment] = {
    "defaults": Experiment(
        partial(make_daily, 640),
        {
            "data": {"time": "day", "targets": ["visits"]},
            "forecast": {"horizon": 7, "ranges": "quantile"},
            "training": {"preset": "fast", "epochs": 3},
        },
    ),
    "folds": Experiment(
        make_numbered,
        {
            "data": {"time": "#row", "targets": ["level"], "past_covariates": ["inflow"]},
            "forecast": {
                "lookback": 12,
                "horizon": 4,
                "scaling": "minmax",
                "window_normalisation": "last_value",
                "ranges": "residuals",
                "shrink": False,
            },
            "backtest": {"num_folds": 2, "refit": True, "window": "sliding", "gap": 2},
            "model": {"architecture": "vanilla", "units": 6, "dropout": 0.2},
            "training": {"num_seeds": 2, "epochs": 2, "batch_size": 32},
        },
    ),
    "step by step": Experiment(
        make_hourly,
        {
            "data": {
                "time": "time",
                "targets": ["load"],
                "known_future_covariates": ["shifts"],
            },
            "forecast": {
                "lookback": 24,
                "horizon": 6,
                "strategy": "recursive",
                "window_normalisation": "mean_std",
                "calendar": ["hour"],
                "shrink": False,
            },
            "backtest": {"num_folds": 2, "refit": False, "stride": 2},
            "model": {"architecture": "gru", "units": 6},
            "training": {
                "preset": "fast",
                "epochs": 4,
                "batch_size": 16,
                "loss": "mse",
                "schedule": "one_cycle",
            },
        },
    ),
    "taught": Experiment(
        make_hourly,
        {
            "data": {
                "time": "time",
                "targets": ["load"],
                "known_future_covariates": ["shifts"],
            },
            "forecast": {
                "lookback": 12,
                "horizon": 6,
                "window_normalisation": "last_value",
                "ranges": "quantile",
                "shrink": False,
            },
            "backtest": {"num_folds": 1, "refit": False},
            "model": {
                "architecture": "seq2seq",
                "units": 6,
                "decoder": {"kind": "sequence", "attention": "additive", "teacher_forcing": 0.6},
            },
            "training": {
                "preset": "fast",
                "epochs": 4,
                "batch_size": 8,
                "loss": "log_cosh",
                "learning_rate": 0.01,
            },
        },
    ),
    "carried": Experiment(
        make_numbered,
        {
            "data": {"time": "#row", "targets": ["level"], "past_covariates": []},
            "forecast": {
                "lookback": 6,
                "horizon": 3,
                "window_normalisation": "none",
                "scaling": "standard",
                "shrink": True,
            },
            "backtest": {"num_folds": 1, "refit": False},
            "model": {"architecture": "stacked", "units": 6},
            "training": {
                "preset": "fast",
                "epochs": 3,
                "batch_size": 16,
                "stateful": True,
                "loss": "huber",
                "optimizer": "rmsprop",
            },
        },
    ),
    "shops": Experiment(
        make_shops,
        {
            "data": {
                "time": "date",
                "series": "shop",
                "targets": ["sales"],
                "past_covariates": ["footfall"],
                "fill": "previous",
            },
            "forecast": {
                "lookback": 14,
                "horizon": 3,
                "transform": "log",
                "window_normalisation": "last_value",
                "ranges": "residuals",
                "shrink": False,
            },
            "backtest": {"num_folds": 2, "refit": False},
            "model": {"architecture": "attention", "units": 6},
            "training": {
                "preset": "fast",
                "epochs": 3,
                "batch_size": 32,
                "schedule": "cosine",
                "optimizer": "sgd",
                "momentum": 0.8,
                "learning_rate": 0.05,
            },
        },
    ),
    "stack": Experiment(
        make_two_targets,
        {
            "data": {
                "time": "day",
                "targets": ["close", "open"],
                "past_covariates": ["volume"],
            },
            "forecast": {
                "lookback": 12,
                "horizon": 4,
                "transform": "boxcox",
                "window_normalisation": "mean_std",
                "ranges": "quantile",
                "shrink": False,
            },
            "backtest": {"num_folds": 1, "refit": False},
            "model": {
                "architecture": "custom",
                "stack": [
                    {"kind": "conv1d", "filters": 5, "kernel_size": 3, "l2": 0.001},
                    {"kind": "pooling", "mode": "average"},
                    {"kind": "position"},
                    {"kind": "peephole_lstm", "units": 4, "bidirectional": "sum"},
                    {"kind": "layer_normalization"},
                    {"kind": "slstm", "units": 4, "heads": 2, "residual": True},
                    {"kind": "transformer", "heads": 2, "feedforward": 5, "dropout": 0.1},
                    {"kind": "dropout", "rate": 0.1},
                    {"kind": "lstm", "units": 4, "forget_bias": 0.5},
                ],
                "decoder": {"kind": "segments", "length": 2},
            },
            "training": {"preset": "fast", "epochs": 2, "batch_size": 64},
        },
    ),
    "scheduled": Experiment(
        partial(make_daily, 210),
        {
            "data": {"time": "day", "targets": ["visits"]},
            "forecast": {
                "lookback": 14,
                "horizon": 5,
                "calendar": ["weekday", "month_day"],
                "window_normalisation": "last_value",
                "ranges": "residuals",
                "shrink": False,
            },
            "backtest": {"num_folds": 1, "refit": False},
            "model": {"architecture": "residual", "units": 5, "l1": 0.0001},
            "training": {
                "preset": "fast",
                "epochs": 6,
                "batch_size": 16,
                "windows_per_epoch": 64,
                "schedule": "plateau",
                "loss": "pinball",
                "pinball_level": 0.7,
                "optimizer": "adamw",
                "learning_rate": 0.2,
                "patience": 1,
                "retrain": True,
            },
        },
    ),
}
