"""The weights that ship with the app: read, checked, told apart by version.

A version is never changed once it is out, because runs that took its forecast name it. Each is a
file of arrays without pickle; its SHA-256 stands here.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from lstm_core.errors import DataError, NotFoundError
from lstm_core.tasks.forecasting.pretrained.describing import DESCRIPTION
from lstm_core.tasks.forecasting.pretrained.network import Weights

FOLDER = Path(__file__).parent / "weights"
VERSIONS = {
    "1": "3456e0239e7e1d43585017d719af5377f1200ef811545a0b6c57143251002e80",
}
"""The SHA-256 of each version's file, oldest first."""


@dataclass(frozen=True)
class Pretrained:
    """Networks whose answers are averaged, and what is known of their training.

    Attributes:
        members: the weights of each, float32, by ``layer/part``.
        version, sha256: which they are; empty for weights that did not ship.
        about: seeds, batches, and whatever else the training wrote down.
    """

    members: tuple[Weights, ...]
    version: str = ""
    sha256: str = ""
    about: dict[str, Any] | None = None


def get_latest_version() -> str:
    """The version that new forecasts are made with."""
    return next(reversed(VERSIONS))


@lru_cache(maxsize=4)
def load_version(version: str) -> Pretrained:
    """Read weights that ship with the app.

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
    found = hashlib.sha256(content).hexdigest()
    if found != VERSIONS[version]:
        raise DataError(
            f"The weights of the pre-trained network, version {version}, are damaged.",
            "Install the app again.",
        )
    members, about = unpack(content)
    return Pretrained(members, version, found, about)


def read_weights(path: Path) -> Pretrained:
    """Read a file that a training wrote.

    Raises:
        DataError: it goes with another description of series.
    """
    content = path.read_bytes()
    members, about = unpack(content)
    return Pretrained(members, path.stem, hashlib.sha256(content).hexdigest(), about)


def pack(members: Sequence[Weights], about: dict[str, Any]) -> bytes:
    """Write weights as the bytes of an npz, in half precision: their noise is far above that."""
    arrays = {
        f"{number}/{name}": np.asarray(value, np.float16)
        for number, member in enumerate(members)
        for name, value in member.items()
    }
    note = json.dumps({"description": DESCRIPTION, **about}, sort_keys=True)
    out = io.BytesIO()
    np.savez_compressed(out, about=np.array(note), **arrays)  # type: ignore[arg-type]
    return out.getvalue()


def unpack(content: bytes) -> tuple[tuple[Weights, ...], dict[str, Any]]:
    """Read what ``pack`` wrote.

    Raises:
        DataError: they were trained on another description of series.
    """
    members: dict[str, dict[str, np.ndarray]] = {}
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        about = json.loads(str(stored["about"]))
        for name in stored.files:
            number, _, part = name.partition("/")
            if part:
                members.setdefault(number, {})[part] = stored[name].astype(np.float32)
    if about["description"] != DESCRIPTION:
        raise DataError(
            "These weights were trained on another description of series.",
            "Train them anew, or use the version of the app that they came with.",
        )
    return tuple(members.values()), about
