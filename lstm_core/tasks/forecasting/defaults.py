"""Fill in what the spec leaves open, from the data's own profile, and say why.

Light on purpose: pages call it to fill in the confirm card and the form.
"""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.season import detect_season
from lstm_core.data.wording import list_names
from lstm_core.errors import DataError, SpecError
from lstm_core.models.carrying import find_carrying
from lstm_core.models.costs import check_size
from lstm_core.models.recipes import feeds_back, plan_model
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.tasks.forecasting import Cycle
from lstm_core.tasks.forecasting.framing.calendar import choose_tried
from lstm_core.tasks.forecasting.framing.cutting import (
    DEFAULT_TEST_FRACTION,
    count_needed_rows,
    cut_series,
    is_long_enough,
)
from lstm_core.tasks.forecasting.framing.earlier import SEASONAL, choose_season_ahead
from lstm_core.tasks.forecasting.framing.examples import (
    EmptyFoldError,
    check_framing,
    count_known_ahead,
    shape_examples,
    use_known_future,
)
from lstm_core.tasks.forecasting.framing.outliers import fit_limits, limit_outliers
from lstm_core.tasks.forecasting.framing.scaling import is_never_negative
from lstm_core.tasks.forecasting.horizons import find_usual_horizon
from lstm_core.tasks.forecasting.network.cost import measure_cost
from lstm_core.tasks.forecasting.network.frame import count_window_features
from lstm_core.tasks.forecasting.pretrained.tuning.choosing import check_pretrained
from lstm_core.tasks.forecasting.regimes import Regime, choose_model, detect_regime
from lstm_core.tasks.forecasting.seasons import find_longer

MAX_LOOKBACK = 336
MOST_SEASONS = 14
MAX_NAMED = 5
MOST_FOLDS = 5
USUAL_FOLDS = 3
MOST_TEST_FRACTION = 0.25
_FEWEST_ROWS = 12
"""Below this, no lookback and horizon leave anything to learn from."""


def resolve_spec(spec: ExperimentSpec, dataset: Dataset) -> tuple[ExperimentSpec, dict[str, str]]:
    """Return the spec with what the data can tell filled in, and a reason for each choice.

    A spec that comes back can be run on this dataset. ``task.window_normalisation`` may stay
    open: the validation part chooses it. Reasons are keyed by ``"section.field"``.

    Raises:
        DataError: there are too few rows, a fold would hold no window, or the future of a
            covariate is missing.
        SpecError: the network's layers don't go together, it is too large for this machine, or
            the times can't tell what is asked of the calendar.
    """
    reasons: dict[str, str] = {}
    roles = dataset.roles
    spec = _go_without_chosen_future(spec, dataset).update(
        "data",
        {
            "time": roles.time,
            "targets": roles.targets,
            "past_covariates": roles.past_covariates,
            "known_future_covariates": roles.known_future_covariates,
            "series": roles.series,
            "frequency": dataset.frequency.alias,
            "reading": spec.data.reading.fill(repeats=dataset.repeats),
        },
    )
    if spec.task.strategy == "recursive":
        spec = spec.update("task", {"ranges": "residuals"})
        reasons["task.ranges"] = "A network that predicts one step knows one step's range."
    num_rows = int(np.median([rows.stop - rows.start for _, rows in dataset.iterate_series()]))
    _check_room_for_choice(num_rows, spec)
    training = _draw_outliers_in(_take_training_rows(dataset, spec, num_rows), spec)
    if spec.task.season is None:
        season, reasons["task.season"] = detect_season(training, dataset.frequency)
        spec = spec.update("task", {"season": season})
    if spec.task.horizon is None:
        horizon, reasons["task.horizon"] = _choose_horizon(dataset, num_rows, spec)
        spec = spec.update("task", {"horizon": horizon})
    if spec.task.lookback is None:
        lookback, reasons["task.lookback"] = _choose_lookback(num_rows, spec)
        spec = spec.update("task", {"lookback": lookback})
    if spec.task.test_fraction is None:
        fraction, reasons["task.test_fraction"] = _choose_test_fraction(num_rows, spec)
        spec = spec.update("task", {"test_fraction": fraction})
    if spec.task.floor is None:
        reasons |= _say_floor(dataset, spec, num_rows)
    regime = detect_regime(training, spec.task.season or 1)
    task, model, learning, chosen = choose_model(spec, regime)
    reasons |= chosen
    spec = spec.update("task", task).update("model", model).update("training", learning)
    if spec.task.season_ahead is None and _may_begin_with_a_season(spec):
        ahead, reasons["task.season_ahead"] = _choose_season_ahead(training, dataset, spec)
        spec = spec.update("task", {"season_ahead": ahead})
    if spec.task.calendar_tried is None:
        tried, why = _choose_calendar(training, dataset, spec, regime)
        spec = spec.update("task", {"calendar_tried": tried})
        if tried:
            reasons["task.calendar_tried"] = why
    is_free = spec.task.num_folds is None
    refits = regime.is_small and spec.training.epochs != 0
    spec = _choose_backtest(spec, num_rows, refits, reasons)
    usable = use_known_future(dataset, spec)
    if usable is not dataset:
        reasons["data.missing_future"] = (
            f"Known-future covariates are given for {count_known_ahead(dataset)} steps, less than "
            "the horizon: their past alone is used."
        )
    if is_free:
        spec = _drop_empty_folds(spec, usable, reasons)
    left_out = check_framing(usable, spec)
    if left_out:
        names = ", ".join(left_out[:MAX_NAMED]) + (", …" if len(left_out) > MAX_NAMED else "")
        reasons["data.series"] = f"Too short and left out: {len(left_out)} series ({names})."
    _check_network(usable, spec)
    return spec, reasons


