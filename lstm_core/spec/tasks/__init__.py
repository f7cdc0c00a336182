"""What is learnt from the data and how that is judged, by kind: a section each, a file each."""

from __future__ import annotations

from typing import Annotated, Any

from lstm_core.spec.kinds import ByKind
from lstm_core.spec.section import Section
from lstm_core.spec.tasks.classification import ClassificationSpec
from lstm_core.spec.tasks.forecasting import ForecastingSpec
from lstm_core.spec.tasks.language import LanguageSpec
from lstm_core.spec.tasks.tagging import TaggingSpec
from lstm_core.spec.tasks.translation import TranslationSpec

TASK_KINDS: dict[str, type[Section]] = {
    "forecasting": ForecastingSpec,
    "classification": ClassificationSpec,
    "tagging": TaggingSpec,
    "language": LanguageSpec,
    "translation": TranslationSpec,
}

TASKS = ByKind(TASK_KINDS, "forecasting")
TaskSpec = Annotated[Any, TASKS]
"""One of them; which one is known where its kind is, so no type checker can say."""
