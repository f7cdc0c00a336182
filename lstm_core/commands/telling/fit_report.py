"""What came of a run, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lstm_core.commands.telling.output import make_printable
from lstm_core.judging.peer import Peer
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.tables import table_from_parquet
from lstm_core.tasks.kind import ReadTable
from lstm_core.tasks.registry import find_kind
from lstm_core.tasks.verdicts import read_verdict

_LEAST_NAME, _LEAST_CELL = 18, 12


def make_report(store: Store, record: Run) -> dict[str, Any]:
    """Return all that is told of a run, JSON."""
    report = {
        "run_id": record.id,
        "status": str(record.status),
        "stopped_early": record.is_stopped_early,
        "seconds": round(record.seconds, 3),
        "epochs": record.num_epochs_done,
        "device": record.device,
        "engine_reason": record.engine_reason,
        "metrics": record.metrics,
        "baselines": record.baselines,
        "verdict": record.verdict,
        "diagnoses": record.diagnoses,
        **find_kind(record.spec).report(record, make_reader(store, record)).content,
    }
    version = (record.resolved_spec or record.spec).model.pretrained_version
    if version:
        report["pretrained_version"] = version
    if record.message:
        report["message"] = record.message
    return json.loads(json.dumps(report))


def print_report(store: Store, record: Run) -> None:
    """Print what came of a completed run, for people."""
    verdict = read_verdict(record)
    assert verdict is not None
    for said in (verdict.sentence, verdict.advice, *verdict.notes):
        if said:
            print(make_printable(said))
    print()
    _print_scores(record, verdict.peers)
    for reason in (*verdict.peer_notes, *verdict.left_out.values()):
        print(make_printable(reason))
    if record.trains_nothing:
        version = (record.resolved_spec or record.spec).model.pretrained_version
        print(f"Nothing was trained: the pre-trained LSTM, version {version}, is used as it came.")
    elif record.trained_on:
        print(make_printable(f"Trained on {record.trained_on}."))
    report = find_kind(record.spec).report(record, make_reader(store, record))
    for note in report.notes:
        print(make_printable(note))
    print()
    print(make_printable(report.closing))


def make_reader(store: Store, record: Run) -> ReadTable:
    """Return what reads the tables that were kept of a run."""
    kept = {each.name for each in store.artifacts.list_of(record.id)}

    def read(name: str) -> pd.DataFrame | None:
        file = f"{name}.parquet"
        return table_from_parquet(store.artifacts.get(record.id, file)) if file in kept else None

    return read


def _print_scores(record: Run, peers: Sequence[Peer]) -> None:
    """Print the measures of model, peers and baselines, the one that decides first."""
    assert record.metrics is not None
    assert record.baselines is not None
    kind = find_kind(record.spec)
    spec = record.resolved_spec or record.spec
    measures = kind.order_measures([record])
    named: list[tuple[str, Mapping[str, Any]]] = [("the model", record.metrics)]
    named += [(peer.title, peer.scores) for peer in peers]
    named += [(kind.name_baseline(name, spec), own) for name, own in record.baselines.items()]
    titles = ["on the test part", *(measure.title for measure in measures)]
    first = max(_LEAST_NAME, *(len(name) + 2 for name, _ in named))
    widths = [max(_LEAST_CELL, len(title) + 2) for title in titles[1:]]
    lines = [titles]
    lines += [[name, *(each.format(own.get(each.key)) for each in measures)] for name, own in named]
    for name, *cells in lines:
        said = "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        print(make_printable(f"{name:<{first}}{said}"))
