"""The matrix products of one epoch and nothing else: what no LSTM can do without."""

from __future__ import annotations

import numpy as np

from benchmarks.cell.case import FEATURES, Case, measure, read_case


def main() -> None:
    case = read_case()
    layers = [
        Products(case, FEATURES if layer == 0 else case.units) for layer in range(case.layers)
    ]

    def learn() -> None:
        for _ in range(case.windows // case.batch):
            for products in layers:
                products.go_through()

    measure(learn)


class Products:
    """Of one layer and batch: forwards, and twice as many back."""

    def __init__(self, case: Case, width: int) -> None:
        def draw(*shape: int) -> np.ndarray:
            return np.random.default_rng(0).normal(size=shape).astype("float32")

        self._steps, gates = case.steps, 4 * case.units
        self._inputs = draw(case.steps * case.batch, width)
        self._states = draw(case.steps * case.batch, case.units)
        self._slopes = draw(case.steps * case.batch, gates)
        self._kernel, self._recurrent = draw(width, gates), draw(case.units, gates)
        self._state, self._slope = draw(case.batch, case.units), draw(case.batch, gates)

    def go_through(self) -> None:
        np.matmul(self._inputs, self._kernel)
        for _ in range(self._steps):
            np.matmul(self._state, self._recurrent)
        for _ in range(self._steps):
            np.matmul(self._slope, self._recurrent.T)
        np.matmul(self._slopes, self._kernel.T)
        np.matmul(self._inputs.T, self._slopes)
        np.matmul(self._states.T, self._slopes)


if __name__ == "__main__":
    main()
