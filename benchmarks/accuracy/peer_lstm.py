"""Score neuralforecast's LSTM on an ETTh-like file, as a peer to compare with.

Usage: python nf_lstm.py DATA.csv HORIZON [MAX_STEPS]

DATA.csv holds a date column and then hourly numeric ones. Its first 14400 rows
are split 8640/2880/2880 into train, validation and test, and every column is
standardised by its mean and deviation over the train rows. One univariate model
for all the columns is trained on the CPU with neuralforecast's defaults (except
an input of 96 steps, and MAX_STEPS if given, for a smoke run) and forecasts
every window of the test rows, one step apart. Prints one JSON line: `seconds`
(fit and forecasts, without the imports), and `mse` and `mae` over all windows,
steps and columns, on the standardised scale.
"""

import argparse
import json
import logging
import time
import warnings

import pandas as pd
from neuralforecast import NeuralForecast
from neuralforecast.models import LSTM

TRAIN, VALIDATION, TEST = 8640, 2880, 2880
ROWS = TRAIN + VALIDATION + TEST
INPUT = 96


def load(path: str) -> pd.DataFrame:
    """The standardised columns of the file, stacked in neuralforecast's long form."""
    wide = pd.read_csv(path, index_col=0, nrows=ROWS)
    if len(wide) < ROWS:
        raise SystemExit(f"{path}: {len(wide)} rows, {ROWS} needed")
    train = wide.iloc[:TRAIN]
    wide = (wide - train.mean()) / train.std(ddof=0)
    wide.index = pd.RangeIndex(ROWS, name="ds")  # the model never sees the dates
    return wide.reset_index().melt("ds", var_name="unique_id", value_name="y")


def evaluate(data: pd.DataFrame, horizon: int, **options: int) -> dict[str, float]:
    """Fit on the train rows, forecast every test window, and score the forecasts."""
    start = time.perf_counter()
    model = LSTM(
        h=horizon,
        input_size=INPUT,
        accelerator="cpu",
        logger=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        **options,
    )
    forecasts = NeuralForecast(models=[model], freq=1).cross_validation(
        data, val_size=VALIDATION, test_size=TEST, step_size=1, n_windows=None
    )
    seconds = time.perf_counter() - start

    expected = data["unique_id"].nunique() * (TEST - horizon + 1) * horizon
    error = (forecasts["LSTM"].astype("float64") - forecasts["y"]).dropna()
    if len(error) != expected:
        raise RuntimeError(f"{len(error)} values forecast, {expected} expected")
    return {
        "seconds": round(seconds, 1),
        "mse": float((error**2).mean()),
        "mae": float(error.abs().mean()),
    }


def main() -> None:
    """Read the arguments, and print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", metavar="DATA.csv")
    parser.add_argument("horizon", metavar="HORIZON", type=int)
    parser.add_argument("max_steps", metavar="MAX_STEPS", type=int, nargs="?")
    args = parser.parse_args()
    warnings.filterwarnings("ignore")
    for name in ("pytorch_lightning", "lightning_fabric"):
        logging.getLogger(name).setLevel(logging.ERROR)
    options = {} if args.max_steps is None else {"max_steps": args.max_steps}
    print(json.dumps(evaluate(load(args.data), args.horizon, **options)))


if __name__ == "__main__":
    main()
