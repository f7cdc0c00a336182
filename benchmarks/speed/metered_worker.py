"""A run's worker that also notes the most memory it has held, phase by phase.

``python -m benchmarks.speed.metered_worker REPORT RUN_ID`` is ``python -m lstm_core worker
RUN_ID``, and writes ``{"peak_bytes": ..., "phases": [[phase, peak_bytes_at_its_end], ...]}`` to
REPORT.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from lstm_core.data.series.dataset import Dataset
from lstm_core.events import Event, Listener, PhaseStarted
from lstm_core.jobs.working.execution import Result
from lstm_core.jobs.working.worker import run_worker
from lstm_core.spec import ExperimentSpec


def main() -> int:
    report, run_id = Path(sys.argv[1]), sys.argv[2]
    phases: list[tuple[str, int]] = []
    reached = "Starting"

    def experiment(
        spec: ExperimentSpec,
        dataset: Dataset,
        *,
        on_event: Listener,
        should_stop: Callable[[], bool],
        should_conclude: Callable[[], bool],
    ) -> Result:
        from lstm_core.pipeline import run_experiment

        def listen(event: Event) -> None:
            nonlocal reached
            if isinstance(event, PhaseStarted):
                phases.append((reached, read_peak_bytes()))
                reached = event.name
            on_event(event)

        return run_experiment(
            spec,
            dataset,
            on_event=listen,
            should_stop=should_stop,
            should_conclude=should_conclude,
        )

    status = run_worker(run_id, experiment=experiment)
    peak = read_peak_bytes()
    phases.append((reached, peak))
    draft = report.with_suffix(".draft")
    draft.write_text(json.dumps({"peak_bytes": peak, "phases": phases}))
    draft.replace(report)  # whoever waits for the file finds it whole
    return status


def read_peak_bytes() -> int:
    """Return the most memory that this program has held.

    The kernel's ``ru_maxrss`` would also count the process that started this one.
    """
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("this kernel does not say how much memory a process has held")


if __name__ == "__main__":
    sys.exit(main())