def _choose_calendar(
    training: list[np.ndarray], dataset: Dataset, spec: ExperimentSpec, regime: Regime
) -> tuple[tuple[Cycle, ...], str]:
    """Return what is tried of the calendar: nothing where that could not be told or learnt."""
    is_trained_here = not spec.model.comes_trained and spec.training.epochs != 0
    if not is_trained_here or regime.is_walk or spec.task.strategy == "recursive":
        return (), ""
    return choose_tried(dataset, spec, int(np.median([len(values) for values in training])))


def _go_without_chosen_future(spec: ExperimentSpec, dataset: Dataset) -> ExperimentSpec:
    """Nobody said that something is known ahead, so nothing is refused where it ends too early."""
    horizon = spec.task.horizon
    is_chosen = spec.data.known_future_covariates is None
    if not (is_chosen and horizon and dataset.roles.known_future_covariates):
        return spec
    if count_known_ahead(dataset) >= horizon:
        return spec
    return spec.update("data", {"missing_future": "ignore"})


def _check_network(dataset: Dataset, spec: ExperimentSpec) -> None:
    """Refuse layers that don't go together, and a network that is too large for this machine."""
    check_pretrained(spec)
    if feeds_back(spec.model) and spec.task.strategy == "recursive":
        raise SpecError(
            "A decoder that goes step by step is fed its own predictions already.",
            'Choose "direct" as the strategy, or another decoder.',
        )
    shape = shape_examples(dataset, spec)
    if spec.training.stateful:
        if spec.task.strategy == "recursive":
            raise SpecError(
                "Stateful training and one step after another don't go together: what is fed back "
                "would move the windows that the state comes from.",
                'Choose "direct" as the strategy, or let each window begin anew.',
            )
        find_carrying(plan_model(spec.model, shape.lookback, count_window_features(spec, shape)))
    check_size(measure_cost(spec, shape), shorten="the lookback")


def _say_floor(dataset: Dataset, spec: ExperimentSpec, num_rows: int) -> dict[str, str]:
    """Say which targets are kept to zero or above, where any is."""
    whole: list[str] = []
    others: list[str] = []
    for number, name in enumerate(dataset.roles.targets):
        lines = _take_training_rows(dataset, spec, num_rows, number)
        kept = [line for line in lines if is_never_negative(line)]
        if kept:
            (whole if all((line % 1 == 0).all() for line in kept) else others).append(name)
    told = []
    if whole:
        told.append(f"Whole numbers, none below zero: {list_names(whole)}.")
    if others:
        told.append(f"Never below zero, by all that it learns from: {list_names(others)}.")
    kept_to = "Forecasts and their ranges keep to that."
    return {"task.floor": " ".join([*told, kept_to])} if told else {}


