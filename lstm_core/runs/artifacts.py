"""Files named by their content: written whole or not at all, and checked when read."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Collection
from pathlib import Path

import psutil

from lstm_core.errors import NotFoundError
from lstm_core.runs.database.engine import RecordError, explain_failure
from lstm_core.runs.process import identify_host

_UNFINISHED = "incomplete-"
"""What the names of files begin with that are being written: machine and process come behind it."""

INCOMPLETE = f"{_UNFINISHED}*"
"""Matches them."""

_LONGEST_WRITE_SECONDS = 86_400
"""What is older was left behind, whoever has the writer's number by now."""


class ArtifactFolder:
    """A folder of immutable files; each one's name is the SHA-256 of its content.

    Equal content is kept once. Who refers to a file, and when it may go, is the record's
    business.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, sha256: str) -> Path:
        """Return where the file is, or would be: ``ab/abcdef...``."""
        return self._root / sha256[:2] / sha256

    def write(self, content: bytes) -> str:
        """Keep the content and return its SHA-256. Once this returns it survives a power cut.

        Raises:
            RecordError: the disk is full or the folder can't be written; nothing is left.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path(sha256)
        try:
            if not _holds(target, sha256):  # a damaged file is replaced by the good content
                _create_folder(target.parent)
                _write_whole(target, content)
            else:
                os.utime(target)  # still wanted, should somebody sweep by age
        except OSError as error:
            raise explain_failure(error) from error
        return sha256

    def restore(self, sha256: str, content: bytes) -> None:
        """Write the content again if its file has been deleted since ``write``."""
        if not self.path(sha256).exists():
            self.write(content)

    def read(self, sha256: str) -> bytes:
        """Return the content.

        Raises:
            NotFoundError: there is no such file.
            RecordError: the file is not what was written: torn, damaged or tampered with.
        """
        try:
            content = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError(
                "A file of this record is missing from the artifacts folder.",
                "Restore the folder from a backup, or run the experiment again.",
            ) from error
        except OSError as error:
            raise explain_failure(error) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise RecordError(
                "A file of this record was changed or damaged after it was written.",
                "Restore the artifacts folder from a backup, or run the experiment again.",
            )
        return content

    def delete(self, sha256: str) -> None:
        """Remove the file; one that is not there is no error."""
        try:
            self.path(sha256).unlink(missing_ok=True)
        except OSError as error:
            raise explain_failure(error) from error

    def sweep(self, max_age_seconds: float, keep: Collection[str] = ()) -> int:
        """Remove files that were last written longer ago; return how many.

        For folders whose files nobody's record refers to, or one that knows which to ``keep``.
        """
        oldest = time.time() - max_age_seconds
        old = [path for path in self._root.glob("*/*") if path.stat().st_mtime < oldest]
        swept = [path for path in old if path.name not in keep]
        for path in swept:
            path.unlink(missing_ok=True)
        return len(swept)

    def list_names(self) -> list[str]:
        """Return the SHA-256 of every file, in no order."""
        return [path.name for path in self._root.glob("*/*") if _is_hash(path.name)]

    def sweep_unfinished(self) -> int:
        """Remove what writers left behind that were killed in the middle; return how many files.

        Raises:
            RecordError: a file can't be removed.
        """
        oldest = time.time() - _LONGEST_WRITE_SECONDS
        count = 0
        for path in self._root.glob(f"*/{INCOMPLETE}"):
            try:
                if _has_living_writer(path.name) and path.stat().st_mtime >= oldest:
                    continue
                path.unlink()
            except FileNotFoundError:
                continue  # its writer came to the end just now
            except OSError as error:
                raise explain_failure(error) from error
            count += 1
        return count


def _is_hash(name: str) -> bool:
    return len(name) == 64 and not name.startswith(_UNFINISHED)


def _name_writer(pid: int) -> str:
    """Return what the names of a process's unfinished files begin with."""
    host = hashlib.sha256(identify_host().encode()).hexdigest()[:12]
    return f"{_UNFINISHED}{host}-{pid}-"


def _has_living_writer(name: str) -> bool:
    """Whether a process of its writer's number lives here; of other machines it is believed."""
    _, host, pid, *_ = [*name.split("-"), "", "", ""]
    if not pid.isdigit() or not name.startswith(_name_writer(int(pid))):
        return bool(host and pid.isdigit())
    return psutil.pid_exists(int(pid))


def _holds(path: Path, sha256: str) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _create_folder(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _flush_folder(folder.parent)


def _write_whole(target: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=_name_writer(os.getpid()))
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    """Make a new name in the folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
