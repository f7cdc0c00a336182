"""Uploaded files: kept once, by their content, and read again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lstm_core.data.items.reading.files import GivenFile
from lstm_core.errors import NotFoundError
from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.runs.snapshots.draft import Upload
from pages._ui.server.services import get_uploads


def keep_uploads(files: Sequence[GivenFile]) -> tuple[Upload, ...]:
    """Keep files for a draft to speak of."""
    folder = get_uploads()
    return tuple(Upload(file.name, folder.write(file.content)) for file in files)


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