def _take_training_rows(
    dataset: Dataset, spec: ExperimentSpec, num_rows: int, number: int = 0
) -> list[np.ndarray]:
    """Return a target's rows that are in the training part whatever is chosen later.

    A season, a transform, a size: all are fitted, too.
    """
    tried = spec.update(
        "task",
        {
            "horizon": spec.task.horizon or _longest_horizon(num_rows),
            "test_fraction": spec.task.test_fraction or MOST_TEST_FRACTION,
        },
    )
    target, observed = dataset.frame.iloc[:, number].to_numpy(), dataset.observed[:, number]
    taken = []
    for _, rows in dataset.iterate_series():
        length = max(0, cut_series(rows.stop - rows.start, tried).train_end)
        known = np.flatnonzero(observed[rows][:length])
        # A filled end was drawn towards a value that comes later.
        taken.append(target[rows][: known[-1] + 1 if len(known) else 0])
    return taken


def _draw_outliers_in(lines: list[np.ndarray], spec: ExperimentSpec) -> list[np.ndarray]:
    """Return training rows as the network will read them."""
    if spec.task.outliers == "none":
        return lines
    drawn = []
    for line in lines:
        values = line[:, None]
        limits = fit_limits(values, np.ones(values.shape, bool), spec.task.outliers, 1)
        drawn.append(limit_outliers(values, *limits)[:, 0])
    return drawn


def _choose_test_fraction(num_rows: int, spec: ExperimentSpec) -> tuple[float, str]:
    """Room for ``USUAL_FOLDS`` horizons, where the rows allow."""
    _, horizon = spec.task.sizes
    wanted = USUAL_FOLDS * horizon / num_rows
    if wanted <= DEFAULT_TEST_FRACTION:
        return DEFAULT_TEST_FRACTION, "The usual share."
    for fraction in (wanted, 2 * horizon / num_rows):
        tried = spec.update("task", {"test_fraction": min(fraction, 0.49)})
        if fraction <= MOST_TEST_FRACTION and is_long_enough(num_rows, tried):
            return fraction, f"Room for {round(fraction * num_rows / horizon)} horizons."
    return DEFAULT_TEST_FRACTION, "The usual share; more folds would leave too little to learn."


def _may_begin_with_a_season(spec: ExperimentSpec) -> bool:
    return (
        not spec.model.comes_trained
        and spec.task.strategy == "direct"
        and spec.task.window_normalisation in (None, *SEASONAL)
    )


def _choose_season_ahead(
    training: list[np.ndarray], dataset: Dataset, spec: ExperimentSpec
) -> tuple[int, str]:
    """Return the season that predictions may begin with, 0 for none, and the reason."""
    season, (_, horizon) = spec.task.season or 1, spec.task.sizes
    num_rows = int(np.median([len(line) for line in training]))
    seasons = (season, *find_longer(season, dataset.frequency, num_rows))
    lengths = [rows.stop - rows.start for _, rows in dataset.iterate_series()]
    ends = [cut_series(each, spec).train_end for each in lengths if is_long_enough(each, spec)]
    return choose_season_ahead(training, seasons, horizon, min(ends, default=0) - horizon)


def _choose_backtest(
    spec: ExperimentSpec, num_rows: int, refits: bool, reasons: dict[str, str]
) -> ExperimentSpec:
    _, horizon = spec.task.sizes
    if spec.task.refit is None:
        spec = spec.update("task", {"refit": refits})
        reasons["task.refit"] = (
            "With few rows, training anew is quick and each row counts."
            if refits
            else "Nothing is trained, so nothing is trained anew."
            if spec.training.epochs == 0
            else "One training serves all folds: the newest rows are a small share."
        )
    if spec.task.num_folds is None:
        cuts = cut_series(num_rows, spec)
        room = (cuts.test_end - cuts.test_start) // horizon
        most = USUAL_FOLDS if spec.task.refit else MOST_FOLDS
        count = max(1, min(most, room))
        spec = spec.update("task", {"num_folds": count})
        reasons["task.num_folds"] = (
            f"As many horizons of {horizon} as the test part holds."
            if count == room
            else "Enough to tell luck from skill."
        )
    if spec.task.stride is None:
        stride = horizon if spec.task.refit else 1
        spec = spec.update("task", {"stride": stride})
        reasons["task.stride"] = "One horizon." if stride > 1 else "Every row is a cutoff."
    return spec


