"""Series made up by the thousand: a prior over what tables of numbers look like.

NumPy alone, and the same from the same seed. ``make_up(rng, RHYTHMS[3], count=256, length=168)``.
"""

from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.table import KINDS
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import RHYTHMS, Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.series import (
    MadeUpSeries,
    find_shares,
    make_up,
)

__all__ = ["KINDS", "RHYTHMS", "Kind", "MadeUpSeries", "Rhythm", "find_shares", "make_up"]
