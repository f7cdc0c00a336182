"""The weights that ship with the app: read, checked, told apart by version.

A version is never changed once it is out, because runs that took its forecast name it. Each is a
file of arrays without pickle; its SHA-256 stands here.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from lstm_core.errors import DataError, NotFoundError
from lstm_core.tasks.forecasting.pretrained.packing import Pretrained, unpack

FOLDER = Path(__file__).parent / "weights"
VERSIONS = {
    "2": "0ea0eff5ca0792d95e16ca28791188e0acc0bd294bf6bcbc59272a0d8d18b621",
    "3": "5f39b28234a613cb3a34331050c842fa05c8c7414532d13a88e692dbc214e301",
}
"""The SHA-256 of each version's file, oldest first."""


def get_latest_version() -> str:
    """The version that new forecasts are made with."""
    return next(reversed(VERSIONS))


def read_version(version: str) -> bytes:
    """Return the file of weights that ship with the app.

    Raises:
        NotFoundError: there never was such a version, or this copy of the app is too old for it.
        DataError: the file is damaged.
    """
    if version not in VERSIONS:
        raise NotFoundError(
            f"There is no pre-trained network of version {version!r} here.",
            f"This copy of the app brings {', '.join(VERSIONS)}; a newer one may have it.",
        )
    content = (FOLDER / f"{version}.npz").read_bytes()
    if hashlib.sha256(content).hexdigest() != VERSIONS[version]:
        raise DataError(
            f"The weights of the pre-trained network, version {version}, are damaged.",
            "Install the app again.",
        )
    return content


@lru_cache(maxsize=4)
def load_version(version: str) -> Pretrained:
    """Read weights that ship with the app.

    Raises:
        NotFoundError, DataError: as ``read_version``.
    """
    members, about = unpack(read_version(version))
    return Pretrained(members, version, VERSIONS[version], about)


def read_weights(path: Path) -> Pretrained:
    """Read a file that a training wrote.

    Raises:
        DataError: it goes with another description of series.
    """
    content = path.read_bytes()
    members, about = unpack(content)
    return Pretrained(members, path.stem, hashlib.sha256(content).hexdigest(), about)
