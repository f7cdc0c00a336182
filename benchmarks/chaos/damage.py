"""Files and rows of the record are damaged: it is told, never silently wrong, and no list breaks.

Bytes are flipped, ends cut off, files emptied or removed, and rows filled with what no version of
the app wrote. Each damage is made good before the next, so that each is seen by itself.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.chaos.suite import Effort, Outcome
from benchmarks.chaos.tables import make_dataset
from benchmarks.harness import temporary_home
from lstm_core.errors import StudioError
from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec

NUM_DAMAGES = 200
NAMES = ("model.json", "weights.npz", "predictions.parquet")
UNREADABLE = ("not json", "{}x", '{"a": 1}', "[]", '{"version": 999}', "\x00\x01", "null")


def run(effort: Effort) -> Outcome:
    """Do ``count`` damages to files, and all that are known to rows."""
    chance = random.Random(effort.seed)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with temporary_home() as settings, Store.open(settings) as store:
        dataset_id = store.collections.add(make_dataset())
        run_id = _complete(store, dataset_id, chance)
        other_id = _complete(store, dataset_id, chance)
        readers: list[tuple[Path, Callable[[], object]]] = [
            (path, _make_reader(store, run_id, name)) for name, path in _list_files(store, run_id)
        ]
        (entry,) = store.collections.list_newest()
        fingerprint = store.collections.get(entry.id).fingerprint
        dataset_path = next(
            path
            for path in settings.artifacts_folder.glob("*/*")
            if path not in dict(readers) and path not in dict(_list_files(store, other_id)).values()
        )
        readers.append((dataset_path, lambda: _read_dataset(store, entry.id, fingerprint)))
        for _ in range(effort.count or NUM_DAMAGES):
            path, read = chance.choice(readers)
            _damage_file(path, read, store, chance, counts, faults)
        for content in UNREADABLE:
            _damage_row(store, run_id, other_id, content, counts, faults)
    figures = {"damages": counts.total(), **counts}
    return Outcome(figures, faults=tuple(faults))


def _damage_file(
    path: Path,
    read: Callable[[], object],
    store: Store,
    chance: random.Random,
    counts: Counter[str],
    faults: list[str],
) -> None:
    """Do some damage to a file, see that reading it tells, and make it good."""
    good = path.read_bytes()
    kind = chance.choice(("flipped", "cut", "emptied", "removed", "grown"))
    counts[kind] += 1
    if kind == "removed":
        path.unlink()
    else:
        path.write_bytes(_spoil(good, kind, chance))
    try:
        read()
        faults.append(f"a {kind} file was read as if it were whole")
    except StudioError as error:
        if not error.remedy:
            faults.append(f"a {kind} file is told without what to do: {error}")
    except Exception as error:  # what it was is the finding
        faults.append(f"a {kind} file met {type(error).__name__}: {error}")
    _look_at_lists(store, 2, f"a {kind} file", faults)
    path.write_bytes(good)


def _spoil(content: bytes, kind: str, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    if kind == "flipped":
        return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
    return {"cut": content[:at], "emptied": b"", "grown": content + b"\0"}[kind]


def _damage_row(
    store: Store, run_id: str, other_id: str, content: str, counts: Counter[str], faults: list[str]
) -> None:
    """Put something into a run's row that can't be read, and look at everything around it."""
    counts["rows"] += 1
    with closing(sqlite3.connect(store.settings.home / "record.sqlite")) as connection:
        query = "SELECT spec FROM runs WHERE id = ?"
        ((good,),) = connection.execute(query, (run_id,)).fetchall()
        change = "UPDATE runs SET spec = ? WHERE id = ?"
        connection.execute(change, (content, run_id))
        connection.commit()
        what = f"a row that holds {content!r}"
        _look_at_lists(store, 1, what, faults)
        try:
            store.runs.get(other_id)
            store.runs.get(run_id)
            faults.append(f"{what} was read as if it were whole")
        except StudioError:
            pass
        except Exception as error:  # what it was is the finding
            faults.append(f"{what} met {type(error).__name__}: {error}")
        connection.execute(change, (good, run_id))
        connection.commit()


def _look_at_lists(store: Store, num_runs: int, what: str, faults: list[str]) -> None:
    try:
        found = len(store.runs.list_newest())
        store.watch.list_active()
        store.collections.list_newest()
        store.groups.list_newest(GroupKind.RACE)
        store.searches.list_newest()
        if found < num_runs:
            faults.append(f"{what} took {num_runs - found} others off the list")
    except Exception as error:  # what it was is the finding
        faults.append(f"{what} broke a list: {type(error).__name__}: {error}")


def _complete(store: Store, dataset_id: str, chance: random.Random) -> str:
    run = store.runs.create_running(ExperimentSpec(), dataset_id)
    for name in NAMES:
        store.artifacts.put(run.id, name, chance.randbytes(chance.randint(100, 5_000)))
    return store.runs.finish(run.id, RunStatus.COMPLETED).id


def _list_files(store: Store, run_id: str) -> list[tuple[str, Path]]:
    return [
        (entry.name, store.files.folder.path(entry.sha256))
        for entry in store.artifacts.list_of(run_id)
    ]


def _make_reader(store: Store, run_id: str, name: str) -> Callable[[], object]:
    return lambda: store.artifacts.get(run_id, name)


def _read_dataset(store: Store, dataset_id: str, fingerprint: str) -> None:
    assert store.collections.get(dataset_id).fingerprint == fingerprint
