"""What the script of a pre-trained network has to tell, beside what every script tells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.export.story import Story
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from lstm_core.tasks.forecasting.pretrained.tuning.feed import DescribedFeed, describe_framing


@dataclass(frozen=True)
class Outlook:
    """Which of a run's networks are at hand, and what they are told of seasons."""

    story: Story

    @classmethod
    def of(cls, spec: ExperimentSpec, dataset: Dataset) -> Outlook:
        """Take what ``Story.of`` takes.

        Raises:
            SpecError, DataError: as ``Story.of``.
        """
        return cls(Story.of(spec, dataset))

    @property
    def is_tuned(self) -> bool:
        """Whether the run's networks are not those that ship."""
        return self.story.spec.training.epochs != 0

    @property
    def repeats(self) -> bool:
        """Whether every fold can be predicted, one after another: all by the same networks."""
        return self.story.num_folds is not None and not self.is_tuned

    @property
    def fold(self) -> int | None:
        """Of networks that were trained anew for each fold, the last one's are at hand."""
        return None if self.story.num_folds is None else self.story.num_folds - 1

    @property
    def has_lowest(self) -> bool:
        """Whether predictions may be held above something."""
        return self.story.has_floor or self.story.transform == "power"

    @cached_property
    def seasons(self) -> list[tuple[int, ...]]:
        """In steps, as all rows before each fold that is predicted show them."""
        folds = range(self.story.num_folds or 1) if self.repeats else [self.fold]
        return [self._frame(fold).test_seasons for fold in folds]

    @cached_property
    def latest_seasons(self) -> tuple[int, ...]:
        """As all rows show them."""
        return self._frame(self.fold).latest_seasons

    def _frame(self, fold: int | None) -> DescribedFeed:
        framing = frame_dataset(self.story.dataset, self.story.spec, fold)
        examples = describe_framing(framing, self.story.dataset).examples
        assert isinstance(examples, DescribedFeed)
        return examples
