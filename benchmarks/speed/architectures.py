"""Every architecture: seconds for an epoch beside a bare Keras model with the same cell.

Both learn from the same windows of the same noise in batches of one size, and predict as many
steps. The bare model is what people write by hand: windows as an array, the cells, a dense layer,
``fit``. Neither the first epoch, which compiles, nor validation is counted.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.events import EpochFinished, Event
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.learning.fitting import fit_network
from lstm_core.learning.trainer import describe_device, make_trainer
from lstm_core.models.cells import PeepholeLSTMCell, SLSTMCell
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures import BUILT
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from lstm_core.tasks.forecasting.network.building import build_network
from lstm_core.tasks.forecasting.network.objective import ForecastObjective

NUM_ROWS = 4_000
NUM_EPOCHS = 4
LOOKBACK, HORIZON, UNITS, BATCH = 48, 24, 64, 64
FRAME = 12
"""Steps in a segment, and in a ConvLSTM's frame."""

Build = Callable[[keras.KerasTensor], keras.KerasTensor]


def _cut(window: keras.KerasTensor) -> keras.KerasTensor:
    segments = keras.layers.Reshape((LOOKBACK // FRAME, FRAME))(window)
    steps = keras.layers.Dense(UNITS, activation="relu")(segments)
    return keras.layers.LSTM(UNITS)(steps)


def _stack(window: keras.KerasTensor) -> keras.KerasTensor:
    return keras.layers.LSTM(UNITS)(keras.layers.LSTM(UNITS, return_sequences=True)(window))


def _convolve(window: keras.KerasTensor) -> keras.KerasTensor:
    found = keras.layers.Conv1D(UNITS, 5, padding="causal", activation="relu")(window)
    return keras.layers.LSTM(UNITS)(keras.layers.MaxPooling1D(2)(found))


def _convolve_in_frames(window: keras.KerasTensor) -> keras.KerasTensor:
    frames = keras.layers.Reshape((LOOKBACK // FRAME, FRAME, 1))(window)
    return keras.layers.Flatten()(keras.layers.ConvLSTM1D(UNITS // 4, 3, padding="same")(frames))


def _decode(window: keras.KerasTensor) -> keras.KerasTensor:
    state = keras.layers.LSTM(UNITS)(window)
    ahead = keras.layers.LSTM(UNITS, return_sequences=True)(
        keras.layers.RepeatVector(HORIZON)(state)
    )
    return keras.layers.Flatten()(ahead)


def _look_around(window: keras.KerasTensor) -> keras.KerasTensor:
    steps = keras.layers.Dense(UNITS)(window)
    for _ in range(2):
        seen = keras.layers.MultiHeadAttention(4, UNITS // 4)(steps, steps)
        steps = keras.layers.LayerNormalization()(keras.layers.Add()([steps, seen]))
        inner = keras.layers.Dense(2 * UNITS, activation="relu")(steps)
        outer = keras.layers.Dense(UNITS)(inner)
        steps = keras.layers.LayerNormalization()(keras.layers.Add()([steps, outer]))
    return keras.layers.GlobalAveragePooling1D()(steps)


BARE: dict[str, Build] = {
    "segment": _cut,
    "vanilla": lambda window: keras.layers.LSTM(UNITS)(window),
    "stacked": _stack,
    "bidirectional": lambda window: keras.layers.Bidirectional(keras.layers.LSTM(UNITS))(window),
    "attention": lambda window: keras.layers.LSTM(UNITS)(window),
    "cnn_lstm": _convolve,
    "conv_lstm": _convolve_in_frames,
    "seq2seq": _decode,
    "residual": _stack,
    "peephole": lambda window: keras.layers.RNN(PeepholeLSTMCell(UNITS))(window),
    "slstm": lambda window: keras.layers.RNN(SLSTMCell(UNITS))(window),
    "transformer": _look_around,
    "simple_rnn": lambda window: keras.layers.SimpleRNN(UNITS)(window),
    "gru": lambda window: keras.layers.GRU(UNITS)(window),
}


class _Clock(keras.callbacks.Callback):
    """Notes the seconds of each epoch."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self._began = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self.seconds.append(time.perf_counter() - self._began)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line: for each architecture, both seconds, their ratio and its parameters."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--architecture", action="append", choices=list(BARE), help="only these; may be repeated"
    )
    parser.add_argument("--epochs", type=int, default=NUM_EPOCHS, metavar="N", help="at least 2")
    options = parser.parse_args(arguments)
    names = options.architecture or list(BUILT)
    found = {name: measure(name, max(2, options.epochs)) for name in names}
    report = {"benchmark": "architectures", "device": describe_device(), "architectures": found}
    print(json.dumps(report), flush=True)


def measure(architecture: str, num_epochs: int) -> dict[str, Any]:
    """Time one architecture, then its bare companion."""
    noise = np.random.default_rng(0).normal(size=NUM_ROWS)
    frame = pd.DataFrame({"step": np.arange(NUM_ROWS), "value": noise})
    data = ExperimentSpec().data
    dataset = build_dataset(SourceTable(frame, "noise"), data)
    spec, _ = resolve_spec(make_spec(architecture, num_epochs), dataset)
    examples = frame_dataset(dataset, spec).examples
    app, num_parameters = time_app(spec, examples)
    bare = time_bare(BARE[architecture], examples, num_epochs)
    return {
        "seconds": round(app, 3),
        "bare_seconds": round(bare, 3),
        "ratio": round(app / bare, 2),
        "parameters": num_parameters,
    }


def make_spec(architecture: str, num_epochs: int) -> ExperimentSpec:
    return ExperimentSpec().with_values(
        {
            "task.lookback": LOOKBACK,
            "task.horizon": HORIZON,
            "task.season": FRAME,
            "task.window_normalisation": "none",
            "task.ranges": "residuals",
            "model.architecture": architecture,
            "model.units": UNITS,
            "model.segment": FRAME,
            "training.batch_size": BATCH,
            "training.windows_per_epoch": NUM_ROWS,
            "training.epochs": num_epochs,
            "training.decay": 1.0,
        }
    )


def time_app(spec: ExperimentSpec, examples: WindowFeed) -> tuple[float, int]:
    """Return the median seconds of an epoch after the first, and the trainable weights."""
    keras.utils.set_random_seed(0)
    network = build_network(examples.shape, spec)
    seconds: list[float] = []

    def listen(event: Event) -> None:
        if isinstance(event, EpochFinished):
            seconds.append(event.seconds)

    train = examples.cutoffs["train"]
    fit_network(
        make_trainer(
            network,
            examples,
            ForecastObjective(spec.training, examples.shape.horizon),
            spec.training,
        ),
        train,
        train[:0],
        spec.training,
        on_event=listen,
        should_stop=lambda: False,
    )
    count = sum(int(np.prod(weight.shape)) for weight in network.trainable_variables)
    return statistics.median(seconds[1:]), count


def time_bare(build: Build, examples: WindowFeed, num_epochs: int) -> float:
    """Return the median seconds of an epoch after the first."""
    cutoffs = examples.cutoffs["train"]
    past = examples.past[cutoffs[:, None] + np.arange(1 - LOOKBACK, 1)]
    ahead = examples.past[cutoffs[:, None] + np.arange(1, HORIZON + 1), 0]
    window = keras.Input((LOOKBACK, 1))
    model = keras.Model(window, keras.layers.Dense(HORIZON)(build(window)))
    model.compile(keras.optimizers.Adam(clipnorm=1.0), loss="mae")
    clock = _Clock()
    model.fit(past, ahead, batch_size=BATCH, epochs=num_epochs, callbacks=[clock], verbose=0)
    return statistics.median(clock.seconds[1:])


if __name__ == "__main__":
    main()
