"""What a search would be, worked out once for all reruns of the page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lstm_core.jobs.questions.time_batches import TimeBatches
from lstm_core.jobs.search_time import ask_for_timings
from lstm_core.searches.plan import SearchPlan, plan_search
from lstm_core.spec.search import SearchSpec, Space, space_to_json
from lstm_core.tasks.kind import PartSizes
from lstm_core.tasks.registry import find_kind
from pages._ui.search.space.desk import SpaceDesk, name_draft


@dataclass(frozen=True)
class Prospect:
    """A search that could be started.

    Attributes:
        plan, development: what ``plan_search`` found.
        question: whose answer says how long it takes.
        parts: of the development data; their test part is what trials are scored on.
        num_test: rows of the whole data's test part.
    """

    plan: SearchPlan
    development: Any
    question: TimeBatches
    parts: PartSizes
    num_test: int

    @property
    def num_folds(self) -> int:
        return find_kind(self.plan.base).count_folds(self.plan.base)


def plan_draft(desk: SpaceDesk, settings: SearchSpec, space: Space) -> Prospect:
    """Return what a search would be; not to be changed.

    Raises:
        SpecError: space and settings can't be searched with.
        DataError: the data are too few, or a point of the space does not suit them.
    """
    written = json.dumps(space_to_json(space))
    return _plan(name_draft(desk.draft), settings.model_dump_json(), written, desk, settings, space)


@st.cache_resource(max_entries=4, show_spinner=False)
def _plan(
    draft_name: str,
    settings_json: str,
    space_json: str,
    _desk: SpaceDesk,
    _settings: SearchSpec,
    _space: Space,
) -> Prospect:
    outlook = _desk.outlook
    plan, development = plan_search(outlook.spec, outlook.collection, _settings, _space)
    kind = find_kind(plan.base)
    base, _ = kind.resolve(plan.base, development)
    return Prospect(
        plan,
        development,
        ask_for_timings(plan, development),
        kind.measure_parts(base, development),
        kind.measure_parts(_desk.resolved, outlook.collection).num_test,
    )
