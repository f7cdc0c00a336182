"""The server's own life, from its start to its end: services up, imports done, queue going on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from lstm_core.errors import StudioError
from lstm_core.machine import importing_much, raise_descriptor_limit
from pages._ui.server.dead_sessions import keep_dropping_dead_sessions
from pages._ui.server.services import close_services, get_backend, get_store, keep_sweeping
from pages._ui.shell.messages import show_error
from pages._ui.tasks.registry import list_modules

_log = logging.getLogger(__name__)

WARM_MODULES = (
    *list_modules(),
    *("pages._ui.settings.forms", "pages._ui.run.result_panel"),
    *("pages._ui.race.race_form", "pages._ui.race.race_panel", "pages._ui.search.form.form"),
)
"""What the first visitor should not wait for."""


@asynccontextmanager
async def keep_services(_: st.App) -> AsyncIterator[None]:
    """Start the job backend with the server, so that a queue goes on before anybody looks."""
    raise_descriptor_limit()
    # The folder called ``pages`` makes Streamlit take its files for an old-style app until the
    # first ``st.navigation``, and show a shared link without our registry after a restart.
    PagesManager.uses_pages_directory = False
    with importing_much():
        for module in WARM_MODULES:
            import_module(module)
    keep_sweeping()
    get_backend()
    get_store().leftovers.reserve.keep()
    dropping = asyncio.create_task(keep_dropping_dead_sessions())
    yield
    dropping.cancel()
    close_services()


def report_fault(fault: Exception) -> bool:
    """Say what went wrong, wherever in a page or in what a button does.

    An error for people is shown as what it is. Anything else is a defect of ours, whose traceback
    goes to the server's log.
    """
    if isinstance(fault, StudioError):
        _log.info("shown to the user: %s", fault)
        show_error(fault)
        return True
    _log.error("A page failed", exc_info=fault)
    st.error(
        "**Something went wrong on our side.**\n\nYour runs are safe. Reload the page; if it "
        "comes back, tell whoever runs this server: its log says what happened.",
        icon=":material/bug_report:",
    )
    return True
