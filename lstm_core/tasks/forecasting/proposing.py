"""A space to begin a search with: ranges around what the data's own defaults are.

Small looks at what decides most, medium adds how the network is kept from learning by heart and how
windows are put, large adds what is more rarely worth it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import SpecError, StudioError
from lstm_core.models.carrying import find_carrying
from lstm_core.models.recipes import feeds_back, plan_model
from lstm_core.models.segments import find_segment
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures import ARCHITECTURES
from lstm_core.spec.points import apply_values
from lstm_core.spec.search import ChoiceEntry, Entry, FloatEntry, IntEntry, Size, Space
from lstm_core.spec.tasks.forecasting import Cycle
from lstm_core.tasks.forecasting.defaults import MAX_LOOKBACK
from lstm_core.tasks.forecasting.framing.calendar import list_cycles
from lstm_core.tasks.forecasting.framing.part_sizes import measure_parts
from lstm_core.tasks.forecasting.pretrained.tuning.choosing import check_pretrained, choose_version

_LEAST_SEASON = 4
"""A shorter one is not worth cutting segments by."""

_FEW_SEASONS = (1, 2, 3, 4, 7, 14, 28)
_SHARES_OF_LOOKBACK = (0.5, 1, 2, 3)
_FEWEST_STEPS = 4
_WITHOUT_SEASON: dict[Size, tuple[str, ...]] = {
    "small": ("vanilla", "gru", "stacked"),
    "medium": ("vanilla", "gru", "stacked", "bidirectional", "attention"),
    "large": (
        *("vanilla", "gru", "stacked", "bidirectional", "attention"),
        *("cnn_lstm", "seq2seq", "residual", "slstm", "transformer"),
    ),
}
_FINE_TUNING = ("none", "head", "all")
_UNITS = (8, 256)
_BATCHES = (8, 512)
_RATES = (1e-5, 0.1)


def propose_for(resolved: ExperimentSpec, development: Dataset, size: Size) -> Space:
    """Return a space all of whose points can be run on the data that a search may see."""
    targets = development.frame[list(development.roles.targets)].to_numpy()
    return propose_space(
        resolved,
        measure_parts(development, resolved).num_training,
        size,
        is_positive=bool(np.min(targets) > 0),
        cycles=list_cycles(development),
    )


def propose_space(
    resolved: ExperimentSpec,
    num_training_rows: int,
    size: Size,
    *,
    is_positive: bool = False,
    cycles: Sequence[Cycle] = (),
) -> Space:
    """Return a space all of whose points can be run.

    Args:
        resolved: what is searched from, filled in.
        num_training_rows: rows of a series that trials learn from, without validation and test.
        is_positive: whether the targets' values are, so that a logarithm can be taken.
        cycles: of the calendar, that the rows tell apart.

    A network put together by hand keeps its layers: only how it learns, and from what, is searched.
    """
    space: Space = {}
    if resolved.model.architecture != "custom":
        space |= _propose_network(resolved, size)
    space |= _propose_learning(resolved, size)
    space |= _propose_input(resolved, num_training_rows, size, is_positive, cycles)
    return space


def _propose_network(resolved: ExperimentSpec, size: Size) -> Space:
    space: Space = {}
    architectures = _list_architectures(resolved, size)
    if len(architectures) > 1:
        space["model.architecture"] = ChoiceEntry(values=architectures)
    trained = tuple(name for name in architectures if ARCHITECTURES[name].comes_trained)
    built = tuple(name for name in architectures if name not in trained)
    if built:
        space["model.units"] = _double(resolved.model.units or 64, _UNITS).model_copy(
            update={"when": _where(built, architectures)}
        )
    if trained:
        learns = ChoiceEntry(values=_FINE_TUNING, when=_where(trained, architectures))
        space["model.fine_tune"] = learns
    if size == "small" or not built:
        return space
    layered = tuple(name for name in architectures if ARCHITECTURES[name].is_made_to_be_stacked)
    if layered:
        space["model.layers"] = IntEntry(
            low=2, high=3 if size == "medium" else 4, when=_where(layered, architectures)
        )
    segmented = tuple(name for name in architectures if ARCHITECTURES[name].cuts_segments)
    segments = _list_segments(resolved)
    if segmented and len(segments) > 1:
        space["model.segment"] = ChoiceEntry(values=segments, when=_where(segmented, architectures))
    space["model.dropout"] = FloatEntry(
        low=0.0, high=0.4, step=0.1, when=_where(built, architectures)
    )
    return space


def _propose_learning(resolved: ExperimentSpec, size: Size) -> Space:
    rate = resolved.training.learning_rate or 0.001
    least, most = _RATES
    space: Space = {
        "training.learning_rate": FloatEntry(
            low=max(min(least, rate), rate / 5), high=min(max(most, rate), 5 * rate), scale="log"
        )
    }
    if size != "small":
        space["training.batch_size"] = _double(resolved.training.batch_size or 32, _BATCHES)
    if size == "large":
        space["training.loss"] = _choose(resolved.training.loss, "mae", "mse", "huber")
    return space


def _propose_input(
    resolved: ExperimentSpec, num_rows: int, size: Size, is_positive: bool, cycles: Sequence[Cycle]
) -> Space:
    space: Space = {}
    lookbacks = _list_lookbacks(resolved, num_rows)
    if len(lookbacks) > 1:
        space["task.lookback"] = ChoiceEntry(values=lookbacks)
    if size == "small":
        return space
    space["task.window_normalisation"] = ChoiceEntry(values=("last_value", "mean_std", "none"))
    if is_positive:
        space["task.transform"] = _choose(resolved.task.transform or "none", "none", "log")
    if size == "large":
        space["task.scaling"] = _choose(resolved.task.scaling, "standard", "minmax")
        if cycles:
            told = [list(cycles[:number]) for number in range(len(cycles) + 1)]
            space["task.calendar"] = ChoiceEntry(values=tuple(told))
    return space


def _list_architectures(resolved: ExperimentSpec, size: Size) -> tuple[str, ...]:
    """Return the draft's own first, then the usual ones that go with the rest of the draft."""
    own = resolved.model.architecture or "vanilla"
    names = list(_WITHOUT_SEASON[size])
    if (resolved.task.season or 1) >= _LEAST_SEASON and not _is_recursive(resolved):
        names.insert(0, "segment")
        names += ["conv_lstm"] if size == "large" else []
    names += [name for name, entry in ARCHITECTURES.items() if entry.comes_trained]
    return (own, *(name for name in names if name != own and _suits(name, resolved)))


