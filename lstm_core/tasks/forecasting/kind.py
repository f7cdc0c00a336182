"""Forecasting, as everybody but the training process knows it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, cast

from lstm_core.data.series.dataset import Dataset
from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.kind import Engine


class Forecasting:
    """What comes next in series over time."""

    key = "forecasting"

    def resolve(
        self, spec: ExperimentSpec, collection: Dataset
    ) -> tuple[ExperimentSpec, dict[str, str]]:
        return resolve_spec(spec, collection)

    def read_shape(self, content: Mapping[str, Any]) -> WindowShape:
        return WindowShape(**content)

    def load_engine(self) -> Engine:
        return cast(Engine, import_module("lstm_core.tasks.forecasting.engine"))


KIND = Forecasting()
