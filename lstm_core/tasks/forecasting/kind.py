"""Forecasting, as everybody but the training process knows it; see ``tasks.kind.TaskKind``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, cast

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.export.exporter import Exporter
from lstm_core.judging.measures import Measure, choose_measure, put_first
from lstm_core.judging.verdict import Verdict
from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.models.costs import NetworkCost
from lstm_core.models.editing import Design
from lstm_core.models.ends import NetworkEnds
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.search import SearchSpec, Size, Space
from lstm_core.tasks.forecasting.baselines.words import describe_baseline
from lstm_core.tasks.forecasting.cautions import list_cautions
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.calendar import list_calendars
from lstm_core.tasks.forecasting.framing.development import hold_out_test
from lstm_core.tasks.forecasting.framing.examples import (
    check_framing,
    forget_untold_future,
    shape_examples,
    use_known_future,
)
from lstm_core.tasks.forecasting.framing.part_sizes import count_training_windows, measure_parts
from lstm_core.tasks.forecasting.judging.measures import MEASURES
from lstm_core.tasks.forecasting.judging.standing import Scores
from lstm_core.tasks.forecasting.judging.verdict import read_verdict
from lstm_core.tasks.forecasting.network.cost import measure_cost
from lstm_core.tasks.forecasting.network.designing import list_ends, open_design
from lstm_core.tasks.forecasting.predicting.newer import keep_usable_series
from lstm_core.tasks.forecasting.pretrained.preview.reporting import report_preview
from lstm_core.tasks.forecasting.proposing import propose_for
from lstm_core.tasks.forecasting.reporting import OPTIONS, report, say_aim
from lstm_core.tasks.forecasting.trials import prepare_trials
from lstm_core.tasks.forecasting.tried import list_tried, settle
from lstm_core.tasks.kind import Command, Engine, Judged, PartSizes, ReadTable, RunReport
from lstm_core.tasks.nouns import Nouns


class Forecasting:
    """What comes next in series over time."""

    key = "forecasting"
    data_kind = "series"
    nouns = Nouns("window", "row", "forecast", "Forecasting", joined="median")
    command: Command = "forecast"
    options = OPTIONS
    measures = MEASURES
    searchable: tuple[str, ...] = (
        *("task.lookback", "task.transform", "task.scaling"),
        *("task.window_normalisation", "task.covariates", "task.calendar", "task.categories"),
    )
    loss_settings: tuple[str, ...] = (
        *("task.transform", "task.scaling", "task.window_normalisation", "task.ranges"),
    )
    of_networks: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    def resolve(
        self, spec: ExperimentSpec, collection: Dataset
    ) -> tuple[ExperimentSpec, dict[str, str]]:
        return resolve_spec(spec, collection)

    def list_left_out(self, spec: ExperimentSpec, collection: Dataset) -> list[str]:
        return check_framing(collection, spec)

    def list_cautions(self, spec: ExperimentSpec, collection: Dataset) -> list[str]:
        return list_cautions(spec, collection)

    def count_examples(self, spec: ExperimentSpec, collection: Dataset) -> int:
        return count_training_windows(collection, spec)

    def measure_parts(self, spec: ExperimentSpec, collection: Dataset) -> PartSizes:
        return measure_parts(collection, spec)

    def shape_examples(self, spec: ExperimentSpec, collection: Dataset) -> WindowShape:
        return shape_examples(use_known_future(collection, spec), spec)

    def read_shape(self, content: Mapping[str, Any]) -> WindowShape:
        return WindowShape(**content)

    def measure_cost(self, spec: ExperimentSpec, shape: WindowShape) -> NetworkCost:
        return measure_cost(spec, shape)

    def open_design(self, spec: ExperimentSpec, shape: WindowShape) -> Design:
        return open_design(spec, shape)

    def list_ends(self, spec: ExperimentSpec, shape: WindowShape, cost: NetworkCost) -> NetworkEnds:
        return list_ends(spec, shape, cost)

    def count_folds(self, spec: ExperimentSpec) -> int:
        return spec.task.num_folds or 1

    def stand_alone(self, spec: ExperimentSpec) -> ExperimentSpec:
        return spec.update("task", {"shrink": False})

    def count_fits(self, spec: ExperimentSpec) -> int:
        return (spec.task.num_folds or 1) if spec.task.refit else 1

    def stand_together(self, spec: ExperimentSpec) -> ExperimentSpec:
        return spec.update("task", {"shrink": None})

    def fix_test_part(self, spec: ExperimentSpec) -> ExperimentSpec:
        return spec

    def hold_out_test(self, spec: ExperimentSpec, collection: Dataset) -> Dataset:
        return hold_out_test(collection, spec)

    def prepare_trials(
        self,
        draft: ExperimentSpec,
        resolved: ExperimentSpec,
        development: Dataset,
        settings: SearchSpec,
    ) -> ExperimentSpec:
        return prepare_trials(draft, resolved, development, settings)

    def list_tried(self, spec: ExperimentSpec) -> tuple[str, ...]:
        return list_tried(spec)

    def settle(self, spec: ExperimentSpec, chosen: ExperimentSpec) -> ExperimentSpec:
        return settle(spec, chosen)

    def propose_space(self, resolved: ExperimentSpec, development: Dataset, size: Size) -> Space:
        return propose_for(resolved, development, size)

    def list_values(self, path: str, collection: Dataset) -> tuple[Any, ...]:
        return list_calendars(collection) if path == "task.calendar" else ()

    def choose_measure(self, spec: ExperimentSpec, collection: Dataset) -> Measure:
        return self.measures[0]

    def order_measures(self, runs: Sequence[Judged]) -> tuple[Measure, ...]:
        first = choose_measure(self.measures, [run.metrics or {} for run in runs])
        return put_first(first, self.measures)

    def say_aim(self, spec: ExperimentSpec, collection: Dataset) -> str:
        return say_aim(spec, collection)

    def preview(self, collection: Dataset, horizon: int | None) -> RunReport:
        return report_preview(collection, horizon)

    def report(self, run: Judged, read_table: ReadTable) -> RunReport:
        return report(run, read_table)

    def name_baseline(self, name: str, spec: ExperimentSpec) -> str:
        alias = spec.data.frequency
        frequency = Frequency(alias) if alias else Frequency(step=1)
        return describe_baseline(name, frequency, spec.task.season or 1)

    def read_verdict(
        self,
        verdict: Mapping[str, Any],
        metrics: Scores | None,
        baselines: Mapping[str, Scores] | None,
    ) -> Verdict:
        return read_verdict(verdict, metrics, baselines)

    def suit_model(
        self, model: Mapping[str, Any], spec: ExperimentSpec, collection: Dataset
    ) -> tuple[Dataset, list[str]]:
        known = model["task"]["series"]
        kept, left_out = keep_usable_series(collection, known, spec)
        return forget_untold_future(kept, spec, model["shape"]["num_future"]), left_out

    def load_engine(self) -> Engine:
        return cast(Engine, import_module("lstm_core.tasks.forecasting.engine"))

    def load_exporter(self) -> Exporter:
        module = import_module("lstm_core.tasks.forecasting.export.exporter")
        return cast(Exporter, module.EXPORTER)


KIND = Forecasting()
