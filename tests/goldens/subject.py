"""All that the goldens know of the program: where code moves, this file follows, and no other."""

from lstm_core.__main__ import main
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.events import EpochFinished, Event, FilmPrepared, NetworkStarted, SpecResolved
from lstm_core.jobs.questions.time_batch import BatchTiming
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.export.exporter import EXPORTER

write_notebook = EXPORTER.write_notebook
write_script = EXPORTER.write_script

ENGINELESS = "lstm_core.commands.search.forgo_engine"
"""What keeps a search's own process from loading an engine; a test's has one already."""

IS_FASTER = "lstm_core.races.verdict.is_faster"
"""What compares the contestants of a race by the clock, as it is called."""

LAUNCHER = "lstm_core.jobs.conducting.searcher.WorkerPool"
"""What a search starts its trials with, as it is called."""

ASK = "lstm_core.jobs.answering.asking.Asker.ask"
"""What has a batch timed before a search, as it is called."""

__all__ = [
    "ASK",
    "ENGINELESS",
    "IS_FASTER",
    "LAUNCHER",
    "BatchTiming",
    "Dataset",
    "EpochFinished",
    "Event",
    "ExperimentResult",
    "ExperimentSpec",
    "FilmPrepared",
    "NetworkStarted",
    "SourceTable",
    "SpecResolved",
    "build_dataset",
    "main",
    "parse_spec",
    "resolve_spec",
    "run_experiment",
    "write_notebook",
    "write_script",
]
