"""All kinds, in the order of their numbers: data that a training may vary."""

from __future__ import annotations

from lstm_core.tasks.forecasting.pretrained.made_up.kinds.bounded import BOUNDED
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.counts import COUNTS
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.cycle import CYCLE
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.drift import DRIFT
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.growth import GROWTH
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.intermittent import INTERMITTENT
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.lives import LIVES
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.machines import MACHINES
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.nature import NATURE
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.regimes import REGIMES
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.returns import RETURNS
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.reverting import REVERTING
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.smooth import SMOOTH
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.steps import STEPS
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.structural import STRUCTURAL
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.sun import SUN
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.totals import TOTALS
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.trade import TRADE
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.walk import WALK
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.weekdays import WEEKDAYS
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.workdays import WORKDAYS

KINDS: tuple[Kind, ...] = (
    STRUCTURAL,
    GROWTH,
    DRIFT,
    SMOOTH,
    CYCLE,
    REVERTING,
    NATURE,
    TRADE,
    WEEKDAYS,
    WORKDAYS,
    SUN,
    COUNTS,
    INTERMITTENT,
    WALK,
    RETURNS,
    REGIMES,
    STEPS,
    LIVES,
    BOUNDED,
    TOTALS,
    MACHINES,
)
