"""Writing on, as everybody but the training process knows it; see ``tasks.kind.TaskKind``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, cast

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.export.exporter import Exporter
from lstm_core.judging.measures import Measure
from lstm_core.learning.feeds.texts import TextShape
from lstm_core.models.costs import NetworkCost
from lstm_core.models.editing import Design
from lstm_core.models.ends import NetworkEnds
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.options import Option
from lstm_core.spec.search import SearchSpec, Size, Space
from lstm_core.tasks.kind import Command, Engine, Judged, PartSizes, ReadTable, RunReport
from lstm_core.tasks.language.baselines.words import BASELINES
from lstm_core.tasks.language.cautions import list_cautions
from lstm_core.tasks.language.defaults import resolve_spec
from lstm_core.tasks.language.encoding import fit_encoding
from lstm_core.tasks.language.framing import frame_texts
from lstm_core.tasks.language.judging.measures import MEASURES, choose_first
from lstm_core.tasks.language.judging.verdict import TextVerdict
from lstm_core.tasks.language.laying_out import lay_out, shape_text
from lstm_core.tasks.language.network.cost import measure_cost
from lstm_core.tasks.language.network.designing import list_ends, open_design
from lstm_core.tasks.language.proposing import propose_space
from lstm_core.tasks.language.reporting import order_measures, report
from lstm_core.tasks.language.trials import hold_out_test, prepare_trials
from lstm_core.tasks.nouns import Nouns

_AIMS = {"characters": "character", "words": "word", "pieces": "piece of a word"}


class Language:
    """Which unit of running text comes next."""

    key = "language"
    data_kind = "documents"
    nouns = Nouns("stretch", "character", "text", "Writing", joined="mean")
    command: Command = "predict"
    options: tuple[Option, ...] = (
        Option("units", "task.units", "what text is cut into: characters, words or pieces"),
    )
    measures = MEASURES
    searchable: tuple[str, ...] = (
        *("task.steps", "task.embedding", "task.tied", "task.input_dropout", "task.head_dropout"),
        *("task.units", "task.vocabulary", "task.rarest"),
    )
    # A character is easier to foresee than a word.
    loss_settings: tuple[str, ...] = ("task.units", "task.vocabulary", "task.rarest")
    of_networks: tuple[str, ...] = ("task.embedding", "task.tied")
    unused: tuple[str, ...] = (
        *("training.loss", "training.pinball_level", "training.stateful"),
        *("model.mixing", "model.decoder", "model.fine_tune", "model.pretrained_version"),
    )

    def resolve(
        self, spec: ExperimentSpec, collection: DocumentCollection
    ) -> tuple[ExperimentSpec, dict[str, str]]:
        return resolve_spec(spec, collection)

    def list_left_out(self, spec: ExperimentSpec, collection: DocumentCollection) -> list[str]:
        return []

    def list_cautions(self, spec: ExperimentSpec, collection: DocumentCollection) -> list[str]:
        return list_cautions(spec, collection)

    def count_examples(self, spec: ExperimentSpec, collection: DocumentCollection) -> int:
        framing = frame_texts(spec.task, collection)
        encoding = fit_encoding(spec.task, framing)
        shape = shape_text(spec, collection)
        return len(lay_out(spec.task, framing, encoding, shape).parts["train"])

    def measure_parts(self, spec: ExperimentSpec, collection: DocumentCollection) -> PartSizes:
        return PartSizes(1, *frame_texts(spec.task, collection).sizes, is_stretched=False)

    def shape_examples(self, spec: ExperimentSpec, collection: DocumentCollection) -> TextShape:
        return shape_text(spec, collection)

    def read_shape(self, content: Mapping[str, Any]) -> TextShape:
        return TextShape(**content)

    def measure_cost(self, spec: ExperimentSpec, shape: TextShape) -> NetworkCost:
        return measure_cost(spec, shape)

    def open_design(self, spec: ExperimentSpec, shape: TextShape) -> Design:
        return open_design(spec, shape)

    def list_ends(self, spec: ExperimentSpec, shape: TextShape, cost: NetworkCost) -> NetworkEnds:
        return list_ends(spec, shape, cost)

    def count_folds(self, spec: ExperimentSpec) -> int:
        return 1

    def stand_alone(self, spec: ExperimentSpec) -> ExperimentSpec:
        return spec

    def count_fits(self, spec: ExperimentSpec) -> int:
        return 1

    def stand_together(self, spec: ExperimentSpec) -> ExperimentSpec:
        return spec

    def fix_test_part(self, spec: ExperimentSpec) -> ExperimentSpec:
        return spec

    def hold_out_test(
        self, spec: ExperimentSpec, collection: DocumentCollection
    ) -> DocumentCollection:
        return hold_out_test(spec, collection)

    def prepare_trials(
        self,
        draft: ExperimentSpec,
        resolved: ExperimentSpec,
        development: DocumentCollection,
        settings: SearchSpec,
    ) -> ExperimentSpec:
        return prepare_trials(draft, resolved)

    def list_tried(self, spec: ExperimentSpec) -> tuple[str, ...]:
        return ()

    def settle(self, spec: ExperimentSpec, chosen: ExperimentSpec) -> ExperimentSpec:
        return spec

    def propose_space(
        self, resolved: ExperimentSpec, development: DocumentCollection, size: Size
    ) -> Space:
        return propose_space(resolved, shape_text(resolved, development), size)

    def list_values(self, path: str, collection: DocumentCollection) -> tuple[Any, ...]:
        return ()

    def choose_measure(self, spec: ExperimentSpec, collection: DocumentCollection) -> Measure:
        return choose_first(spec.task.units)

    def order_measures(self, runs: Sequence[Judged]) -> tuple[Measure, ...]:
        return order_measures(runs)

    def say_aim(self, spec: ExperimentSpec, collection: DocumentCollection) -> str:
        return f"to be foreseen: each next {_AIMS[spec.task.units]}"

    def preview(self, collection: DocumentCollection, horizon: int | None) -> None:
        return None  # to write has to be learnt

    def report(self, run: Judged, read_table: ReadTable) -> RunReport:
        return report(run, read_table)

    def name_baseline(self, name: str, spec: ExperimentSpec) -> str:
        return BASELINES[name]

    def read_verdict(
        self,
        verdict: Mapping[str, Any],
        metrics: Mapping[str, float | None] | None,
        baselines: Mapping[str, Mapping[str, float | None]] | None,
    ) -> TextVerdict:
        return TextVerdict.from_json(verdict)

    def suit_model(
        self, model: Mapping[str, Any], spec: ExperimentSpec, collection: DocumentCollection
    ) -> tuple[DocumentCollection, list[str]]:
        return collection, []  # what the model does not know of it, it calls unknown

    def load_engine(self) -> Engine:
        return cast(Engine, import_module("lstm_core.tasks.language.engine"))

    def load_exporter(self) -> Exporter:
        module = import_module("lstm_core.tasks.language.export.exporter")
        return cast(Exporter, module.EXPORTER)


KIND = Language()
