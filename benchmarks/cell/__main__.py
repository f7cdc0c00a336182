"""What an epoch costs by an LSTM of ours, by bare Keras's, by PyTorch's, and by its products alone.

Ours is measured on JAX, which the app chooses where there is no GPU, and on TensorFlow; bare Keras
is on TensorFlow, as people have it. The limits are for what the app chooses.

Each in a process of its own with one thread, in turn, several times: the ratio of the least seconds
of each is what a busy machine touches least. Fails where a limit is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.cell.case import Case

CASES = {"long": Case(64, 2, 48, 8_000, 64), "short": Case(50, 1, 10, 8_000, 32)}
LIMITS = {"to_bare_keras": {"long": 0.6, "short": 0.6}, "to_torch": {"long": 1.05, "short": 0.7}}
NUM_ROUNDS = 3
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """Print one JSON line; exit status 1 when a limit is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cell", description=__doc__)
    parser.add_argument("--peer-python", help="of an environment in which PyTorch is installed")
    parser.add_argument("--rounds", type=int, default=NUM_ROUNDS)
    options = parser.parse_args()
    report = {
        name: compare(name, case, options.rounds, options.peer_python)
        for name, case in CASES.items()
    }
    missed = [f"{name}: {each}" for name, told in report.items() for each in told["missed"]]
    print(json.dumps({"benchmark": "cell", **report, "limits": LIMITS, "missed": missed}))
    if missed:
        sys.exit(1)


def compare(name: str, case: Case, num_rounds: int, peer: str | None) -> dict[str, Any]:
    """Measure in turn; seconds are of the processor."""
    ours, keras, products = (
        [sys.executable, "-m", f"benchmarks.cell.{each}"]
        for each in ("ours", "bare_keras", "products")
    )
    commands = {
        "ours": (ours, "jax"),
        "ours_on_tensorflow": (ours, "tensorflow"),
        "bare_keras": (keras, "tensorflow"),
        "products": (products, ""),
    }
    if peer:
        commands["torch"] = ([peer, str(Path(__file__).with_name("torch_lstm.py"))], "")
    least: dict[str, float] = {}
    for _ in range(num_rounds):
        for who, (command, engine) in commands.items():
            seconds = min(_run([*command, case.to_json()], engine)["seconds"])
            least[who] = min(seconds, least.get(who, seconds))
    ratios = {
        f"to_{who}": round(least["ours"] / seconds, 3)
        for who, seconds in least.items()
        if who != "ours"
    }
    missed = [who for who, limits in LIMITS.items() if ratios.get(who, 0.0) > limits[name]]
    rounded = {who: round(seconds, 3) for who, seconds in least.items()}
    return {"seconds": rounded, **ratios, "missed": missed}


def _run(command: list[str], engine: str) -> dict[str, Any]:
    threads = dict.fromkeys((*THREADS, "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"), "1")
    finished = subprocess.run(
        command,
        env={**os.environ, **threads, "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": engine},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
