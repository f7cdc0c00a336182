"""Where things lie on this machine, read from the environment once for each process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL

from lstm_core.errors import SpecError
from lstm_core.machine import count_cores

AUTO = "auto"
ENGINES = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
"""What Keras can train on: its word for each, and what it calls itself."""


@dataclass(frozen=True)
class Settings:
    """What the machine decides, as opposed to the experiment.

    ``home`` holds the record, the artifacts and the workers' logs; ``database_url`` is a
    SQLAlchemy address; ``max_running`` is how many runs train at once; ``keep_warm`` is whether
    the web server keeps a worker waiting with its imports done; ``allowed_hosts`` are names that
    the web server goes by, beside the machine's own; ``engine`` is what trains, ``"auto"`` the
    quickest one.
    """

    home: Path
    database_url: str
    max_running: int
    keep_warm: bool = True
    allowed_hosts: tuple[str, ...] = ()
    engine: str = AUTO

    @property
    def artifacts_folder(self) -> Path:
        return self.home / "artifacts"

    @property
    def logs_folder(self) -> Path:
        return self.home / "logs"

    @property
    def cache_folder(self) -> Path:
        return self.home / "cache"


def _name_file(path: Path) -> str:
    """Return the address of an SQLite file; a folder's name may hold ``?``, ``#`` and ``%20``."""
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def load_settings() -> Settings:
    """Read the environment.

    ``LSTM_STUDIO_HOME`` (default ``.lstm-studio``), ``LSTM_STUDIO_DATABASE_URL`` (default: an
    SQLite file in the home), ``LSTM_STUDIO_MAX_RUNNING`` (default: one run for every two cores,
    because one training uses about two), ``LSTM_STUDIO_KEEP_WARM`` (``0`` for no),
    ``LSTM_STUDIO_ALLOWED_HOSTS`` (names with commas between them; default: none) and
    ``LSTM_STUDIO_ENGINE`` (``auto``, ``tensorflow``, ``jax`` or ``torch``; default: ``auto``).

    Raises:
        SpecError: ``LSTM_STUDIO_MAX_RUNNING`` is not a positive whole number, or there is no such
            engine.
    """
    home = Path(os.environ.get("LSTM_STUDIO_HOME") or ".lstm-studio").expanduser().resolve()
    url = os.environ.get("LSTM_STUDIO_DATABASE_URL") or _name_file(home / "record.sqlite")
    limit = os.environ.get("LSTM_STUDIO_MAX_RUNNING") or str(max(1, count_cores() // 2))
    if not limit.isdigit() or int(limit) < 1:
        raise SpecError(
            f"LSTM_STUDIO_MAX_RUNNING is {limit!r}.", "Set it to a whole number of at least 1."
        )
    engine = os.environ.get("LSTM_STUDIO_ENGINE") or AUTO
    if engine not in (AUTO, *ENGINES):
        raise SpecError(
            f"LSTM_STUDIO_ENGINE is {engine!r}.", f"Set it to one of {', '.join((AUTO, *ENGINES))}."
        )
    keep_warm = os.environ.get("LSTM_STUDIO_KEEP_WARM", "1") != "0"
    hosts = os.environ.get("LSTM_STUDIO_ALLOWED_HOSTS", "").split(",")
    return Settings(
        home=home,
        database_url=url,
        max_running=int(limit),
        keep_warm=keep_warm,
        allowed_hosts=tuple(host.strip() for host in hosts if host.strip()),
        engine=engine,
    )
