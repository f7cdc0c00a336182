"""Where labels are uneven, another measure decides: in a run, a race, a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from lstm_core.data.items.bringing import bring
from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.searches.plan import SearchPlan, plan_search
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.spec.items import ItemsDataSpec
from lstm_core.spec.search import parse_search, parse_space
from lstm_core.tasks.registry import find_kind

SPEC = parse_spec({"data": {"kind": "items"}, "task": {"kind": "classification"}})


@dataclass(frozen=True)
class Recorded:
    """A run of which the record knows no more than its verdict."""

    verdict: dict[str, Any] | None
    id: str = "run"
    spec: ExperimentSpec = SPEC
    metrics: None = None
    baselines: None = None


def make_texts(**counts: int) -> ItemCollection:
    rows = [f"this is {label} text {n},{label}" for label in counts for n in range(counts[label])]
    content = "\n".join(["words,mood", *rows]).encode()
    found = bring(ItemsDataSpec(source="file", name="t.csv"), [GivenFile("t.csv", content)])
    collection: ItemCollection = found.collection
    return collection


def test_the_verdict_says_what_the_others_are_compared_by() -> None:
    kind = find_kind(SPEC)
    first, second, *_ = kind.order_measures([Recorded({"measure": "macro_f1"})])
    assert (first.key, second.key) == ("macro_f1", "accuracy")
    assert kind.order_measures([Recorded(None)]) == kind.order_measures([]) == kind.measures


@pytest.mark.parametrize(
    ("counts", "key"),
    [
        ({"up": 40, "down": 40}, "accuracy"),
        ({"up": 90, "down": 30}, "balanced_accuracy"),
        ({"up": 90, "down": 30, "level": 40}, "macro_f1"),
    ],
)
def test_a_search_goes_by_what_will_decide(counts: dict[str, int], key: str) -> None:
    texts = make_texts(**counts)
    space = parse_space({"model.units": [3, 4]})
    plan, development = plan_search(SPEC, texts, parse_search({}), space)
    assert (plan.settings.objective, plan.decided_by) == (key, key)
    assert SearchPlan.from_json(plan.to_json("kept")).deciding.key == key
    chosen, _ = plan_search(SPEC, texts, parse_search({"objective": "log_loss"}), space)
    assert (chosen.objective.key, chosen.deciding.key) == ("log_loss", key)
    assert development.num_items < texts.num_items
