"""All that forecasts without training, joined into one module that needs NumPy alone."""

from __future__ import annotations

import textwrap
from functools import cache

from lstm_core.export.joining import join_modules
from lstm_core.export.program import WIDTH, Program
from lstm_core.export.script import write_script
from lstm_core.export.source import read_constant

MODULE_FILE = "pretrained.py"
WEIGHTS_FILE: str = read_constant(
    "tasks/forecasting/export/pretrained/beside/weights.py", "WEIGHTS_FILE"
)

_ENTRY = "lstm_core.tasks.forecasting.pretrained.answering"
_BESIDE = "lstm_core.tasks.forecasting.export.pretrained.beside"
_INSTEAD = {
    "lstm_core.errors": f"{_BESIDE}.errors",
    "lstm_core.tasks.forecasting.pretrained.weights": f"{_BESIDE}.weights",
}

_ABOUT = (
    "The pre-trained LSTM of LSTM Studio: from what is known of series to quantiles of what comes.",
    f"Needs numpy and, beside this file, {WEIGHTS_FILE}. The network was trained on made-up series "
    "alone. To forecast twelve months from monthly values:",
)
_EXAMPLE = """\
    from pretrained import Histories, forecast

    said = forecast(Histories.of([values], seasons=[12]), 12)
    said.median, said.get_range(80)"""


@cache
def write_module() -> str:
    """Return the module: it forecasts as ``answering.forecast`` does, by the weights beside it."""
    about = "\n\n".join([*(textwrap.fill(part, WIDTH) for part in _ABOUT), _EXAMPLE])
    return write_script(Program(about, join_modules(_ENTRY, _INSTEAD)))
