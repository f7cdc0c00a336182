"""One of several processes that open an empty home and submit the same click at once.

Says ``ready`` when everything is imported, waits for a line, and prints the run's id.
"""

from __future__ import annotations

from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec
from tests.runs.records import make_dataset


def main() -> None:
    print("ready", flush=True)
    input()
    with Store.open(load_settings()) as store:
        dataset_id = store.collections.add(make_dataset())
        print(store.runs.submit(ExperimentSpec(), dataset_id, submission_key="click").id)


if __name__ == "__main__":
    main()
