"""Classification, as everybody but the training process knows it; see ``tasks.kind.TaskKind``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, cast

from lstm_core.data.items.collection import ItemCollection
from lstm_core.export.exporter import Exporter
from lstm_core.judging.measures import Measure
from lstm_core.learning.feeds.items import ItemShape
from lstm_core.models.costs import NetworkCost
from lstm_core.models.editing import Design
from lstm_core.models.ends import NetworkEnds
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.options import Option
from lstm_core.spec.search import SearchSpec, Size, Space
from lstm_core.tasks.classification.baselines.words import BASELINES
from lstm_core.tasks.classification.cautions import list_cautions
from lstm_core.tasks.classification.defaults import resolve_spec
from lstm_core.tasks.classification.framing import frame_items
from lstm_core.tasks.classification.judging.measures import MEASURES, choose_first
from lstm_core.tasks.classification.judging.verdict import LabelVerdict
from lstm_core.tasks.classification.laying_out import shape_items
from lstm_core.tasks.classification.network.cost import measure_cost
from lstm_core.tasks.classification.network.designing import list_ends, open_design
from lstm_core.tasks.classification.proposing import propose_space
from lstm_core.tasks.classification.reporting import order_measures, report, say_aim
from lstm_core.tasks.classification.suiting import suit_items
from lstm_core.tasks.classification.trials import hold_out_test, prepare_trials
from lstm_core.tasks.kind import Command, Engine, Judged, PartSizes, ReadTable, RunReport
from lstm_core.tasks.nouns import Nouns


class Classification:
    """Which label a sequence has."""

    key = "classification"
    data_kind = "items"
    nouns = Nouns("item", "item", "label", "Labelling what has none", joined="mean")
    command: Command = "predict"
    options: tuple[Option, ...] = ()
    measures = MEASURES
    searchable: tuple[str, ...] = (
        *("task.tokens", "task.kmer", "task.vocabulary", "task.rarest", "task.most_steps"),
        *("task.scaling", "task.embedding", "task.places", "task.convolutions", "task.kernel"),
        *("task.filters", "task.shorten", "task.pooling", "task.head_dropout", "task.hide"),
        *("task.spatial_dropout", "task.jitter", "task.stretch", "task.crop"),
        *("task.class_weights", "task.label_smoothing", "task.focus"),
    )
    # The validation part is judged by plain log loss, whatever training makes small.
    loss_settings: tuple[str, ...] = ()
    of_networks: tuple[str, ...] = ("task.pooling", "task.embedding")
    unused: tuple[str, ...] = (
        *("training.loss", "training.pinball_level", "training.stateful"),
        *("model.mixing", "model.decoder", "model.fine_tune", "model.pretrained_version"),
    )

    def resolve(
        self, spec: ExperimentSpec, collection: ItemCollection
    ) -> tuple[ExperimentSpec, dict[str, str]]:
        return resolve_spec(spec, collection)

    def list_left_out(self, spec: ExperimentSpec, collection: ItemCollection) -> list[str]:
        return []

    def list_cautions(self, spec: ExperimentSpec, collection: ItemCollection) -> list[str]:
        return list_cautions(spec, collection)

    def count_examples(self, spec: ExperimentSpec, collection: ItemCollection) -> int:
        return len(frame_items(spec.task, collection).splits[0].train)

    def measure_parts(self, spec: ExperimentSpec, collection: ItemCollection) -> PartSizes:
        sizes = frame_items(spec.task, collection).splits[0].sizes
        return PartSizes(1, *sizes, is_stretched=False)

    def shape_examples(self, spec: ExperimentSpec, collection: ItemCollection) -> ItemShape:
        return shape_items(spec, collection)

    def read_shape(self, content: Mapping[str, Any]) -> ItemShape:
        return ItemShape(**content)

    def measure_cost(self, spec: ExperimentSpec, shape: ItemShape) -> NetworkCost:
        return measure_cost(spec, shape)

    def open_design(self, spec: ExperimentSpec, shape: ItemShape) -> Design:
        return open_design(spec, shape)

    def list_ends(self, spec: ExperimentSpec, shape: ItemShape, cost: NetworkCost) -> NetworkEnds:
        return list_ends(spec, shape, cost)

    def count_folds(self, spec: ExperimentSpec) -> int:
        return spec.task.num_folds or 1

    def stand_alone(self, spec: ExperimentSpec) -> ExperimentSpec:
        return spec

    def count_fits(self, spec: ExperimentSpec) -> int:
        return spec.task.num_folds or 1

    def stand_together(self, spec: ExperimentSpec) -> ExperimentSpec:
        return spec

    def fix_test_part(self, spec: ExperimentSpec) -> ExperimentSpec:
        return spec.update("task", {"num_folds": 1})  # in folds, every item is judged

    def hold_out_test(self, spec: ExperimentSpec, collection: ItemCollection) -> ItemCollection:
        return hold_out_test(spec, collection)

    def prepare_trials(
        self,
        draft: ExperimentSpec,
        resolved: ExperimentSpec,
        development: ItemCollection,
        settings: SearchSpec,
    ) -> ExperimentSpec:
        return prepare_trials(draft, resolved, development, settings)

    def list_tried(self, spec: ExperimentSpec) -> tuple[str, ...]:
        return ()

    def settle(self, spec: ExperimentSpec, chosen: ExperimentSpec) -> ExperimentSpec:
        return spec

    def propose_space(
        self, resolved: ExperimentSpec, development: ItemCollection, size: Size
    ) -> Space:
        return propose_space(resolved, shape_items(resolved, development), size)

    def list_values(self, path: str, collection: ItemCollection) -> tuple[Any, ...]:
        return ()

    def choose_measure(self, spec: ExperimentSpec, collection: ItemCollection) -> Measure:
        return choose_first(frame_items(spec.task, collection).counts.tolist())

    def order_measures(self, runs: Sequence[Judged]) -> tuple[Measure, ...]:
        return order_measures(runs)

    def say_aim(self, spec: ExperimentSpec, collection: ItemCollection) -> str:
        return say_aim(collection)

    def preview(self, collection: ItemCollection, horizon: int | None) -> None:
        return None  # a label has to be learnt

    def report(self, run: Judged, read_table: ReadTable) -> RunReport:
        return report(run, read_table)

    def name_baseline(self, name: str, spec: ExperimentSpec) -> str:
        return BASELINES[name]

    def read_verdict(
        self,
        verdict: Mapping[str, Any],
        metrics: Mapping[str, float | None] | None,
        baselines: Mapping[str, Mapping[str, float | None]] | None,
    ) -> LabelVerdict:
        return LabelVerdict.from_json(verdict)

    def suit_model(
        self, model: Mapping[str, Any], spec: ExperimentSpec, collection: ItemCollection
    ) -> tuple[ItemCollection, list[str]]:
        return suit_items(model["task"], collection), []

    def load_engine(self) -> Engine:
        return cast(Engine, import_module("lstm_core.tasks.classification.engine"))

    def load_exporter(self) -> Exporter:
        module = import_module("lstm_core.tasks.classification.export.exporter")
        return cast(Exporter, module.EXPORTER)


KIND = Classification()
