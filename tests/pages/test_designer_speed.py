"""The designer answers a change at once, in a web process that has never seen Keras."""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median

from tests.pages.test_light import HEAVY
from tests.pages.visiting import APP

MOST_SECONDS = 0.3

DRIVE = f"""
import gc, json, sys, time
from lstm_core.runs.stores.run_queue import RunQueue
RunQueue.claim_next = lambda self, max_running: None
from pages._ui.server.services import close_services
from tests.pages.visiting import get_draft, open_page

app = open_page("designer")
app.button(key="designer.begin").click().run()
app.button(key="designer.preset_season").click().run()
gc.collect(); gc.freeze()
seconds = []
for number in range(5):
    name = app.session_state["designer.desk"].selected
    started = time.perf_counter()
    app.number_input(key=f"designer.{{name}}.units").set_value(20 + number).run()
    seconds.append(time.perf_counter() - started)
    assert not app.exception, app.exception
    assert get_draft(app).spec.model.stack[-1].units == 20 + number
app.session_state["designer.tab"] = "Code"
app.run()
assert app.code
close_services()
heavy = [name for name in {HEAVY!r} if name in sys.modules]
print(json.dumps({{"seconds": seconds, "heavy": heavy}}))
"""


def test_a_change_is_answered_at_once_and_without_the_engine(studio_home: object) -> None:
    driven = subprocess.run(
        [sys.executable, "-c", DRIVE], cwd=APP.parent, capture_output=True, text=True, check=False
    )
    assert driven.returncode == 0, driven.stderr
    found = json.loads(driven.stdout.splitlines()[-1])
    assert found["heavy"] == []
    assert median(found["seconds"]) < MOST_SECONDS, found["seconds"]
