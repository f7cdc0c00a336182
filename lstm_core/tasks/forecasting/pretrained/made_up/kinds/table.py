"""All kinds, in the order of their numbers: data that a training may vary."""

from __future__ import annotations

from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.structural import STRUCTURAL
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.walk import WALK
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.workdays import WORKDAYS

KINDS: tuple[Kind, ...] = (STRUCTURAL, WALK, WORKDAYS)
