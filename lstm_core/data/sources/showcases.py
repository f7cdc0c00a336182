"""What a newcomer is shown: a sample on which a network is worth its training, and one where not.

Each is a sample with settings of its own. What becomes of it is looked for by a test that trains.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lstm_core.data.sources.samples import SAMPLES, Sample
from lstm_core.spec import ExperimentSpec


@dataclass(frozen=True)
class Showcase:
    """A run to be made by one press.

    Attributes:
        label: of the button.
        sentence: what it is trained on, and what to look for.
        sample_name: of the table.
        values: settings that the sample's defaults do not have.
    """

    label: str
    sentence: str
    sample_name: str
    values: Mapping[str, Any]

    @property
    def sample(self) -> Sample:
        return SAMPLES[self.sample_name]

    @property
    def spec(self) -> ExperimentSpec:
        return ExperimentSpec(data=self.sample.data).with_values(self.values)


WIN = Showcase(
    "Watch an LSTM learn",
    "On the bicycles hired in a town each day (synthetic), two weeks ahead, with what is known by "
    "then: the weather forecast and holidays. There is something to learn there.",
    "bicycle_hire",
    {},
)
LESSON = Showcase(
    "See where it does not work",
    "On weekly stock prices of six companies (real): the validation loss rises while the training "
    "loss falls, and a simple rule is as good or better.",
    "stocks",
    {"model.architecture": "vanilla"},
)
