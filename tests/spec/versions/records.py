"""Records as older versions left them, laid out so that this one can open them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

VERSION_1 = Path(__file__).parent / "v1"


def lay_out(version: Path, home: Path) -> dict[str, str]:
    """Make the home of a studio; return the ids of what is looked at in it."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copytree(version / "artifacts", home / "artifacts", dirs_exist_ok=True)
    with closing(sqlite3.connect(home / "record.sqlite")) as connection:
        connection.executescript((version / "record.sql").read_text())
    return read(version, "facts.json")


def read(version: Path, name: str) -> Any:
    return json.loads((version / name).read_text())
