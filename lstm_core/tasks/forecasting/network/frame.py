"""What a forecasting network is built around: sizes that its building, cost and script share."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.learning.feeds.windows import EARLIER, TAUGHT, WindowShape
from lstm_core.models.plan import Plan
from lstm_core.models.recipes import plan_model
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.layers import SegmentDecoder, SequenceDecoder
from lstm_core.spec.layers.steps import Named
from lstm_core.tasks.forecasting.framing.earlier import SEASONAL
from lstm_core.tasks.forecasting.levels import LEVELS
from lstm_core.tasks.forecasting.network.categories import count_embedded

LEAST_SPREAD = 1e-3
"""Added to the spread that a window's values are divided by."""


@dataclass(frozen=True)
class NetworkFrame:
    """A network, told from its spec and the examples' sizes."""

    spec: ExperimentSpec
    shape: WindowShape
    plan: Plan

    @classmethod
    def of(cls, spec: ExperimentSpec, shape: WindowShape) -> NetworkFrame:
        """Plan the network.

        Args:
            spec: one that ``defaults.resolve_spec`` has filled in.

        Raises:
            SpecError: its layers don't go together.
        """
        num_features = count_window_features(spec, shape)
        return cls(spec, shape, plan_model(spec.model, shape.lookback, num_features))

    @property
    def is_one_by_one(self) -> bool:
        """Whether each target is predicted from its own past."""
        return _is_one_by_one(self.spec, self.shape)

    @property
    def num_channels(self) -> int:
        """Windows that one is made of: its targets, where they are predicted one by one."""
        return self.shape.num_targets if self.is_one_by_one else 1

    @property
    def num_outputs(self) -> int:
        return 1 if self.is_one_by_one else self.shape.num_targets

    @property
    def num_others(self) -> int:
        """Columns of a window beside its targets."""
        return self.shape.num_past - self.shape.num_targets

    @property
    def normalisation(self) -> str:
        return self.spec.task.window_normalisation or "last_value"

    @property
    def reading(self) -> str:
        """Which of the table's covariates are read."""
        return self.spec.task.covariates or "all"

    @property
    def calendar_reading(self) -> str:
        """What is read of the calendar beside what was asked for."""
        return self.spec.task.calendar_read or "none"

    @property
    def has_scale(self) -> bool:
        """Whether a window's spread is taken from it as well."""
        return self.normalisation in ("mean_std", *SEASONAL)

    @property
    def num_levels(self) -> int:
        """Widths that are learnt of each prediction; 0 without a quantile head."""
        return 2 * len(LEVELS) if self.spec.task.ranges == "quantile" else 0

    @property
    def has_ranges(self) -> bool:
        return self.num_levels > 0

    @property
    def is_taught(self) -> bool:
        return isinstance(self.plan.decoder, SequenceDecoder)

    @property
    def names_series(self) -> bool:
        """Whether the network is told which series a window is of."""
        return isinstance(self.plan.decoder, SegmentDecoder) and self.shape.num_series > 1

    @property
    def num_identities(self) -> int:
        """Series and channels that a decoder tells apart; 0 where there is only one."""
        if not (self.is_one_by_one or self.shape.num_series > 1):
            return 0
        return self.shape.num_series * self.num_channels

    @property
    def lookback(self) -> Named:
        return Named(self.shape.lookback, "LOOKBACK")

    @property
    def horizon(self) -> Named:
        """Steps that are predicted at once."""
        is_single = self.spec.task.strategy == "recursive"
        return Named(self.shape.horizon, "1" if is_single else "HORIZON")

    @property
    def read_ahead(self) -> str:
        """The name of what is known ahead, once covariates have been hidden."""
        hides = self.shape.covariates_ahead and self.reading == "none"
        return "ahead" if hides else "future"

    @property
    def told_ahead(self) -> str:
        """The same, once the calendar has been hidden."""
        hides = self.shape.calendar and self.calendar_reading == "none"
        return "ahead" if hides else self.read_ahead

    @property
    def future(self) -> str:
        """The name of what is known ahead, once its categories have been looked up."""
        return "ahead" if self.shape.categories_ahead else self.told_ahead

    @property
    def known(self) -> str | None:
        """The name of what is known ahead, for each window that is read; none if nothing is."""
        if self.shape.has_earlier:
            return "known_ahead" if self.shape.num_future else "told"
        if not self.shape.num_future:
            return None
        return "future_of_each" if self.is_one_by_one else self.future

    @property
    def num_known(self) -> int:
        """Columns of what is known ahead, once its categories have been looked up."""
        told = 2 * self.num_outputs if self.shape.has_earlier else 0
        return count_embedded(self.shape.num_future, self.shape.categories_ahead) + told

    @property
    def decoder_title(self) -> str:
        title = self.plan.decoder.title
        return f"Decoder: {title[0].lower()}{title[1:]}"

    @property
    def inputs(self) -> list[str]:
        """The names of the inputs that it needs, in order."""
        inputs = ["past"]
        inputs += ["future"] if self.shape.num_future else []
        inputs += [EARLIER] if self.shape.has_earlier else []
        inputs += ["series"] if self.names_series else []
        return inputs + ([TAUGHT] if self.is_taught else [])


def count_window_features(spec: ExperimentSpec, shape: WindowShape) -> int:
    """Return how many columns of a window the encoder is given."""
    num_targets = 1 if _is_one_by_one(spec, shape) else shape.num_targets
    num_past = count_embedded(shape.num_past, shape.categories)
    return num_past - shape.num_targets + num_targets


def _is_one_by_one(spec: ExperimentSpec, shape: WindowShape) -> bool:
    return not spec.model.mixing and shape.num_targets > 1
