"""``TaskKind``: what everybody but the training process knows of a task.

Light: pages, races, searches and the command line ask it, and none of them loads an engine for
that. A task is a folder with a ``kind.py``, and a line in ``tasks.registry``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from lstm_core.judging.measures import Measure
from lstm_core.judging.verdict import Verdict
from lstm_core.models.costs import NetworkCost
from lstm_core.models.editing import Design
from lstm_core.models.ends import NetworkEnds
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.options import Option
from lstm_core.spec.search import SearchSpec, Size, Space
from lstm_core.tasks.nouns import Nouns

if TYPE_CHECKING:
    import keras
    import pandas as pd

    from lstm_core.export.exporter import Exporter
    from lstm_core.learning.feeds.feed import Feed
    from lstm_core.learning.trainer import Objective
    from lstm_core.tasks.base import Kept, Predictor, Task


@dataclass(frozen=True)
class Rehearsal:
    """A network and noise of the right shape, to see how fast it learns."""

    build_network: Callable[[], keras.Model]
    feed: Feed
    objective: Objective


class Engine(Protocol):
    """The part of a task that needs the training engine: a module of these functions."""

    @staticmethod
    def make_task(spec: ExperimentSpec, collection: Any) -> Task:
        """Begin a run; the spec is filled in for this collection."""

    @staticmethod
    def open_predictor(model: Kept, weights: bytes) -> Predictor:
        """Reopen what a run has kept.

        Raises:
            DataError: the weights are another model's.
        """

    @staticmethod
    def rehearse(shape: Any, spec: ExperimentSpec) -> Rehearsal:
        """Prepare to train on noise; the spec is filled in."""


@dataclass(frozen=True)
class PartSizes:
    """How much there is to learn from, to stop by and to be judged on.

    Attributes:
        num_series: sequences that are cut into parts; 1 where the whole items are shared out.
        num_training, num_validation, num_test: rows of each part, in a series of median length;
            or items.
        is_stretched: the share asked for the test part was too small, and more is kept.
    """

    num_series: int
    num_training: int
    num_validation: int
    num_test: int
    is_stretched: bool


Command = Literal["forecast", "predict"]
"""What a model says goes on from its data, or is about whatever it is shown."""


ReadTable = Callable[[str], "pd.DataFrame | None"]
"""Reads a table that was kept of a run, by its name; None where there is none."""


class Judged(Protocol):
    """What was recorded of a run; all but its id and its spec is None before it is judged."""

    @property
    def id(self) -> str: ...
    @property
    def spec(self) -> ExperimentSpec: ...
    @property
    def verdict(self) -> Mapping[str, Any] | None: ...
    @property
    def metrics(self) -> Mapping[str, float | None] | None: ...
    @property
    def baselines(self) -> Mapping[str, Mapping[str, float | None]] | None: ...


@dataclass(frozen=True)
class RunReport:
    """What a task says of a run on the command line, beside its verdict and its measures.

    Attributes:
        notes: sentences beneath the measures.
        closing: what can be done with it now; empty without a result.
        content: what stands in the JSON, by name.
    """

    notes: tuple[str, ...] = ()
    closing: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)


class TaskKind(Protocol):
    """What is known of a task without its engine. A collection is of a kind that the task reads.

    Attributes:
        key: what it is called in specs and records.
        data_kind: the kind of collection that it reads, a key of ``spec.data.DATA_KINDS``.
        nouns: what it calls its things.
        command: what asks a trained model on the command line, ``forecast`` or ``predict``.
        options: settings of its section that have an option on the command line.
        measures: what its results are judged by, the usual one first.
        searchable: its settings that a search may change, ``section.key``.
        loss_settings: settings in whose units its losses are; where they differ, losses can't be
            compared.
        of_networks: its settings that belong to a network as a layer's width does: each network of
            a race has its own.
        unused: settings of the sections that tasks share that have no part in this one.
    """

    key: str
    data_kind: str
    nouns: Nouns
    command: Command
    options: tuple[Option, ...]
    measures: tuple[Measure, ...]
    searchable: tuple[str, ...]
    loss_settings: tuple[str, ...]
    of_networks: tuple[str, ...]
    unused: tuple[str, ...]

    def resolve(
        self, spec: ExperimentSpec, collection: Any
    ) -> tuple[ExperimentSpec, dict[str, str]]:
        """Return the spec with what the data can tell filled in, and why, by setting.

        A spec that comes back can be run on this collection.

        Raises:
            DataError: the collection does not do.
            SpecError: what is asked for does not go together.
        """

    def list_left_out(self, spec: ExperimentSpec, collection: Any) -> list[str]:
        """Return the names of sequences that can't take part; the spec is filled in.

        Raises:
            DataError: none is left.
        """

    def list_cautions(self, spec: ExperimentSpec, collection: Any) -> list[str]:
        """Return what a person should know before training; the spec is filled in."""

    def count_examples(self, spec: ExperimentSpec, collection: Any) -> int:
        """Count what there is to learn from, at least 1; the spec is filled in."""

    def measure_parts(self, spec: ExperimentSpec, collection: Any) -> PartSizes:
        """Measure the parts; the spec is filled in."""

    def shape_examples(self, spec: ExperimentSpec, collection: Any) -> Any:
        """Return the sizes that a network is built for; the spec is filled in."""

    def read_shape(self, content: Mapping[str, Any]) -> Any:
        """Return the sizes of one example from JSON, as ``vars`` of them gives it."""

    def measure_cost(self, spec: ExperimentSpec, shape: Any) -> NetworkCost:
        """Compute what the network costs that would be built; the spec is filled in.

        Raises:
            SpecError: its layers don't go together.
        """

    def open_design(self, spec: ExperimentSpec, shape: Any) -> Design:
        """Return the layers that a person may change, whether or not they go together.

        Args:
            spec: with every setting around the network filled in.
        """

    def list_ends(self, spec: ExperimentSpec, shape: Any, cost: NetworkCost) -> NetworkEnds:
        """Return what stands around the layers, to be drawn.

        Args:
            cost: what ``measure_cost`` returned.
        """

    def count_folds(self, spec: ExperimentSpec) -> int:
        """Count the parts in which a run is judged, 1 where it is judged as a whole; filled in."""

    def stand_alone(self, spec: ExperimentSpec) -> ExperimentSpec:
        """Return the spec so that a network is judged by itself, mixed with nothing."""

    def count_fits(self, spec: ExperimentSpec) -> int:
        """Count how often a run trains what it trains, once a fold say; the spec is filled in."""

    def stand_together(self, spec: ExperimentSpec) -> ExperimentSpec:
        """Return a spec that stands alone so that the data decide again what it is mixed with."""

    def fix_test_part(self, spec: ExperimentSpec) -> ExperimentSpec:
        """Return the spec so that what ``hold_out_test`` holds out is all that it is judged by."""

    def hold_out_test(self, spec: ExperimentSpec, collection: Any) -> Any:
        """Return what of a collection a search may see: nothing of the test part.

        Raises:
            DataError: nothing is left.
        """

    def prepare_trials(
        self,
        draft: ExperimentSpec,
        resolved: ExperimentSpec,
        development: Any,
        settings: SearchSpec,
    ) -> ExperimentSpec:
        """Return the draft as trials are to be judged, on what a search may see.

        Args:
            draft: standing alone. ``resolved``: the same, filled in for the whole collection.
            development: what ``hold_out_test`` returned.
        """

    def list_tried(self, spec: ExperimentSpec) -> tuple[str, ...]:
        """Return the settings that a run of this spec may choose by its validation part."""

    def settle(self, spec: ExperimentSpec, chosen: ExperimentSpec) -> ExperimentSpec:
        """Return the spec with what it leaves open as another one's run has chosen it.

        Args:
            chosen: of that run, on the same data; what it leaves open stays so.
        """

    def propose_space(self, resolved: ExperimentSpec, development: Any, size: Size) -> Space:
        """Return a space of this size all of whose points can be run; the spec is filled in."""

    def list_values(self, path: str, collection: Any) -> tuple[Any, ...]:
        """Return what a setting may be where that follows from the data; empty where not."""

    def choose_measure(self, spec: ExperimentSpec, collection: Any) -> Measure:
        """Return what decides on this collection, before anything is judged; spec filled in."""

    def order_measures(self, runs: Sequence[Judged]) -> tuple[Measure, ...]:
        """Return all measures: first the one that decides among these runs, of one collection."""

    def say_aim(self, spec: ExperimentSpec, collection: Any) -> str:
        """Say what is to be predicted, in a phrase; the spec is filled in."""

    def preview(self, collection: Any, horizon: int | None) -> RunReport | None:
        """Return what can be said of a collection before anything is trained; None: nothing.

        Args:
            horizon: steps to predict, where the task has such; None: as many as are usual.

        Raises:
            DataError: there is too little of it, or what decides can't be known.
        """

    def report(self, run: Judged, read_table: ReadTable) -> RunReport:
        """Return what is said of a run where there is no page to look at."""

    def name_baseline(self, name: str, spec: ExperimentSpec) -> str:
        """Name a baseline for people: ``"repeating yesterday's value"``; the spec is filled in."""

    def read_verdict(
        self,
        verdict: Mapping[str, Any],
        metrics: Mapping[str, float | None] | None,
        baselines: Mapping[str, Mapping[str, float | None]] | None,
    ) -> Verdict:
        """Read a stored verdict, however old."""

    def suit_model(
        self, model: Mapping[str, Any], spec: ExperimentSpec, collection: Any
    ) -> tuple[Any, list[str]]:
        """Leave out of another collection what a model can't go on with, and say why.

        Args:
            model: what was kept of a run, ``model.json``.
        """

    def load_engine(self) -> Engine:
        """Import what trains."""

    def load_exporter(self) -> Exporter:
        """Import what writes runs as code; no engine comes with it."""
