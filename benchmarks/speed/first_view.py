"""The first view of the home page, on the server's side."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from benchmarks.harness import spread, temporary_home

NUM_VIEWS = 5

_VIEW = """
import time, sys, json
started = time.time()
from streamlit.testing.v1 import AppTest
import pages._ui.server.lifecycle as server
for module in server.WARM_MODULES:
    server.import_module(module)
server.get_backend()
ready = time.time()
test = AppTest.from_file("app.py", default_timeout=30).run()
done = time.time()
assert not test.exception, test.exception
heavy = sorted({"tensorflow", "keras", "statsmodels"} & set(sys.modules))
print(json.dumps({"start": ready - started, "view": done - ready, "heavy": heavy}))
server.close_services()
"""


def main() -> None:
    """Start fresh servers' worth of imports; print their seconds and those of the first view."""
    starts: list[float] = []
    views: list[float] = []
    heavy: set[str] = set()
    for _ in range(NUM_VIEWS):
        with temporary_home() as settings:
            environment = {**os.environ, "LSTM_STUDIO_HOME": str(settings.home)}
            finished = subprocess.run(
                [sys.executable, "-c", _VIEW],
                capture_output=True,
                text=True,
                check=True,
                env=environment,
            )
            report = json.loads(finished.stdout.splitlines()[-1])
            starts.append(report["start"])
            views.append(report["view"])
            heavy.update(report["heavy"])
    print(
        json.dumps(
            {
                "benchmark": "first_view",
                "server_start_seconds": spread(starts),
                "first_view_seconds": spread(views),
                "heavy_modules_loaded": sorted(heavy),
            }
        ),
        flush=True,
    )


if __name__ == "__main__":
    main()
