"""Uploaded files: kept once, by their content, and read again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.errors import NotFoundError
from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.runs.snapshots.draft import Upload
from lstm_core.spec import name_file
from pages._ui.server.services import get_uploads

_KEPT = "uploads.kept"
"""In the session's state: by Streamlit's ids of files, where their contents lie."""


def take_files(key: str, given: Sequence[UploadedFile]) -> tuple[Upload, ...]:
    """Keep what is in a browser's field on disk, and let go of it in memory.

    Streamlit would hold each file, and a copy, for as long as the session lasts. Here empty ones
    take their place: the field still shows their names, and what they held is read from disk.

    Args:
        key: of the field.
        given: what the field gives: files that were kept before among them.
    """
    kept: dict[str, Upload] = st.session_state.setdefault(_KEPT, {})
    for file in given:
        if file.file_id not in kept:
            sha256 = get_uploads().write(file.getvalue())
            kept[file.file_id] = Upload(name_file(file.name), sha256)
            _empty(file)
            _forget_content(file)
    for file in st.session_state.get(key) or []:
        if isinstance(file, UploadedFile):  # what a field gives is a copy of these
            _empty(file)
    return tuple(kept[file.file_id] for file in given)


def _empty(file: UploadedFile) -> None:
    file.seek(0)
    file.truncate()


def _forget_content(file: UploadedFile) -> None:
    """Put an empty file into the place of one in the server's memory."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        empty = UploadedFileRec(file.file_id, file.name, file.type, b"")
        context.uploaded_file_mgr.add_file(context.session_id, empty)


def read_uploads(uploads: Sequence[Upload], cache_folder: str) -> list[GivenFile]:
    """Read what was kept.

    Raises:
        NotFoundError: a file was swept.
    """
    folder = ArtifactFolder(Path(cache_folder) / "uploads")
    try:
        return [GivenFile(each.name, folder.read(each.sha256)) for each in uploads]
    except NotFoundError as error:
        names = ", ".join(f'"{each.name}"' for each in uploads[:3])
        raise NotFoundError(
            f"The {'file' if len(uploads) == 1 else 'files'} {names} "
            f"{'was' if len(uploads) == 1 else 'were'} not kept.",
            "Upload it once more: what you have chosen for it is still there."
            if len(uploads) == 1
            else "Upload them once more: what you have chosen for them is still there.",
        ) from error
