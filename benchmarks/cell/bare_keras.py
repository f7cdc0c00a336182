"""One epoch of Keras's ``fit``, as people write it by hand."""

from __future__ import annotations

import keras

from benchmarks.cell.case import FEATURES, measure, read_case


def main() -> None:
    case = read_case()
    windows, ahead = case.cut()
    state = entry = keras.Input((case.steps, FEATURES))
    for layer in range(case.layers):
        state = keras.layers.LSTM(case.units, return_sequences=layer < case.layers - 1)(state)
    model = keras.Model(entry, keras.layers.Dense(1)(state))
    model.compile(keras.optimizers.Adam(clipnorm=1.0), loss="mae")
    measure(lambda: model.fit(windows, ahead, batch_size=case.batch, verbose=0))


if __name__ == "__main__":
    main()
