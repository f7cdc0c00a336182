"""Races and searches of classifiers, planned."""

import numpy as np
import pytest

from lstm_core.data.items.collection import as_objects
from lstm_core.races.plan import OPEN_NAMES, plan_race
from lstm_core.searches.plan import plan_search, prepare_base
from lstm_core.spec.search import SearchSpec, Size
from lstm_core.tasks.classification.framing import frame_items
from lstm_core.tasks.registry import find_kind
from tests.tasks.classification.examples import ask_for, make_moods, make_motifs, make_waves

PLAIN = ask_for(task__num_folds=..., model__units=..., training__learning_rate=...)


@pytest.mark.parametrize("make", [make_moods, make_waves, make_motifs])
def test_all_networks_race_but_those_that_are_made_for_sequences_to_come(make: object) -> None:
    assert callable(make)
    plan = plan_race(PLAIN, make(120), OPEN_NAMES)
    assert set(plan.refused) == {"Encoder-decoder", "Pre-trained LSTM"}
    tasks = [contestant.resolved.task for contestant in plan.contestants]
    assert len({task.split for task in tasks}) == len({task.num_folds for task in tasks}) == 1


def test_each_network_is_pooled_as_suits_it() -> None:
    plan = plan_race(PLAIN, make_motifs(120), ("bidirectional", "attention"))
    poolings = {each.label: each.resolved.task.pooling for each in plan.contestants}
    assert poolings["Bidirectional LSTM"] == "each"
    assert poolings["LSTM with attention"] == "mean_max"


@pytest.mark.parametrize("size", ["small", "medium", "large"])
@pytest.mark.parametrize("make", [make_moods, make_waves, make_motifs])
def test_a_proposed_space_can_be_searched(make: object, size: Size) -> None:
    assert callable(make)
    collection = make(120)
    base, development = prepare_base(PLAIN, collection, SearchSpec())
    kind = find_kind(base)
    resolved, _ = kind.resolve(base, development)
    space = kind.propose_space(resolved, development, size)
    plan, seen = plan_search(PLAIN, collection, SearchSpec(), space)
    assert plan.settings.objective == "accuracy"
    assert set(space) <= {*kind.searchable, *space}
    winner = plan.draft
    held_out, _ = kind.resolve(winner, collection)
    framing = frame_items(held_out.task, collection)
    assert len(framing.splits) == 1, "what a search has seen is judged by no fold"
    judged = framing.facts.items.ids[framing.splits[0].test]
    assert not set(judged) & set(seen.ids)
    assert len(judged) + seen.num_items == collection.num_items


def test_a_search_sees_nothing_of_a_given_test_part() -> None:
    parts = as_objects(["train"] * 90 + ["test"] * 30)
    collection = make_moods(120, parts=parts)
    base, development = prepare_base(PLAIN, collection, SearchSpec())
    assert np.array_equal(development.ids, collection.ids[:90])
    assert base.task.split == "stratified"
    resolved, _ = find_kind(base).resolve(base, development)
    assert len(frame_items(resolved.task, development).splits[0].test) > 10