def _drop_empty_folds(
    spec: ExperimentSpec, dataset: Dataset, reasons: dict[str, str]
) -> ExperimentSpec:
    """Return the spec with as many folds as have something to be judged on, one at least."""
    most = spec.task.num_folds or 1
    for count in range(most, 1, -1):
        tried = spec.update("task", {"num_folds": count})
        try:
            check_framing(dataset, tried)
        except EmptyFoldError:
            reasons["task.num_folds"] = (
                "With more, one of them would hold no window with known values."
            )
            continue
        return tried
    return spec.update("task", {"num_folds": 1})


def _check_room_for_choice(num_rows: int, spec: ExperimentSpec) -> None:
    task = spec.task
    if task.lookback is not None and task.horizon is not None:
        return
    least = {"lookback": task.lookback or 1, "horizon": task.horizon or 1}
    needed = max(_FEWEST_ROWS, count_needed_rows(spec.update("task", least)))
    if num_rows < needed:
        is_choice = task.lookback is None and task.horizon is None
        raise DataError(
            f"There are too few rows: {num_rows}, and at least {needed} are needed.",
            "Bring more rows; a few hundred is where a network begins to learn."
            if is_choice
            else "Shorten the lookback or the horizon, or bring more rows.",
        )


def _longest_horizon(num_rows: int) -> int:
    """The longest horizon that is chosen unasked."""
    return max(1, num_rows // 10)


def _choose_horizon(dataset: Dataset, num_rows: int, spec: ExperimentSpec) -> tuple[int, str]:
    usual, reason = find_usual_horizon(dataset.frequency, spec.task.season or 1)
    most = _longest_horizon(num_rows)
    if usual > most:
        usual, reason = most, f"A tenth of the {num_rows} rows."
    if dataset.roles.known_future_covariates:
        known = count_known_ahead(dataset)
        if 0 < known < usual:
            usual, reason = known, "As far as the known-future covariates are given."
    lookback = spec.task.lookback or 1
    for horizon in range(usual, 0, -1):
        tried = spec.update("task", {"lookback": lookback, "horizon": horizon})
        if is_long_enough(num_rows, tried):
            if horizon < usual:
                reason = f"As long as {num_rows} rows and a lookback of {lookback} allow."
            return horizon, reason
    return 1, reason


def _choose_lookback(num_rows: int, spec: ExperimentSpec) -> tuple[int, str]:
    season, horizon = spec.task.season or 1, spec.task.horizon
    assert horizon is not None
    tried = spec.update("task", {"lookback": 1})
    num_training = cut_series(num_rows, tried).train_end
    room = max(1, (num_training - horizon) // 2)
    if season == 1:
        usual, reason = max(2 * horizon, 16), "Twice the horizon."
        most = min(MAX_LOOKBACK, room)
        if usual <= most:
            return usual, reason
        return most, (
            f"As much as {num_rows} rows allow."
            if most < MAX_LOOKBACK
            else f"Beyond {MAX_LOOKBACK} steps a plain LSTM forgets."
        )
    seasons = min(MOST_SEASONS, MAX_LOOKBACK // season, room // season // 2)
    if seasons >= 2:
        return seasons * season, f"{seasons} seasons of {season} steps."
    if room >= season >= MAX_LOOKBACK:
        return season, "One season: longer ones cost more than they tell."
    if room >= season:
        most = min(2 * season, room, MAX_LOOKBACK)
        return most, "Up to two seasons, as far as the rows allow."
    return room, f"As much as {num_rows} rows allow."
