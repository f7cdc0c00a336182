"""Translation, as everybody but the training process knows it; see ``tasks.kind.TaskKind``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, cast

import numpy as np

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.export.exporter import Exporter
from lstm_core.judging.measures import Measure
from lstm_core.learning.feeds.pairs import PairShape
from lstm_core.models.costs import NetworkCost
from lstm_core.models.editing import Design
from lstm_core.models.ends import NetworkEnds
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.options import Option
from lstm_core.spec.search import SearchSpec, Size, Space
from lstm_core.tasks.kind import Command, Engine, Judged, PartSizes, ReadTable, RunReport
from lstm_core.tasks.nouns import Nouns
from lstm_core.tasks.translation.baselines.words import BASELINES
from lstm_core.tasks.translation.cautions import list_cautions
from lstm_core.tasks.translation.defaults import resolve_spec
from lstm_core.tasks.translation.framing import frame_pairs
from lstm_core.tasks.translation.judging.measures import MEASURES, choose_first
from lstm_core.tasks.translation.judging.verdict import PairVerdict
from lstm_core.tasks.translation.laying_out import shape_pairs
from lstm_core.tasks.translation.network.cost import measure_cost
from lstm_core.tasks.translation.network.designing import list_ends, open_design
from lstm_core.tasks.translation.proposing import propose_space
from lstm_core.tasks.translation.reporting import order_measures, report, say_aim
from lstm_core.tasks.translation.trials import hold_out_test, prepare_trials


class Translation:
    """What another text is to become."""

    key = "translation"
    data_kind = "pairs"
    nouns = Nouns("pair", "pair", "translation", "Translating what has no partner", joined="mean")
    command: Command = "predict"
    options: tuple[Option, ...] = ()
    measures = MEASURES
    searchable: tuple[str, ...] = (
        *("task.embedding", "task.attention", "task.decoder_layers", "task.decoder_units"),
        *("task.tied", "task.input_dropout", "task.head_dropout", "task.smoothing"),
        *("task.own_words", "task.beam", "task.length_penalty", "task.most_steps"),
        *("task.source_units", "task.target_units"),
        *("task.source_vocabulary", "task.target_vocabulary", "task.rarest"),
    )
    # A character is easier to foresee than a word.
    loss_settings: tuple[str, ...] = (
        # Longer pairs are not gone through, and are harder.
        *("task.target_units", "task.target_vocabulary", "task.rarest", "task.most_steps"),
    )
    of_networks: tuple[str, ...] = (
        *("task.embedding", "task.attention", "task.decoder_layers", "task.decoder_units"),
        "task.tied",
    )
    unused: tuple[str, ...] = (
        *("training.loss", "training.pinball_level", "training.stateful"),
        *("model.mixing", "model.decoder", "model.fine_tune", "model.pretrained_version"),
    )

    def resolve(
        self, spec: ExperimentSpec, collection: PairCollection
    ) -> tuple[ExperimentSpec, dict[str, str]]:
        return resolve_spec(spec, collection)

    def list_left_out(self, spec: ExperimentSpec, collection: PairCollection) -> list[str]:
        return []

    def list_cautions(self, spec: ExperimentSpec, collection: PairCollection) -> list[str]:
        return list_cautions(spec, collection)

    def count_examples(self, spec: ExperimentSpec, collection: PairCollection) -> int:
        return len(frame_pairs(spec.task, collection).splits[0].train)

    def measure_parts(self, spec: ExperimentSpec, collection: PairCollection) -> PartSizes:
        sizes = frame_pairs(spec.task, collection).splits[0].sizes
        return PartSizes(1, *sizes, is_stretched=False)

    def shape_examples(self, spec: ExperimentSpec, collection: PairCollection) -> PairShape:
        return shape_pairs(spec, collection)

    def read_shape(self, content: Mapping[str, Any]) -> PairShape:
        return PairShape(**content)

    def measure_cost(self, spec: ExperimentSpec, shape: PairShape) -> NetworkCost:
        return measure_cost(spec, shape)

    def open_design(self, spec: ExperimentSpec, shape: PairShape) -> Design:
        return open_design(spec, shape)

    def list_ends(self, spec: ExperimentSpec, shape: PairShape, cost: NetworkCost) -> NetworkEnds:
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
        return spec.update("task", {"num_folds": 1})  # in folds, every pair is judged

    def hold_out_test(self, spec: ExperimentSpec, collection: PairCollection) -> PairCollection:
        return hold_out_test(spec, collection)

    def prepare_trials(
        self,
        draft: ExperimentSpec,
        resolved: ExperimentSpec,
        development: PairCollection,
        settings: SearchSpec,
    ) -> ExperimentSpec:
        return prepare_trials(draft, resolved, development, settings)

    def list_tried(self, spec: ExperimentSpec) -> tuple[str, ...]:
        return ()

    def settle(self, spec: ExperimentSpec, chosen: ExperimentSpec) -> ExperimentSpec:
        return spec

    def propose_space(
        self, resolved: ExperimentSpec, development: PairCollection, size: Size
    ) -> Space:
        return propose_space(resolved, shape_pairs(resolved, development), size)

    def list_values(self, path: str, collection: PairCollection) -> tuple[Any, ...]:
        return ()

    def choose_measure(self, spec: ExperimentSpec, collection: PairCollection) -> Measure:
        framing = frame_pairs(spec.task, collection)
        learnt = np.unique(np.concatenate([split.train for split in framing.splits]))
        return choose_first(framing.pairs.targets[learnt].tolist())

    def order_measures(self, runs: Sequence[Judged]) -> tuple[Measure, ...]:
        return order_measures(runs)

    def say_aim(self, spec: ExperimentSpec, collection: PairCollection) -> str:
        return say_aim(collection)

    def preview(self, collection: PairCollection, horizon: int | None) -> None:
        return None  # to translate has to be learnt

    def report(self, run: Judged, read_table: ReadTable) -> RunReport:
        return report(run, read_table)

    def name_baseline(self, name: str, spec: ExperimentSpec) -> str:
        return BASELINES[name]

    def read_verdict(
        self,
        verdict: Mapping[str, Any],
        metrics: Mapping[str, float | None] | None,
        baselines: Mapping[str, Mapping[str, float | None]] | None,
    ) -> PairVerdict:
        return PairVerdict.from_json(verdict)

    def suit_model(
        self, model: Mapping[str, Any], spec: ExperimentSpec, collection: PairCollection
    ) -> tuple[PairCollection, list[str]]:
        return collection, []  # what the model does not know of it, it calls unknown

    def load_engine(self) -> Engine:
        return cast(Engine, import_module("lstm_core.tasks.translation.engine"))

    def load_exporter(self) -> Exporter:
        module = import_module("lstm_core.tasks.translation.export.exporter")
        return cast(Exporter, module.EXPORTER)


KIND = Translation()
