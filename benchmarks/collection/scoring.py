"""One run beside all rules: on its test part, and which rule its validation part would have taken.

Nothing is believed of the app's own measures: errors and ranges are computed anew.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.collection.rivals import Rivals, list_cycles
from benchmarks.collection.running import Finished
from lstm_core.tasks.forecasting.baselines.fitting import Baselines
from lstm_core.tasks.forecasting.framing.examples import frame_dataset, use_known_future
from lstm_core.tasks.forecasting.framing.inputs.adding import add_inputs
from lstm_core.tasks.forecasting.judging.metrics import measure_scale
from lstm_core.tasks.forecasting.judging.pretrained_result import PRETRAINED
from lstm_core.tasks.forecasting.judging.scoreboard import MODEL
from lstm_core.tasks.forecasting.predicting.windows import list_lines

_NO_RULES = ("series", "target", "fold", "cutoff", "step", "timestamp", "actual", MODEL, PRETRAINED)
_MOST_DIGITS = 6


def score(run: Finished) -> dict[str, Any]:
    """Return the errors of model and rules in units of MASE's scale, and what was claimed, JSON.

    The rule that validation would have chosen is chosen anew for each fold: fitted to the fold's
    training part, it has the least absolute error from all cutoffs of the fold's validation part.
    """
    dataset = add_inputs(use_known_future(run.dataset, run.spec), run.spec)
    values = dataset.frame.iloc[:, 0].to_numpy(np.float64)
    observed = dataset.observed[:, 0]
    season, (_, horizon) = run.spec.task.season or 1, run.spec.task.sizes
    times = dataset.frame.index.get_level_values("time")
    known = list(run.dataset.roles.known_future_covariates)
    ahead = run.dataset.frame[known].to_numpy(np.float64)
    cycles = tuple(sorted({*list_cycles(dataset), *([season] if season > 1 else [])}))
    refits = bool(run.spec.task.refit)
    num_before = len(values)
    errors: dict[str, list[np.ndarray]] = {}
    chosen: list[tuple[str, np.ndarray]] = []
    held = []
    judged = run.predictions[run.predictions["actual"].notna()]
    for fold, table in judged.groupby("fold" if refits else lambda _: 0):
        framing = frame_dataset(dataset, run.spec, int(str(fold)) - 1 if refits else None)
        (part,) = framing.parts
        num_before = min(num_before, part.cuts.test_start)
        rows = slice(part.cuts.train_start, part.cuts.train_end)
        lines = list_lines(values[:, None], framing, dataset.roles, horizon, [rows])
        baselines = Baselines.fit(lines[:1], season, _list_rules(table))
        rivals = Rivals(values, ahead, part.cuts.train_end, cycles)
        validation = framing.examples.cutoffs["validation"].astype(np.int64) - part.first
        past = baselines.predict(0, values, validation, horizon)
        past |= rivals.predict(validation, horizon)
        came = validation[:, None] + np.arange(1, horizon + 1)
        actual = np.where(observed[came], values[came], np.nan)
        tried = {name: float(np.nanmean(np.abs(said - actual))) for name, said in past.items()}
        said = _take_columns(table) | _take_rivals(table, rivals, times, horizon)
        known_actual = table["actual"].to_numpy(np.float64)
        for name, predicted in said.items():
            errors.setdefault(name, []).append(np.abs(predicted - known_actual))
        rule = min((name for name in tried if name in said), key=lambda name: tried[name])
        chosen.append((rule, np.abs(said[rule] - known_actual)))
        low, high = table["low_80"].to_numpy(), table["high_80"].to_numpy()
        held.append((known_actual >= low) & (known_actual <= high))
    measured = measure_scale(values[:num_before], observed[:num_before], season)
    scale = measured if measured > 0 else 1.0
    scaled = {name: _average(found) / scale for name, found in errors.items()}
    mase = scaled.pop(MODEL)
    everywhere = {name: scaled[name] for name in scaled if len(errors[name]) == len(chosen)}
    best = min(everywhere, key=lambda name: everywhere[name])
    names = Counter(name for name, _ in chosen)
    return {
        "mase": _round(mase),
        "chosen": names.most_common(1)[0][0] if len(names) == 1 else "; ".join(names),
        "chosen_mase": _round(_average([found for _, found in chosen]) / scale),
        "best": best,
        "best_mase": _round(everywhere[best]),
        "rules": {name: _round(error) for name, error in everywhere.items()},
        "held_80": _round(_average(held)),
        "windows": int(judged["cutoff"].nunique()),
        "horizon": horizon,
        "season": season,
        "claims_win": run.verdict.outcome == "win",
        "outcome": run.verdict.outcome,
        "rival": run.verdict.best_baseline,
        "sentence": run.verdict.sentence,
        "seconds": round(run.seconds, 1),
        "wall_seconds": round(run.wall_seconds, 1),
    }


def _take_columns(table: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return what the model and the app's own rules said, by the row of the table."""
    return {name: table[name].to_numpy(np.float64) for name in (MODEL, *_list_rules(table))}


def _list_rules(table: pd.DataFrame) -> list[str]:
    """Return the app's own rules, as the table names them."""
    return [
        name
        for name in table.columns
        if name not in _NO_RULES and not name.startswith(("low_", "high_"))
    ]


def _take_rivals(
    table: pd.DataFrame, rivals: Rivals, times: pd.Index, horizon: int
) -> dict[str, np.ndarray]:
    """Ask the rivals from the table's cutoffs, and put what they say into its rows."""
    rows = times.get_indexer(pd.Index(table["cutoff"]))
    cutoffs, place = np.unique(rows, return_inverse=True)
    steps = table["step"].to_numpy(np.int64) - 1
    return {name: said[place, steps] for name, said in rivals.predict(cutoffs, horizon).items()}


def _average(parts: list[np.ndarray]) -> float:
    return float(np.concatenate(parts).mean())


def _round(value: float) -> float:
    return round(value, _MOST_DIGITS)
