"""Run exported scripts where nothing of ours can be imported.

A script can be run untrained: then each of its networks gets weights that its number alone decides,
as ``train_nothing`` gives them to a run's, and the two can be compared without any training.
"""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from lstm_core.learning import ensemble
from lstm_core.learning.fitting import Fit
from lstm_core.learning.trainer import Trainer

_PROGRAM = """
import importlib.util, io, json, os, sys, traceback
from contextlib import redirect_stdout

assert importlib.util.find_spec("lstm_core") is None, "ours can be imported"
DISTURB = {disturb!r}
for line in sys.stdin:
    folder, files, untrained = json.loads(line)
    os.chdir(folder)
    sys.path.insert(0, folder)  # as where a script is started from its folder
    error = ""
    namespace = {"__name__": "__main__"}
    if untrained:
        import keras
        fit = keras.Model.fit
        exec(DISTURB, disturbing := {})
        disturb = disturbing["make_disturbance"]()
        keras.Model.fit = lambda self, *_, **options: disturb(self, **options)
    with redirect_stdout(io.StringIO()):
        try:
            for file in files:
                with open(file, encoding="utf-8") as opened:
                    exec(compile(opened.read(), file, "exec"), namespace)
        except Exception:
            error = traceback.format_exc()
    if untrained:
        keras.Model.fit = fit
    sys.path.remove(folder)
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", "")).startswith(folder):
            del sys.modules[name]
    if "keras" in sys.modules:
        sys.modules["keras"].config.set_dtype_policy("float32")
    print(json.dumps(error), flush=True)
"""


def make_disturbance() -> Callable[..., None]:
    """Return what puts noise on a network's weights: its own for each network in turn.

    A weight's noise follows from its shape, and from its place among those of the same shape: two
    heads side by side may be built in either order.
    """
    from itertools import count

    import numpy as np

    numbers = count()

    def disturb(network: Any, callbacks: Iterable[Any] = (), **_: Any) -> None:
        for callback in callbacks:
            callback.best_epoch = 0  # what training would have said
        number, seen = next(numbers), {}
        for variable in network.trainable_variables:
            shape = tuple(variable.shape)
            seen[shape] = seen.get(shape, 0) + 1
            noise = np.random.default_rng([number, seen[shape], *shape]).normal(0.0, 0.1, shape)
            variable.assign(np.asarray(variable) + noise.astype("float32"))

    return disturb


def train_nothing(patch: pytest.MonkeyPatch) -> None:
    """Make every run of the test disturb its networks instead of training them."""
    disturb = make_disturbance()

    def fit(trainer: Trainer, *_: Any, **__: Any) -> Fit:
        disturb(trainer.network)
        return Fit(validation_loss=0.0, best_epoch=1, num_epochs=1)

    patch.setattr(ensemble, "fit_network", fit)


_DISTURB = "from __future__ import annotations\n" + inspect.getsource(make_disturbance)


class ScriptRunner:
    """A process without ours on its path; it loads TensorFlow once for many scripts."""

    def __init__(self) -> None:
        program = _PROGRAM.replace("{disturb!r}", repr(_DISTURB))
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-W", "ignore", "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, folder: Path, files: list[str], *, untrained: bool = False) -> None:
        """Run files one after another in one namespace, as cells of a notebook are."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(folder), files, untrained]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the process has ended"
        error: Any = json.loads(answer)
        assert not error, error

    def close(self) -> None:
        self._process.kill()  # it holds nothing that has to be put away
        self._process.communicate()
