from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from lstm_core.errors import DataError, NotFoundError
from lstm_core.tasks.forecasting.pretrained import packing, weights
from lstm_core.tasks.forecasting.pretrained.packing import pack, unpack
from lstm_core.tasks.forecasting.pretrained.weights import (
    VERSIONS,
    load_version,
    read_weights,
)
from tests.tasks.forecasting.pretrained.untrained import make_untrained

MOST_BYTES = 3_000_000


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one version, 7."""
    content = pack(make_untrained(2).members, {"note": "by chance"})
    (tmp_path / "7.npz").write_bytes(content)
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    monkeypatch.setattr(weights, "VERSIONS", {"7": hashlib.sha256(content).hexdigest()})
    load_version.cache_clear()
    return tmp_path


def test_what_is_packed_is_read_again() -> None:
    given = make_untrained(2).members
    members, about = unpack(pack(given, {"note": "by chance"}))
    assert about["note"] == "by chance"
    for one, other in zip(given, members, strict=True):
        assert one.keys() == other.keys()
        for name in one:
            assert other[name].dtype == np.float32
            assert other[name] == pytest.approx(one[name], rel=1e-3, abs=1e-5)


def test_a_version_is_told_by_its_bytes(shipped: Path) -> None:
    found = load_version("7")
    assert found.version == "7"
    assert len(found.members) == 2
    assert found.sha256 == hashlib.sha256((shipped / "7.npz").read_bytes()).hexdigest()


def test_a_damaged_file_is_refused(shipped: Path) -> None:
    path = shipped / "7.npz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(DataError, match="damaged"):
        load_version("7")


def test_a_version_of_another_copy_of_the_app_is_no_riddle(shipped: Path) -> None:
    with pytest.raises(NotFoundError, match="brings 7"):
        load_version("8")


def test_weights_go_with_one_description(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.npz"
    path.write_bytes(pack(make_untrained().members, {}))
    assert read_weights(path).version == "old"
    monkeypatch.setattr(packing, "DESCRIPTION", packing.DESCRIPTION + 1)
    with pytest.raises(DataError, match="another description"):
        read_weights(path)


def test_all_that_ship_are_whole_and_small() -> None:
    sizes = [(weights.FOLDER / f"{version}.npz").stat().st_size for version in VERSIONS]
    assert sum(sizes) <= MOST_BYTES
    for version in VERSIONS:
        assert load_version(version).members