def _suits(architecture: str, resolved: ExperimentSpec) -> bool:
    spec = apply_values(resolved, {"model.architecture": architecture})
    if spec.model.comes_trained:
        return _can_be_asked(spec)
    if _is_recursive(resolved) and feeds_back(spec.model):
        return False
    return _can_be_planned(spec)


def _can_be_asked(spec: ExperimentSpec) -> bool:
    """Whether a network that comes trained can do what the rest of the draft asks for."""
    version, _ = choose_version()
    try:
        check_pretrained(spec.update("model", {"pretrained_version": version}))
    except StudioError:
        return False
    return True


def _is_recursive(resolved: ExperimentSpec) -> bool:
    return resolved.task.strategy == "recursive"


def _can_be_planned(spec: ExperimentSpec) -> bool:
    """Whether the layers go together, and carry their state where the draft asks for that."""
    lookback, _ = spec.task.sizes
    # Its width is each network's own, and is not filled in for one that comes trained.
    model = spec.model.model_copy(update={"units": spec.model.units or 1})
    try:
        plan = plan_model(model, lookback, num_features=1)
        if spec.training.stateful:
            find_carrying(plan)
    except SpecError:
        return False
    return True


def _list_segments(resolved: ExperimentSpec) -> tuple[int, ...]:
    """The season, or what it is usually cut into, and halves and thirds of that."""
    season = resolved.task.season or 1
    usual = find_segment(season)
    own = (resolved.model.segment,) if resolved.model.segment else ()
    parts = {usual // part for part in (1, 2, 3) if usual % part == 0 and usual // part > 1}
    return tuple(sorted({*parts, *own}))


def _list_lookbacks(resolved: ExperimentSpec, num_rows: int) -> tuple[int, ...]:
    """Whole seasons, or multiples of the usual lookback, that leave half the rows to slide in."""
    lookback, horizon = resolved.task.sizes
    season = resolved.task.season or 1
    most = min(max(MAX_LOOKBACK, lookback), (num_rows - horizon) // 2)
    if season >= _LEAST_SEASON:
        tried = {season * number for number in _FEW_SEASONS}
    else:
        tried = {round(lookback * share) for share in _SHARES_OF_LOOKBACK}
    found = {steps for steps in tried if _FEWEST_STEPS <= steps <= most}
    # What the draft reads is kept wherever a window of it fits at all.
    found |= {lookback} if lookback + horizon <= num_rows else set()
    return tuple(
        steps
        for steps in sorted(found)
        if _can_be_planned(resolved.update("task", {"lookback": steps}))
    )


def _double(middle: int, ends: tuple[int, int]) -> Entry:
    """From half of it to twice as many, each time doubled; never all the same."""
    least, most = ends
    low = max(min(least, middle), middle // 2)
    high = min(max(most, middle), 2 * middle)
    return IntEntry(low=low, high=high, step=2, scale="log")


def _choose(own: str, *usual: str) -> Entry:
    return ChoiceEntry(values=(own, *(value for value in usual if value != own)))


def _where(names: tuple[str, ...], among: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    return {"model.architecture": names} if len(names) < len(among) else {}
