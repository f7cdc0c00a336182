"""What a script has to tell: a resolved spec, its dataset, and what follows from the two."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import SpecError
from lstm_core.export.source import read_constant
from lstm_core.learning.feeds.feed import MAX_VALIDATION_PLACES
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.export.data_file import ColumnNames, has_rows_ahead, name_columns
from lstm_core.tasks.forecasting.framing.calendar import count_columns
from lstm_core.tasks.forecasting.framing.cutting import cut_series
from lstm_core.tasks.forecasting.framing.examples import shape_examples, use_known_future
from lstm_core.tasks.forecasting.framing.inputs.adding import add_inputs
from lstm_core.tasks.forecasting.network.frame import NetworkFrame

_LEAST_SHARE: float = read_constant("tasks/forecasting/framing/scaling.py", "_LEAST_SHARE")


@dataclass(frozen=True)
class Story:
    """Everything that decides which lines a script needs.

    Attributes:
        dataset: with all its inputs, as ``add_inputs`` leaves it.
        names: of the columns in the file beside the script.
        has_rows_ahead: rows after the last target are in that file.
        frame: the network.
    """

    spec: ExperimentSpec
    dataset: Dataset
    names: ColumnNames
    has_rows_ahead: bool
    frame: NetworkFrame

    @classmethod
    def of(cls, spec: ExperimentSpec, dataset: Dataset) -> Story:
        """Take a spec that ``defaults.resolve_spec`` has filled in for this dataset.

        Raises:
            SpecError: layers don't go together, or training is stateful.
            DataError: no series is long enough.
        """
        if spec.training.stateful:
            raise SpecError(
                "There is no script for stateful training: the order of its windows and its "
                "warmed-up predictions are the studio's own.",
                "Switch stateful training off to see the script.",
            )
        usable = use_known_future(dataset, spec)
        frame = NetworkFrame.of(spec, shape_examples(usable, spec))
        full = add_inputs(usable, spec)
        return cls(spec, full, name_columns(full), has_rows_ahead(spec, full), frame)

    @property
    def num_targets(self) -> int:
        return self.frame.shape.num_targets

    @property
    def num_future(self) -> int:
        """Columns that are known ahead of time, the calendar's among them."""
        return self.frame.shape.num_future

    @property
    def num_known(self) -> int:
        """Those of them that stand in the file."""
        return self.num_future - count_columns(self.spec)

    @property
    def tells_earlier(self) -> bool:
        """Whether the network is told of the same time in earlier seasons."""
        return self.frame.shape.has_earlier and not self.comes_trained

    @property
    def has_series(self) -> bool:
        """Whether a column tells series apart, even if one is left."""
        return self.names.series is not None

    @property
    def has_gaps(self) -> bool:
        """Whether values were filled that must not count."""
        return bool(self.names.observed)

    @property
    def num_folds(self) -> int | None:
        """How often the run trained anew; None: once for all."""
        return (self.spec.task.num_folds or 1) if self.spec.task.refit else None

    @property
    def is_recursive(self) -> bool:
        return self.spec.task.strategy == "recursive"

    @property
    def comes_trained(self) -> bool:
        """Whether the network brings its weights; such a one reads targets alone."""
        return self.spec.model.comes_trained

    @property
    def is_penalised(self) -> bool:
        return any(place.layer.is_penalised for place in self.frame.plan.places)

    @property
    def watches_point(self) -> bool:
        """Whether the loss of the point, which chooses the epoch, is a part of the whole loss."""
        return self.frame.has_ranges or self.is_penalised

    @property
    def limits_outliers(self) -> bool:
        return self.spec.task.outliers != "none"

    @cached_property
    def transform(self) -> str:
        """``none``, ``log`` of values that are all well above zero, or ``power`` in general."""
        if self.spec.task.transform in (None, "none"):
            return "none"
        targets = self.dataset.frame.to_numpy()[:, : self.num_targets]
        lowest, highest = targets.min(axis=0), targets.max(axis=0)
        # Above this, no value is cut off, wherever the training part lies.
        is_clear = bool((lowest > _LEAST_SHARE * np.abs(highest)).all())
        is_clear &= not self.limits_outliers  # they are drawn in before
        is_clear &= not self.comes_trained  # it is asked in the units of the data
        return "log" if self.spec.task.transform == "log" and is_clear else "power"

    @cached_property
    def has_floor(self) -> bool:
        """Whether a run may hold predictions of a target to zero or above.

        A logarithm does so by itself, and what bends counts does.
        """
        kind = self.spec.task.floor
        if self.transform == "log" or kind == "none":
            return False
        if kind != "counts":
            return kind == "zero" or self._may_keep_above_zero
        if self.transform != "none":
            return False
        first_fold = None if self.num_folds is None else 0
        for _, rows in self.dataset.iterate_series():
            end = cut_series(rows.stop - rows.start, self.spec, first_fold).train_end
            values = self.dataset.frame.to_numpy()[rows, : self.num_targets]
            filled = ~self.dataset.observed[rows]
            first, filled_first = values[:end], filled[:end]
            may_count = (filled_first | (first % 1 == 0)).all(axis=0)
            may_count |= (~filled & (values == 0)).any(axis=0)
            if ((filled_first | (first >= 0)).all(axis=0) & may_count).any():
                return True
        return False

    @property
    def _may_keep_above_zero(self) -> bool:
        """Whether a target has a training part without a value below zero, in any series."""
        first_fold = None if self.num_folds is None else 0
        values = self.dataset.frame.to_numpy()[:, : self.num_targets]
        for _, rows in self.dataset.iterate_series():
            end = cut_series(rows.stop - rows.start, self.spec, first_fold).train_end
            first, seen = values[rows][:end], self.dataset.observed[rows][:end]
            if ((first >= 0) | ~seen).all(axis=0).any():
                return True
        return False

    @cached_property
    def thins_validation(self) -> bool:
        """Whether there may be more validation windows than a run looks at."""
        _, horizon = self.spec.task.sizes
        count = 0
        for _, rows in self.dataset.iterate_series():
            cuts = cut_series(rows.stop - rows.start, self.spec)
            count += max(0, cuts.validation_end - cuts.validation_start + 1 - horizon)
        return count > MAX_VALIDATION_PLACES
