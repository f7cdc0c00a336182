"""Train the pre-trained network on made-up series, and make the file that ships.

``train FOLDER`` trains one network, or goes on where a checkpoint lies in the folder; ``pack FILE
FOLDER …`` makes one file of several such trainings and says its SHA-256. JAX is the quickest
engine for it on a CPU: ``KERAS_BACKEND=jax``.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

from lstm_core.tasks.forecasting.pretrained.training.finishing import pack_trainings
from lstm_core.tasks.forecasting.pretrained.training.loop import Plan, train


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what is asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m lstm_core.tasks.forecasting.pretrained.training",
        description=(__doc__ or "").splitlines()[0],
    )
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("train", help="train, or go on training")
    one.set_defaults(run=_train)
    one.add_argument("folder", type=Path, help="where checkpoints lie")
    one.add_argument("--batches", type=int, default=Plan.batches)
    one.add_argument("--seed", type=int, default=Plan.seed)
    together = commands.add_parser("pack", help="make one file of finished trainings")
    together.set_defaults(run=_pack)
    together.add_argument("file", type=Path)
    together.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    options.run(options)


def _train(options: argparse.Namespace) -> None:
    train(options.folder, Plan(options.batches, options.seed))


def _pack(options: argparse.Namespace) -> None:
    content = pack_trainings(options.folders)
    options.file.write_bytes(content)
    print(f"{len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
