from __future__ import annotations

import subprocess
import sys

LIGHT = (
    "baselines.words",
    "doctor.settings",
    "judging.answers",
    "judging.calibration",
    "judging.measures",
    "judging.tables.breakdowns",
    "judging.tables.confusions",
    "judging.tables.curves",
    "judging.tables.predictions",
    "judging.tables.thresholds",
    "judging.verdict",
    "judging.verdict_words",
)


def test_what_pages_read_loads_nothing_that_trains() -> None:
    program = "import importlib, sys\n"
    for name in LIGHT:
        program += f"importlib.import_module('lstm_core.tasks.classification.{name}')\n"
    program += (
        "print([name for name in ('sklearn', 'keras', 'statsmodels') if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=100
    )
    assert found.stdout.strip() == "[]"
