"""Tagging, as everybody but the training process knows it; see ``tasks.kind.TaskKind``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, cast

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.export.exporter import Exporter
from lstm_core.judging.measures import Measure
from lstm_core.learning.feeds.tags import TagShape
from lstm_core.models.costs import NetworkCost
from lstm_core.models.editing import Design
from lstm_core.models.ends import NetworkEnds
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.options import Option
from lstm_core.spec.search import SearchSpec, Size, Space
from lstm_core.tasks.kind import Command, Engine, Judged, PartSizes, ReadTable, RunReport
from lstm_core.tasks.nouns import Nouns
from lstm_core.tasks.tagging.baselines.words import BASELINES
from lstm_core.tasks.tagging.cautions import list_cautions
from lstm_core.tasks.tagging.defaults import resolve_spec
from lstm_core.tasks.tagging.framing import frame_sequences
from lstm_core.tasks.tagging.judging.measures import MEASURES, choose_first
from lstm_core.tasks.tagging.judging.verdict import TagVerdict
from lstm_core.tasks.tagging.laying_out import shape_sequences
from lstm_core.tasks.tagging.network.cost import measure_cost
from lstm_core.tasks.tagging.network.designing import list_ends, open_design
from lstm_core.tasks.tagging.proposing import propose_space
from lstm_core.tasks.tagging.reporting import order_measures, report, say_aim
from lstm_core.tasks.tagging.suiting import suit_sequences
from lstm_core.tasks.tagging.trials import hold_out_test, prepare_trials


class Tagging:
    """Which tag each step of a sequence has."""

    key = "tagging"
    data_kind = "tagged"
    nouns = Nouns("sequence", "sequence", "tag", "Tagging what has none", joined="mean")
    command: Command = "predict"
    options: tuple[Option, ...] = ()
    measures = MEASURES
    searchable: tuple[str, ...] = (
        *("task.vocabulary", "task.rarest", "task.embedding", "task.spelling", "task.letters"),
        *("task.scaling", "task.most_steps", "task.hide", "task.input_dropout", "task.jitter"),
        *("task.chain", "task.head_dropout"),
    )
    # Said together, tags have another likelihood than each by itself.
    loss_settings: tuple[str, ...] = ("task.chain",)
    of_networks: tuple[str, ...] = ("task.embedding", "task.spelling", "task.letters")
    unused: tuple[str, ...] = (
        *("training.loss", "training.pinball_level", "training.stateful"),
        *("model.mixing", "model.decoder", "model.fine_tune", "model.pretrained_version"),
    )

    def resolve(
        self, spec: ExperimentSpec, collection: TaggedCollection
    ) -> tuple[ExperimentSpec, dict[str, str]]:
        return resolve_spec(spec, collection)

    def list_left_out(self, spec: ExperimentSpec, collection: TaggedCollection) -> list[str]:
        return []

    def list_cautions(self, spec: ExperimentSpec, collection: TaggedCollection) -> list[str]:
        return list_cautions(spec, collection)

    def count_examples(self, spec: ExperimentSpec, collection: TaggedCollection) -> int:
        return len(frame_sequences(spec.task, collection).splits[0].train)

    def measure_parts(self, spec: ExperimentSpec, collection: TaggedCollection) -> PartSizes:
        sizes = frame_sequences(spec.task, collection).splits[0].sizes
        return PartSizes(1, *sizes, is_stretched=False)

    def shape_examples(self, spec: ExperimentSpec, collection: TaggedCollection) -> TagShape:
        return shape_sequences(spec, collection)

    def read_shape(self, content: Mapping[str, Any]) -> TagShape:
        return TagShape(**content)

    def measure_cost(self, spec: ExperimentSpec, shape: TagShape) -> NetworkCost:
        return measure_cost(spec, shape)

    def open_design(self, spec: ExperimentSpec, shape: TagShape) -> Design:
        return open_design(spec, shape)

    def list_ends(self, spec: ExperimentSpec, shape: TagShape, cost: NetworkCost) -> NetworkEnds:
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
        return spec.update("task", {"num_folds": 1})  # in folds, every sequence is judged

    def hold_out_test(self, spec: ExperimentSpec, collection: TaggedCollection) -> TaggedCollection:
        return hold_out_test(spec, collection)

    def prepare_trials(
        self,
        draft: ExperimentSpec,
        resolved: ExperimentSpec,
        development: TaggedCollection,
        settings: SearchSpec,
    ) -> ExperimentSpec:
        return prepare_trials(draft, resolved, development, settings)

    def list_tried(self, spec: ExperimentSpec) -> tuple[str, ...]:
        return ()

    def settle(self, spec: ExperimentSpec, chosen: ExperimentSpec) -> ExperimentSpec:
        return spec

    def propose_space(
        self, resolved: ExperimentSpec, development: TaggedCollection, size: Size
    ) -> Space:
        return propose_space(resolved, shape_sequences(resolved, development), size)

    def list_values(self, path: str, collection: TaggedCollection) -> tuple[Any, ...]:
        return ()

    def choose_measure(self, spec: ExperimentSpec, collection: TaggedCollection) -> Measure:
        return choose_first(collection.scheme)

    def order_measures(self, runs: Sequence[Judged]) -> tuple[Measure, ...]:
        return order_measures(runs)

    def say_aim(self, spec: ExperimentSpec, collection: TaggedCollection) -> str:
        return say_aim(collection)

    def preview(self, collection: TaggedCollection, horizon: int | None) -> None:
        return None  # a tag has to be learnt

    def report(self, run: Judged, read_table: ReadTable) -> RunReport:
        return report(run, read_table)

    def name_baseline(self, name: str, spec: ExperimentSpec) -> str:
        return BASELINES[name]

    def read_verdict(
        self,
        verdict: Mapping[str, Any],
        metrics: Mapping[str, float | None] | None,
        baselines: Mapping[str, Mapping[str, float | None]] | None,
    ) -> TagVerdict:
        return TagVerdict.from_json(verdict)

    def suit_model(
        self, model: Mapping[str, Any], spec: ExperimentSpec, collection: TaggedCollection
    ) -> tuple[TaggedCollection, list[str]]:
        return suit_sequences(model["task"], collection), []

    def load_engine(self) -> Engine:
        return cast(Engine, import_module("lstm_core.tasks.tagging.engine"))

    def load_exporter(self) -> Exporter:
        module = import_module("lstm_core.tasks.tagging.export.exporter")
        return cast(Exporter, module.EXPORTER)


KIND = Tagging()
