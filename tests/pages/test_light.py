"""The web process stays light, whatever it shows."""

from __future__ import annotations

import subprocess
import sys

from lstm_core.runs.stores.store import Store
from tests.pages import records
from tests.pages.visiting import APP

HEAVY = ("tensorflow", "keras", "keras_tuner", "jax", "torch", "sklearn", "statsmodels")

VISIT = f"""
import sys
from lstm_core.jobs.answering.background import BackgroundAsker
from lstm_core.runs.stores.run_queue import RunQueue
from lstm_core.runs.stores.search_queue import SearchQueue
BackgroundAsker._begin = lambda self: None
RunQueue.claim_next = lambda self, max_running: None
SearchQueue.claim_next = lambda self: None
from pages._ui.server.services import close_services, get_store
from tests.pages.tables import SALES
from tests.pages.visiting import has_button, open_app, open_page, upload

app = open_app()
app.button(key="home.watch").click().run()
for run in get_store().runs.list_newest():
    open_page("run", app, id=run.id)
    if has_button(app, "run.scramble"):
        app.button(key="run.scramble").click().run()
        assert any("were corrupted" in box.value for box in app.success)
for name in ("home", "data", "model", "race", "runs"):
    open_page(name, app)
upload(SALES, app=open_page("data", app))
for name in ("data", "model", "designer", "race", "tune"):
    open_page(name, open_page("data", sample="digits"))
app.query_params.clear()
open_page("tune", app).segmented_control(key="tune.size").set_value("large").run()
app.button(key="tune.start").click().run()
assert app.query_params["id"]
open_page("model", app).button(key="model.train").click().run()
assert not app.exception
close_services()
print("heavy:", [name for name in {HEAVY!r} if name in sys.modules])
"""


def test_no_page_loads_what_trains(store: Store) -> None:
    records.seed_every_status(store)
    visited = subprocess.run(
        [sys.executable, "-c", VISIT], cwd=APP.parent, capture_output=True, text=True, check=False
    )
    assert visited.returncode == 0, visited.stderr
    assert visited.stdout.splitlines()[-1] == "heavy: []"
