"""Visit pages as a session does, and read what they show."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from streamlit.components.v2 import manifest_scanner as scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.runs.snapshots.draft import Draft
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec
from pages._ui.server.services import get_backend

APP = Path(__file__).parents[2] / "app.py"
TIMEOUT_SECONDS = 60


def _show_pages_through_the_app() -> None:
    """As on the server, pages are those that the app lists, and the app runs around each.

    A folder called ``pages`` makes ``AppTest`` run their files alone.
    """
    begin = PagesManager.__init__

    def begin_without_folder(self: PagesManager, *args: Any, **options: Any) -> None:
        begin(self, *args, **options)
        PagesManager.uses_pages_directory = False

    PagesManager.__init__ = begin_without_folder  # type: ignore[method-assign]


_show_pages_through_the_app()


def _look_for_components_once() -> None:
    """Which components are installed stays as it is.

    Each ``AppTest`` reads what all the environment's packages say of themselves, which takes longer
    than to draw a page.
    """
    scanner.scan_component_manifests = cache(scanner.scan_component_manifests)


_look_for_components_once()


def open_app() -> AppTest:
    """Begin a session, on the home page."""
    return AppTest.from_file(APP, default_timeout=TIMEOUT_SECONDS).run()


def open_page(name: str, app: AppTest | None = None, **query: str) -> AppTest:
    """Open ``pages/NAME.py``, in the session ``app`` or, as a shared link does, in a new one."""
    app = app or AppTest.from_file(APP, default_timeout=TIMEOUT_SECONDS)
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page(f"pages/{name}.py").run()
    assert not app.exception, app.exception
    return app


def upload(content: bytes, name: str = "table.csv", app: AppTest | None = None) -> AppTest:
    """Give the data page a file."""
    app = app or open_page("data")
    app.file_uploader(key="data.file").set_value((name, content, "text/csv")).run()
    assert not app.exception, app.exception
    return app


def get_draft(app: AppTest) -> Draft:
    """Return the draft that the session works on, as the record has it."""
    with Store.open(load_settings()) as store:
        return store.drafts.get(app.session_state["draft.seen"].id)


def has_draft(app: AppTest) -> bool:
    return "draft" in app.query_params


def open_again(name: str, app: AppTest) -> AppTest:
    """Open a page in a new session that knows nothing but the address of the draft."""
    return open_page(name, draft=app.query_params["draft"])


def find(app: AppTest, kind: str, name: str) -> Any:
    """Return a widget by its name, whatever its key has become as it began anew."""
    found = [each for each in app.get(kind) if str(each.key).partition("~")[0] == name]
    assert len(found) == 1, f"{len(found)} of {name}"
    return found[0]


def put_draft(app: AppTest, spec: ExperimentSpec) -> None:
    """Change the draft behind the page's back, as another tab does."""
    draft = get_draft(app)
    with Store.open(load_settings()) as store:
        store.drafts.change(draft.id, draft.spec, spec)


def upload_untrained(content: bytes, name: str = "table.csv") -> AppTest:
    """Give the data page a file, and its draft another network than the one of few rows."""
    app = upload(content, name)
    put_draft(app, get_draft(app).spec.with_values({"model.architecture": "vanilla"}))
    app.run()
    assert not app.exception, app.exception
    return app


def open_untrained(app: AppTest) -> AppTest:
    """Open the settings with another network than the one that few rows are given."""
    put_draft(app, get_draft(app).spec.with_values({"model.architecture": "vanilla"}))
    return open_page("model", app)


def has_button(app: AppTest, key: str) -> bool:
    return any(button.key == key for button in app.button)


def read_texts(app: AppTest) -> list[str]:
    """Return every text of the page that is read as Markdown, and every plain one."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "text")
    boxes = ("error", "warning", "info", "success")
    texts = [
        str(getattr(element, "value", "")) for kind in (*kinds, *boxes) for element in app.get(kind)
    ]
    return texts + [link.label for link in app.page_link]


def assert_refused(app: AppTest) -> str:
    """Check that one message says what happened and what to do; return it."""
    assert not app.exception, app.exception
    assert len(app.error) == 1, [error.value for error in app.error]
    message: str = app.error[0].value
    what, _, remedy = message.partition("\n\n")
    assert what.startswith("**"), message
    assert what.endswith("**"), message
    assert remedy, message
    assert "Traceback" not in message
    return message.replace("\\", "")


def join_questions() -> None:
    """Wait until the server's backend has nothing left to ask."""
    backend = get_backend()
    assert isinstance(backend, LocalBackend)
    backend._background.join()
