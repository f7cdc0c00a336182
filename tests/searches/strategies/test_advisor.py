"""Asked and told: the strategies keep what they promise, and one that replays is as good as new."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from lstm_core.errors import SpecError
from lstm_core.runs.database.engine import RecordError
from lstm_core.searches.space.points import list_points, make_grid
from lstm_core.searches.space.settings import apply_values
from lstm_core.searches.strategies.advisor import (
    EXHAUSTED,
    WAITING,
    Advisor,
    Asked,
    Nothing,
    Suggestion,
    Told,
)
from lstm_core.searches.strategies.strategy import choose_bracket, list_rounds
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.search import SearchSpec, Space, Strategy, parse_space
from tests.searches.spaces import FINITE, MIXED, keep_active

STRATEGIES: tuple[Strategy, ...] = ("random", "grid", "bayesian", "hyperband")
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated, :DeprecationWarning:keras_tuner")

MAX_EPOCHS = 9
Event = Asked | Told


def make_advisor(
    strategy: Strategy, space: Space = MIXED, *, larger_is_better: bool = False, **options: Any
) -> Advisor:
    settings = SearchSpec(strategy=strategy, **{"num_trials": 30, **options})
    return Advisor(space, settings, max_epochs=MAX_EPOCHS, larger_is_better=larger_is_better)


def measure(values: Mapping[str, Any]) -> float:
    """Something to minimise: small rates, segments, and dropout near 0.2."""
    return (
        abs(values["model.dropout"] - 0.2)
        + 10 * values.get("training.learning_rate", 0.0)
        + (0.0 if values["model.architecture"] == "segment" else 0.5)
        + 1.0 / values.get("training.epochs", MAX_EPOCHS)
    )


def live(
    advisor: Advisor,
    num_trials: int,
    *,
    num_slots: int = 1,
    seed: int = 0,
    score: Callable[[Mapping[str, Any]], float | None] = measure,
) -> tuple[list[Event], list[Suggestion], Nothing | None]:
    """Run a search whose trials end in any order.

    Returns:
        The events, the suggestions, and why there were no more.
    """
    generator = random.Random(seed)
    events: list[Event] = []
    suggestions: list[Suggestion] = []
    running: list[tuple[int, float | None]] = []
    end: Nothing | None = None
    while end is None or running:
        while end is None and len(running) < num_slots:
            number = len(suggestions) + 1
            answer = WAITING if number > num_trials else advisor.ask(number)
            if number > num_trials or (answer is WAITING and not running):
                end = WAITING
            elif isinstance(answer, Suggestion):
                raw = json.loads(json.dumps(answer.raw))
                events.append(Asked(number, raw))
                suggestions.append(answer)
                running.append((number, score(answer.values)))
            elif answer is EXHAUSTED:
                end = EXHAUSTED
            else:
                break
        if running:
            number, found = running.pop(generator.randrange(len(running)))
            advisor.tell(number, found)
            events.append(Told(number, found))
    return events, suggestions, end


def fail_sometimes(values: Mapping[str, Any]) -> float | None:
    return None if round(values["model.dropout"] * 10) == 4 else measure(values)


@pytest.mark.parametrize("num_slots", [1, 3])
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_one_that_replays_asks_what_the_living_one_asked(strategy: Strategy, num_slots: int):
    events, suggestions, _ = live(
        make_advisor(strategy), 22, num_slots=num_slots, score=fail_sometimes
    )
    assert len(suggestions) == 22
    for index, event in enumerate(events):
        if isinstance(event, Asked):
            other = make_advisor(strategy)
            other.replay(events[:index])
            assert other.ask(event.number) == suggestions[event.number - 1]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_question_without_an_answer_leaves_no_trace(strategy: Strategy):
    space = parse_space({"model.units": [8, 16, 32], "model.dropout": [0.0, 0.1, 0.2]})
    impatient = make_advisor(strategy, space)
    events: list[Event] = []
    while isinstance(answer := impatient.ask(len(events) + 1), Suggestion):
        events.append(Asked(len(events) + 1, answer.raw))
    assert len(events) == 9
    assert {impatient.ask(10) for _ in range(5)} == {answer}
    patient = make_advisor(strategy, space)
    patient.replay(events)
    for number in range(1, 8):
        for advisor in (impatient, patient):
            advisor.tell(number, float(number % 5))
    assert impatient.ask(10) == patient.ask(10)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_same_seed_asks_the_same_and_another_something_else(strategy: Strategy):
    runs = [live(make_advisor(strategy, seed=seed), 8)[1] for seed in (0, 0, 1)]
    assert runs[0] == runs[1]
    assert (runs[0] == runs[2]) == (strategy == "grid")


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_trials_added_later_change_nothing_before_them(strategy: Strategy):
    short, long = (live(make_advisor(strategy), count, num_slots=2) for count in (9, 15))
    assert long[1][:9] == short[1]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_suggestions_are_points_of_the_space_that_a_spec_takes(strategy: Strategy):
    _, suggestions, _ = live(make_advisor(strategy), 22)
    for suggestion in suggestions:
        values = dict(suggestion.values)
        if strategy == "hyperband":
            assert 1 <= values.pop("training.epochs") <= MAX_EPOCHS
        assert keep_active(MIXED, values) == values
        assert values["training.loss"] == "mae"
        assert ("model.layers" in values) == (values["model.architecture"] == "stacked")
        spec = apply_values(ExperimentSpec(), suggestion.values)
        assert spec.model.dropout == values["model.dropout"]
    assert len({json.dumps(each.values) for each in suggestions}) == 22


@pytest.mark.parametrize("num_slots", [1, 3])
@pytest.mark.parametrize("strategy", ["random", "grid", "bayesian"])
def test_every_point_of_a_small_space_is_tried_once(strategy: Strategy, num_slots: int):
    _, suggestions, end = live(make_advisor(strategy, FINITE), 99, num_slots=num_slots)
    tried = Counter(json.dumps(each.values) for each in suggestions)
    assert tried == Counter(json.dumps(point) for point in list_points(FINITE))
    assert end is EXHAUSTED


def test_a_grid_goes_on_while_trials_run():
    advisor = make_advisor("grid", FINITE)
    asked = [advisor.ask(number) for number in range(1, 13)]
    assert all(isinstance(each, Suggestion) for each in asked)
    assert advisor.ask(13) is WAITING


def test_a_grid_has_samples_of_ranges():
    space = parse_space({"training.learning_rate": {"kind": "float", "low": 0, "high": 9}})
    _, suggestions, _ = live(make_advisor("grid", space), 99, score=lambda values: 0.0)
    assert [each.values["training.learning_rate"] for each in suggestions] == list(range(10))
    assert make_grid(space) != space


def test_hyperband_goes_on_with_the_best_and_trains_them_longer():
    _, suggestions, _ = live(make_advisor("hyperband"), 30)
    rounds = list_rounds(choose_bracket(30, MAX_EPOCHS), MAX_EPOCHS)
    assert rounds == [(9, 1), (3, 3), (1, 9)]
    first = [each.values for each in suggestions[:13]]
    assert [values["training.epochs"] for values in first] == [1] * 9 + [3] * 3 + [9]

    def forget_epochs(values: Mapping[str, Any]) -> str:
        return json.dumps({**values, "training.epochs": 0})

    best = sorted(first[:9], key=measure)[:3]
    assert {forget_epochs(each) for each in first[9:12]} == {forget_epochs(each) for each in best}
    assert forget_epochs(first[12]) == forget_epochs(best[0])


def test_hyperband_goes_on_where_trials_fail():
    numbers = iter(range(99))
    _, suggestions, _ = live(
        make_advisor("hyperband"),
        13,
        score=lambda values: measure(values) if next(numbers) in (2, 5) else None,
    )
    longer = [each.values["training.epochs"] for each in suggestions[9:]]
    assert longer == [3, 3, 3, 9]
    scored = [json.dumps(suggestions[number].values["training.learning_rate"]) for number in (2, 5)]
    promoted = [json.dumps(each.values["training.learning_rate"]) for each in suggestions[9:11]]
    assert set(promoted) == set(scored)


def test_trials_side_by_side_look_in_different_places():
    share = {"kind": "float", "low": 0, "high": 1}
    advisor = make_advisor("bayesian", parse_space({"model.dropout": share, "model.l1": share}))
    places = []
    for number in range(1, 13):
        answer = advisor.ask(number)
        assert isinstance(answer, Suggestion)
        x, y = answer.values["model.dropout"], answer.values["model.l1"]
        places.append((x, y))
        if number <= 8:
            advisor.tell(number, (x - 0.3) ** 2 + (y - 0.6) ** 2 + math.sin(9 * y) / 3)
    running = places[8:]
    assert max(math.dist(*pair) for pair in combinations(running, 2)) > 0.05


def test_what_fails_is_kept_away_from():
    def fail_in_one_half(values: Mapping[str, Any]) -> float | None:
        return None if values["model.dropout"] > 0.25 else measure(values)

    _, suggestions, _ = live(make_advisor("bayesian"), 24, score=fail_in_one_half)
    failed = [each.values["model.dropout"] > 0.25 for each in suggestions]
    assert sum(failed[12:]) <= 3


@pytest.mark.parametrize("score", [float("nan"), float("inf"), None])
def test_a_score_that_is_no_number_is_none(score: float | None):
    advisor = make_advisor("bayesian")
    for number in range(1, 12):
        assert isinstance(advisor.ask(number), Suggestion)
        advisor.tell(number, score if number % 2 else 1.0 * number)
    assert isinstance(advisor.ask(12), Suggestion)


def test_the_largest_is_best_where_larger_is_better():
    advisor = make_advisor("hyperband", larger_is_better=True)
    asked = {}
    for number in range(1, 10):
        answer = advisor.ask(number)
        assert isinstance(answer, Suggestion)
        asked[number] = answer.values["training.learning_rate"]
        advisor.tell(number, float(number))
    longer = advisor.ask(10)
    assert isinstance(longer, Suggestion)
    assert longer.values["training.learning_rate"] == asked[9]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_record_that_does_not_fit_is_refused(strategy: Strategy):
    events, _, _ = live(make_advisor(strategy), 6)
    asked = events[0]
    assert isinstance(asked, Asked)
    for changed in (
        Asked(1, {**asked.raw, "model.units": 17 if strategy == "grid" else 1_000}),
        Asked(1, {key: raw for key, raw in asked.raw.items() if key != "model.units"}),
        Asked(1, {**asked.raw, "model.unheard": 1}),
        Asked(1, {**asked.raw, "training.clip_norm": "2.0"}),
    ):
        with pytest.raises(RecordError, match=r"Trial 1 .* start another search"):
            make_advisor(strategy).replay([changed])
    for wrong in ([Told(1, 0.5)], [asked, asked], [asked, Told(1, 0.5), Told(1, 0.5)]):
        with pytest.raises(RecordError):
            make_advisor(strategy).replay(wrong)


@pytest.mark.parametrize(
    ("space", "options", "words"),
    [
        ({"model.units": [1, 2, 3]}, {"strategy": "hyperband"}, "9 different points, .* has 3"),
        (
            {"training.epochs": [3, 5], "model.units": {"kind": "int", "low": 1, "high": 99}},
            {"strategy": "hyperband"},
            "how many epochs",
        ),
        ({"model.units": {"kind": "int", "low": 1, "high": 2000}}, {"strategy": "grid"}, "step"),
    ],
)
def test_a_strategy_says_what_it_cannot_search(
    space: dict[str, Any], options: dict[str, Any], words: str
):
    with pytest.raises(SpecError, match=words):
        make_advisor(space=parse_space(space), **options)


def test_an_advisor_that_failed_is_not_asked_again(monkeypatch: pytest.MonkeyPatch):
    advisor = make_advisor("random")
    advisor.ask(1)

    def fail(*arguments: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(advisor._oracle, "end_trial", fail)
    with pytest.raises(ArithmeticError):
        advisor.tell(1, 1.0)
    with pytest.raises(RuntimeError, match="failed before"):
        advisor.ask(2)


def test_nothing_is_written_and_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    for strategy in STRATEGIES:
        live(make_advisor(strategy), 12, score=fail_sometimes)
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")
