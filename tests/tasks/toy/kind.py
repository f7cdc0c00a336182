"""The toy, as everybody but the training process knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError
from lstm_core.export.exporter import Exporter
from lstm_core.judging.measures import Measure, choose_measure, put_first
from lstm_core.judging.verdict import Verdict
from lstm_core.models.costs import LayerCost, NetworkCost, cost_network
from lstm_core.models.editing import Design
from lstm_core.models.ends import End, NetworkEnds
from lstm_core.models.recipes import expand_architecture
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.options import Option
from lstm_core.spec.search import IntEntry, SearchSpec, Size, Space
from lstm_core.tasks.kind import Command, Engine, Judged, PartSizes, ReadTable, RunReport
from lstm_core.tasks.nouns import Nouns
from tests.tasks.toy.parts import split_rows

ACCURACY = Measure("accuracy", "Accuracy", "The share that is right.", "larger", 1.0)
USUAL_STEPS = 5


@dataclass(frozen=True)
class ToyShape:
    steps: int


class Toy:
    key = "toy"
    data_kind = "series"
    nouns = Nouns("change", "row", "guess", "Guessing", joined="mean")
    command: Command = "predict"
    options = (Option("steps", "task.steps", "changes looked at", "N", is_number=True),)
    measures = (ACCURACY,)
    searchable: tuple[str, ...] = ("task.steps",)
    loss_settings: tuple[str, ...] = ()
    of_networks: tuple[str, ...] = ()
    unused: tuple[str, ...] = ("model.decoder", "model.mixing", "training.loss")

    def resolve(
        self, spec: ExperimentSpec, collection: Dataset
    ) -> tuple[ExperimentSpec, dict[str, str]]:
        reasons = {}
        if spec.task.steps is None:
            spec = spec.with_valid("task.steps", USUAL_STEPS)
            reasons["task.steps"] = "As many as one hand counts."
        usual = {"batch_size": 16, "epochs": 6, "learning_rate": 0.03, "decay": 1.0}
        own = {name: getattr(spec.training, name) for name in usual}
        training = {name: own[name] or value for name, value in usual.items()}
        spec = spec.update("training", training | {"num_seeds": spec.training.num_seeds or 1})
        spec = spec.update("model", {"units": spec.model.units or 8})
        if len(collection.frame) < 4 * spec.task.steps:
            raise DataError("There are too few rows.", f"Bring {4 * spec.task.steps}.")
        return spec, reasons

    def list_left_out(self, spec: ExperimentSpec, collection: Dataset) -> list[str]:
        return []

    def list_cautions(self, spec: ExperimentSpec, collection: Dataset) -> list[str]:
        return []

    def count_examples(self, spec: ExperimentSpec, collection: Dataset) -> int:
        return len(split_rows(len(collection.frame), spec.task.steps)["train"])

    def measure_parts(self, spec: ExperimentSpec, collection: Dataset) -> PartSizes:
        parts = split_rows(len(collection.frame), spec.task.steps)
        sizes = (len(parts[name]) for name in ("train", "validation", "test"))
        return PartSizes(1, *sizes, is_stretched=False)

    def shape_examples(self, spec: ExperimentSpec, collection: Dataset) -> ToyShape:
        return ToyShape(spec.task.steps)

    def read_shape(self, content: Mapping[str, Any]) -> ToyShape:
        return ToyShape(**content)

    def measure_cost(self, spec: ExperimentSpec, shape: ToyShape) -> NetworkCost:
        plan = self.open_design(spec, shape).plan
        width = plan.state.width
        head = LayerCost("Dense", (1,), width + 1, 2 * width, 1)
        return cost_network(plan, spec.training, behind=[head], num_inputs=shape.steps)

    def open_design(self, spec: ExperimentSpec, shape: ToyShape) -> Design:
        usual = {"architecture": spec.model.architecture or "vanilla"}
        stack, decoder = expand_architecture(spec.model.model_copy(update=usual), shape.steps)
        return Design(tuple(stack), decoder, shape.steps, 1)

    def list_ends(self, spec: ExperimentSpec, shape: ToyShape, cost: NetworkCost) -> NetworkEnds:
        changes = End("Changes", "from step to step", (shape.steps, 1))
        return NetworkEnds((changes,), (End("Does it rise?", "", (1,), cost.behind),))

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

    def hold_out_test(self, spec: ExperimentSpec, collection: Dataset) -> Dataset:
        from dataclasses import replace

        first = int(split_rows(len(collection.frame), spec.task.steps)["test"][0])
        return replace(
            collection,
            frame=collection.frame.iloc[:first],
            observed=collection.observed[:first],
        )

    def prepare_trials(
        self,
        draft: ExperimentSpec,
        resolved: ExperimentSpec,
        development: Dataset,
        settings: SearchSpec,
    ) -> ExperimentSpec:
        return draft

    def list_tried(self, spec: ExperimentSpec) -> tuple[str, ...]:
        return ()

    def settle(self, spec: ExperimentSpec, chosen: ExperimentSpec) -> ExperimentSpec:
        return spec

    def propose_space(self, resolved: ExperimentSpec, development: Dataset, size: Size) -> Space:
        return {"task.steps": IntEntry(low=3, high=8)}

    def list_values(self, path: str, collection: Dataset) -> tuple[Any, ...]:
        return ()

    def choose_measure(self, spec: ExperimentSpec, collection: Dataset) -> Measure:
        return self.measures[0]

    def order_measures(self, runs: Sequence[Judged]) -> tuple[Measure, ...]:
        first = choose_measure(self.measures, [run.metrics or {} for run in runs])
        return put_first(first, self.measures)

    def say_aim(self, spec: ExperimentSpec, collection: Dataset) -> str:
        return f"telling rises from {spec.task.steps} steps"

    def preview(self, collection: Dataset, horizon: int | None) -> None:
        return None

    def report(self, run: Judged, read_table: ReadTable) -> RunReport:
        return RunReport(closing=f"Ask it by `predict {run.id}`.", content={"answers": []})

    def name_baseline(self, name: str, spec: ExperimentSpec) -> str:
        return {"always": "always saying what is usual"}[name]

    def read_verdict(
        self,
        verdict: Mapping[str, Any],
        metrics: Mapping[str, float | None] | None,
        baselines: Mapping[str, Mapping[str, float | None]] | None,
    ) -> Verdict:
        return Verdict.from_json(verdict)

    def suit_model(
        self, model: Mapping[str, Any], spec: ExperimentSpec, collection: Dataset
    ) -> tuple[Dataset, list[str]]:
        return collection, []

    def load_engine(self) -> Engine:
        return cast(Engine, import_module("tests.tasks.toy.engine"))

    def load_exporter(self) -> Exporter:
        return cast(Exporter, import_module("tests.tasks.toy.export").EXPORTER)


KIND = Toy()
