"""Which runs make a race: one budget for all contestants, and otherwise each one's own defaults.

Light on purpose: the page calls it to say what a race would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lstm_core.errors import SpecError, StudioError, suggest_name
from lstm_core.runs.snapshots.group import GroupMember
from lstm_core.spec import ExperimentSpec, ModelSpec, read_setting
from lstm_core.spec.architectures import ARCHITECTURES
from lstm_core.tasks.networks import list_architectures
from lstm_core.tasks.registry import find_kind

DRAFT = "draft"
"""Takes part with the network of the spec as it is."""

FEWEST_SEEDS = 3
MOST_SEEDS = 10
_SEEDS = 2**31

OPEN_NAMES = (DRAFT, *(name for name in ARCHITECTURES if name != "custom"))
"""Who can take part."""

_SHARED_OF_MODEL = ("units", "dropout", "l1", "l2")
_OWN_TRAINING = ("learning_rate", "decay", "batch_size")
"""What belongs to a network: a rate that suits one may ruin another."""


@dataclass(frozen=True)
class Contestant:
    """One network that takes part.

    Attributes:
        label: what it is called; no two are called the same.
        spec: what its runs are, but for the seed; what is open, each network fills in for itself.
        resolved: the same filled in.
    """

    label: str
    spec: ExperimentSpec
    resolved: ExperimentSpec


@dataclass(frozen=True)
class RacePlan:
    """A race before it starts.

    Attributes:
        contestants: at least two, unless too many were refused.
        refused: by label, why one can't take part.
        seeds: of each contestant's runs; one network a run.
    """

    contestants: tuple[Contestant, ...]
    refused: dict[str, StudioError]
    seeds: tuple[int, ...]

    @property
    def num_runs(self) -> int:
        return len(self.contestants) * len(self.seeds)

    @property
    def shared(self) -> ExperimentSpec:
        """Filled in; what is said of folds, windows and epochs holds for all that are trained."""
        trained = (each.resolved for each in self.contestants if each.resolved.training.epochs)
        return next(trained, self.contestants[0].resolved)

    @property
    def settings(self) -> dict[str, Any]:
        """What the record keeps beside the runs."""
        return {
            "contestants": [contestant.label for contestant in self.contestants],
            "seeds": list(self.seeds),
            "specs": {each.label: each.spec.model_dump(mode="json") for each in self.contestants},
        }

    def list_members(self) -> Iterator[GroupMember]:
        """Return the runs seed by seed, so that all contestants have a result early."""
        for seed in self.seeds:
            for contestant in self.contestants:
                spec = contestant.spec.update("training", {"seed": seed})
                yield GroupMember(contestant.label, spec)


def plan_race(
    spec: ExperimentSpec,
    collection: Any,
    names: Sequence[str],
    *,
    num_seeds: int = FEWEST_SEEDS,
    num_epochs: int | None = None,
    for_all: Mapping[str, Any] | None = None,
) -> RacePlan:
    """Give every contestant the same task, the same folds and the same budget.

    The spec's defaults are read from the data once, for all. Nothing is mixed with a baseline:
    it is networks that are compared. Two names that come to the same network are one contestant.

    Args:
        spec: the draft; its folds, its lookback, its loss and so on hold for all.
        names: of ``OPEN_NAMES``.
        num_epochs: the most that each run may train; none: the spec's, or else the most that any
            contestant asks for by itself. Validation usually stops earlier.
        for_all: ``section.key`` and value of what is each network's own otherwise.

    Raises:
        SpecError: a name is unknown, or there are too few seeds or contestants.
        DataError: the spec does not suit the data.
    """
    _check(names, num_seeds)
    if spec.training.epochs == 0 and not spec.model.comes_trained:
        raise SpecError(
            'With "training.epochs" at 0, networks that have learnt nothing would be compared.',
            "Give it 1 at least.",
        )
    kind = find_kind(spec)
    spec = kind.stand_alone(spec).update("training", {"num_seeds": 1})
    drafted, _ = kind.resolve(spec, collection)
    entries = _list_entries(_share(spec, drafted), drafted, names)
    own = {path: value for path, value in (for_all or {}).items() if _is_own(path)}
    free, refused = _resolve(entries, own, collection)
    epochs = num_epochs or spec.training.epochs
    if not epochs:
        epochs = max((each.resolved.training.epochs or 1 for each in free), default=1)
    specs = {each.label: each.spec for each in free}
    contestants, _ = _resolve(specs, {"training.epochs": epochs}, collection)  # decay goes by them
    seeds = tuple((spec.training.seed + place) % _SEEDS for place in range(num_seeds))
    return RacePlan(tuple(contestants), refused, seeds)


def list_open_names(spec: ExperimentSpec) -> tuple[str, ...]:
    """Return who can take part in a race for a spec's task."""
    return (DRAFT, *list_architectures(spec))


