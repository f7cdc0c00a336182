"""What people write by hand: read a CSV, cut windows, fit a Keras model. The yardstick.

The network, the data, the parts and the batch size are those of the app's run. Run as
``python -m benchmarks.speed.bare_script CSV LOOKBACK HORIZON UNITS BATCH EPOCHS``; prints, as JSON,
the seconds of each epoch, and of everything up to the end of the first one.
"""

import time

STARTED = time.time()

import json  # noqa: E402
import sys  # noqa: E402

import keras  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402


class Clock(keras.callbacks.Callback):
    """Notes when each epoch, validation included, begins and ends."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self.first_at = 0.0

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self.began = time.time()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self.seconds.append(time.time() - self.began)
        self.first_at = self.first_at or time.time()


def main() -> None:
    path = sys.argv[1]
    lookback, horizon, units, batch_size, epochs = map(int, sys.argv[2:])
    values = pd.read_csv(path)["value"].to_numpy("float32")
    num_rows = len(values)
    num_held_out = max(round(num_rows * 0.15), horizon)
    train_end, validation_end = num_rows - 2 * num_held_out, num_rows - num_held_out
    values = (values - values[:train_end].mean()) / values[:train_end].std()

    def cut(first: int, stop: int) -> tuple[np.ndarray, np.ndarray]:
        cutoffs = range(first, stop)
        past = np.stack([values[row - lookback + 1 : row + 1] for row in cutoffs])[..., None]
        ahead = np.stack([values[row + 1 : row + 1 + horizon] for row in cutoffs])[..., None]
        return past, ahead

    train = cut(lookback - 1, train_end - horizon)
    validation = cut(train_end - 1, validation_end - horizon)
    keras.utils.set_random_seed(42)
    window = keras.Input((lookback, 1))
    state = keras.layers.LSTM(units)(window)
    flat = keras.layers.Dense(horizon)(state)
    model = keras.Model(window, keras.layers.Reshape((horizon, 1))(flat))
    model.compile(keras.optimizers.Adam(clipnorm=1.0), loss="mae")
    clock = Clock()
    model.fit(
        *train,
        validation_data=validation,
        batch_size=batch_size,
        validation_batch_size=512,
        epochs=epochs,
        callbacks=[clock],
        verbose=0,
    )
    print(json.dumps({"epochs": clock.seconds, "first_epoch": clock.first_at - STARTED}))


if __name__ == "__main__":
    main()
