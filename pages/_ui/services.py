"""The server's own record and its job backend: one of each for all sessions."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lstm_core.jobs.local import LocalBackend
from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.runs.store import Store
from lstm_core.settings import Settings, load_settings


@st.cache_resource(show_spinner=False, on_release=Store.close)
def _open_store(home: str, database_url: str, max_running: int) -> Store:
    return Store.open(Settings(Path(home), database_url, max_running))


@st.cache_resource(show_spinner=False, on_release=LocalBackend.close)
def _start_backend(home: str, database_url: str, max_running: int) -> LocalBackend:
    return LocalBackend(_open_store(home, database_url, max_running)).start()


def get_store() -> Store:
    """Return the record that the environment names."""
    settings = load_settings()
    return _open_store(str(settings.home), settings.database_url, settings.max_running)


def get_backend() -> LocalBackend:
    """Return what starts and stops runs; the first call also goes on with what is queued."""
    settings = load_settings()
    return _start_backend(str(settings.home), settings.database_url, settings.max_running)


def close_services() -> None:
    """Let go of the backend, then of the record; running workers go on."""
    _start_backend.clear()
    _open_store.clear()


def get_uploads() -> ArtifactFolder:
    """Return where uploaded files lie, by the SHA-256 of their content."""
    return ArtifactFolder(load_settings().cache_folder / "uploads")
