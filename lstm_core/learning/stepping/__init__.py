"""Many steps in one compiled call, on each engine by its own means."""

from lstm_core.learning.stepping.pace import Pace
from lstm_core.learning.stepping.stepper import Stepper, make_stepper

__all__ = ["Pace", "Stepper", "make_stepper"]
