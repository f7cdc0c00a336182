"""The toy as code."""

from __future__ import annotations

from lstm_core.data.series.dataset import Dataset
from lstm_core.export.code import Section, write_list
from lstm_core.export.exporter import Exporter
from lstm_core.export.program import Program, introduce
from lstm_core.spec import ExperimentSpec
from lstm_core.tables import table_to_csv


def write_program(spec: ExperimentSpec, collection: Dataset) -> Program:
    steps = write_list("steps", map(repr, range(spec.task.steps)))
    return Program(introduce("Counts.", []), [Section("Counting", "Up.", steps)])


def write_data(spec: ExperimentSpec, collection: Dataset) -> bytes:
    return table_to_csv(collection.frame).encode()


EXPORTER = Exporter("toy", "toy.csv", write_program, write_data)
