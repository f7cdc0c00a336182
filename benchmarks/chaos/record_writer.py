"""Writes a run of its own into the record until it is killed: ``... record_writer SEED``.

A line on stdout says what the record has acknowledged: ``epoch RUN NETWORK EPOCH`` or
``file RUN NAME``.
"""

from __future__ import annotations

import os
import random
import sys

from benchmarks.chaos.tables import make_dataset
from lstm_core.events import EpochFinished
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec


def main() -> None:
    chance = random.Random(int(sys.argv[1]))
    with Store.open(load_settings()) as store:
        run_id = store.runs.create_running(
            ExperimentSpec(), store.collections.add(make_dataset())
        ).id
        epoch = 0
        while True:
            events = [
                EpochFinished(epoch + step, 1 / (epoch + step), float(epoch + step), 0.1)
                for step in range(1, chance.randint(1, 4) + 1)
            ]
            store.runs.record_events(run_id, events)
            for event in events:
                print("epoch", run_id, event.epoch, flush=True)
            epoch += len(events)
            name = f"part-{chance.randint(1, 5)}"
            store.artifacts.put(run_id, name, os.urandom(chance.randint(1, 200_000)))
            print("file", run_id, name, flush=True)


if __name__ == "__main__":
    main()
