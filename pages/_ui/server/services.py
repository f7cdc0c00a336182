"""The server's own record and its job backend: one of each for all sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from lstm_core.engines.compiled import sweep_compiled
from lstm_core.jobs.backend import JobBackend
from lstm_core.jobs.opening import start_backend
from lstm_core.jobs.sweeping import Sweeper
from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.runs.stores.store import Store
from lstm_core.settings import Settings, load_settings
from pages._ui.data.remembering import get_memory

UPLOAD_SECONDS = 7 * 86_400
LEFTOVER_SECONDS = 86_400
IDLE_SECONDS = 900
"""After which a table that nobody asks for makes room; whoever comes back has it read again."""

_BY_SETTINGS: dict[str | type[Any], Callable[[Any], Any]] = {Settings: repr}


def _close(backend: JobBackend) -> None:
    backend.close()


@st.cache_resource(show_spinner=False, hash_funcs=_BY_SETTINGS, on_release=Store.close)
def _open_store(settings: Settings) -> Store:
    return Store.open(settings)


@st.cache_resource(show_spinner=False, hash_funcs=_BY_SETTINGS, on_release=_close)
def _start_backend(settings: Settings) -> JobBackend:
    return start_backend(_open_store(settings))


@st.cache_resource(show_spinner=False, hash_funcs=_BY_SETTINGS, on_release=Sweeper.close)
def _start_sweeper(settings: Settings) -> Sweeper:
    return Sweeper(list_chores(settings)).start()


def get_store() -> Store:
    """Return the record that the environment names."""
    return _open_store(load_settings())


def get_backend() -> JobBackend:
    """Return what starts and stops runs and answers questions, for all sessions.

    The first call also goes on with what is queued.
    """
    return _start_backend(load_settings())


def close_services() -> None:
    """Let go of the backend, then of the record; running workers go on."""
    _start_sweeper.clear()
    _start_backend.clear()
    _open_store.clear()


def get_uploads() -> ArtifactFolder:
    """Return where uploaded files lie, by the SHA-256 of their content."""
    return _open_uploads(load_settings())


def keep_sweeping() -> None:
    """See to it that what nobody can speak of any more is removed, now and as time goes by.

    These are drafts that nobody came back to, uploads that no draft speaks of, what was deleted,
    and what was never finished; and of what was compiled the oldest.
    """
    _start_sweeper(load_settings())


def _open_uploads(settings: Settings) -> ArtifactFolder:
    return ArtifactFolder(settings.cache_folder / "uploads")


def list_chores(settings: Settings) -> list[Callable[[], object]]:
    """Return what there is to sweep; uploads after the drafts that speak of them."""
    uploads, store, memory = _open_uploads(settings), _open_store(settings), get_memory()
    return [
        store.drafts.sweep,
        lambda: uploads.sweep(UPLOAD_SECONDS, keep=store.drafts.list_uploads()),
        store.leftovers.sweep,
        lambda: store.leftovers.sweep_logs(LEFTOVER_SECONDS),
        lambda: memory.forget_idle(IDLE_SECONDS),
        lambda: sweep_compiled(settings.cache_folder),
    ]
