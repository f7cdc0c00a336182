from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_core.errors import NotFoundError
from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.runs.database.engine import RecordError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> ArtifactFolder:
    return ArtifactFolder(tmp_path / "artifacts")


def list_files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_reads_what_was_written_and_keeps_equal_content_once(
    folder: ArtifactFolder, tmp_path: Path
) -> None:
    first, second = folder.write(b"content"), folder.write(b"content")
    assert first == second
    assert folder.read(first) == b"content"
    assert list_files(tmp_path) == [folder.path(first)]


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_write_that_fails_leaves_nothing(
    folder: ArtifactFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "artifacts").mkdir()
    good = folder.write(b"before")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(RecordError, match="disk is full"):
        folder.write(b"torn")
    assert list_files(tmp_path) == [folder.path(good)]


def test_the_folder_is_flushed_after_the_name_is_there(
    folder: ArtifactFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = []
    replace, fsync = os.replace, os.fsync

    def note_replace(source: str, target: Path) -> None:
        steps.append("replace")
        replace(source, target)

    def note_fsync(descriptor: int) -> None:
        steps.append(
            f"flush {'folder' if os.path.isdir(f'/proc/self/fd/{descriptor}') else 'file'}"
        )
        fsync(descriptor)

    folder.write(b"makes the folders")
    monkeypatch.setattr(os, "replace", note_replace)
    monkeypatch.setattr(os, "fsync", note_fsync)
    folder.write(b"content")
    assert steps[-3:] == ["flush file", "replace", "flush folder"]


@pytest.mark.parametrize("damage", [b"", b"contenT", b"content and more"])
def test_a_file_that_was_changed_is_refused(folder: ArtifactFolder, damage: bytes) -> None:
    sha256 = folder.write(b"content")
    folder.path(sha256).write_bytes(damage)
    with pytest.raises(RecordError, match="changed or damaged"):
        folder.read(sha256)


def test_writing_again_mends_a_damaged_file(folder: ArtifactFolder) -> None:
    sha256 = folder.write(b"content")
    folder.path(sha256).write_bytes(b"damaged")
    folder.write(b"content")
    assert folder.read(sha256) == b"content"


def test_a_missing_file_is_named_as_such(folder: ArtifactFolder) -> None:
    with pytest.raises(NotFoundError, match="missing"):
        folder.read("0" * 64)


def test_the_sweep_takes_what_is_old_and_spares_what_was_written_again(
    folder: ArtifactFolder,
) -> None:
    old, wanted, new = folder.write(b"old"), folder.write(b"wanted"), folder.write(b"new")
    for sha256 in (old, wanted):
        os.utime(folder.path(sha256), (1, 1))
    folder.write(b"wanted")
    assert folder.sweep(3_600) == 1
    assert not folder.path(old).exists()
    assert folder.read(wanted) == b"wanted"
    assert folder.read(new) == b"new"


def test_a_file_whose_writer_is_at_work_is_left_to_it(
    folder: ArtifactFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace
    swept = []

    def replace_after_a_sweep(source: str, target: Path) -> None:
        swept.append(folder.sweep_unfinished())
        replace(source, target)

    monkeypatch.setattr(os, "replace", replace_after_a_sweep)
    assert folder.read(folder.write(b"content")) == b"content"
    assert swept == [0]


def test_a_file_whose_writer_was_killed_is_swept_at_once(folder: ArtifactFolder) -> None:
    code = (
        "import os, sys; from pathlib import Path; from lstm_core.runs.artifacts import *; "
        "os.replace = lambda *_: os._exit(9); ArtifactFolder(Path(sys.argv[1])).write(b'content')"
    )
    subprocess.run([sys.executable, "-c", code, str(folder._root)], check=False, cwd=ROOT)
    kept = folder.write(b"other")
    (torn,) = folder._root.glob("*/incomplete-*")
    assert folder.sweep_unfinished() == 1
    assert not torn.exists()
    assert folder.list_names() == [kept]


def test_a_writer_on_another_machine_is_believed_for_a_day(folder: ArtifactFolder) -> None:
    kept = folder.write(b"content")
    torn = folder.path(kept).with_name("incomplete-0123456789ab-1-x")
    torn.write_bytes(b"con")
    assert folder.sweep_unfinished() == 0
    os.utime(torn, (1, 1))
    assert folder.sweep_unfinished() == 1
    assert folder.read(kept) == b"content"