def name_entry(name: str, spec: ExperimentSpec) -> str:
    """Return what a name stands for, in words; the spec is the draft, filled in or not."""
    if name != DRAFT:
        return ARCHITECTURES[name].title
    architecture = spec.model.architecture
    if architecture in (None, "custom"):
        return "Your draft"
    return f"Your draft ({ARCHITECTURES[architecture].title})"


def _check(names: Sequence[str], num_seeds: int) -> None:
    for name in names:
        if name not in OPEN_NAMES:
            known = ", ".join(OPEN_NAMES)
            remedy = suggest_name(name, OPEN_NAMES).strip() or f"Choose from {known}."
            raise SpecError(f'There is no architecture "{name}".', remedy)
    if num_seeds < FEWEST_SEEDS:
        raise SpecError(
            f"With {num_seeds} seeds, luck can't be told from skill.",
            f"A race has at least {FEWEST_SEEDS}.",
        )
    if len(set(names)) < 2:
        raise SpecError("A race needs at least two networks.", "Choose another one.")


def _share(spec: ExperimentSpec, drafted: ExperimentSpec) -> ExperimentSpec:
    """Return the spec with everything filled in that is the same for all."""
    shared = spec.model_copy(update={"task": drafted.task})
    for path in find_kind(spec).of_networks:
        shared = shared.with_valid(path, read_setting(spec, path))
    return shared.update("training", {"windows_per_epoch": drafted.training.windows_per_epoch})


def _list_entries(
    shared: ExperimentSpec, drafted: ExperimentSpec, names: Sequence[str]
) -> dict[str, ExperimentSpec]:
    """Return each contestant's spec by its label, equal ones once."""
    entries: dict[str, ExperimentSpec] = {}
    for name in dict.fromkeys(names):
        architecture = drafted.model.architecture or ""
        own_draft = shared.update("model", {"architecture": architecture})
        if name != DRAFT:
            entries[name_entry(name, drafted)] = _enter(name, shared)
        elif architecture in OPEN_NAMES and own_draft == _enter(architecture, shared):
            entries[name_entry(architecture, drafted)] = own_draft
        else:
            entries[name_entry(name, drafted)] = own_draft
    return entries


def _enter(name: str, shared: ExperimentSpec) -> ExperimentSpec:
    """Return the spec with another network; what is each network's own is open again."""
    kept = {key: getattr(shared.model, key) for key in _SHARED_OF_MODEL}
    model = ModelSpec.model_validate({"architecture": name, **kept})
    entry = shared.model_copy(update={"model": model})
    return entry.update("training", dict.fromkeys(_OWN_TRAINING))


def _is_own(path: str) -> bool:
    section, _, key = path.partition(".")
    if section == "model":
        return key not in ("architecture", "stack", "decoder")
    return section == "training" and key in _OWN_TRAINING


def _resolve(
    entries: Mapping[str, ExperimentSpec], values: Mapping[str, Any], collection: Any
) -> tuple[list[Contestant], dict[str, StudioError]]:
    """Return the entries with these values, filled in, and why others can't have them."""
    contestants: list[Contestant] = []
    refused: dict[str, StudioError] = {}
    for label, entry in entries.items():
        try:
            spec = entry.with_values(values)
            contestants.append(
                Contestant(label, spec, find_kind(spec).resolve(spec, collection)[0])
            )
        except StudioError as error:
            refused[label] = error
    return contestants, refused
