"""What the last digit depends on: where all of it is the same, goldens have to be as well."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_info

_LIBRARIES = (
    *("numpy", "tensorflow", "keras", "pandas", "scipy", "statsmodels", "scikit-learn"),
    "keras-tuner",
)
_INSTRUCTIONS = ("sse4", "avx", "fma", "f16c", "amx", "neon", "asimd", "sve")
"""How the names of instructions begin that a library may compute with."""

_CPU = Path("/proc/cpuinfo")


def describe_machine() -> dict[str, Any]:
    """Return versions, processor, its instructions and threads, as JSON has them."""
    import numpy as np  # noqa: F401 - loads what computes its products
    import scipy.linalg  # noqa: F401 - which has its own

    cpu = _read_cpu()
    flags = cpu.get("flags", cpu.get("Features", "")).split()
    return {
        "libraries": {name: version(name) for name in _LIBRARIES},
        "engine": os.environ.get("KERAS_BACKEND", "tensorflow"),
        "engine_threads": os.environ.get("TF_NUM_INTRAOP_THREADS", "all"),
        "system": f"{platform.system()} {platform.machine()}",
        "processor": " ".join(
            cpu.get(key, "") for key in ("vendor_id", "cpu family", "model", "model name")
        ).strip(),
        "instructions": sorted(flag for flag in flags if flag.startswith(_INSTRUCTIONS)),
        "products": sorted(
            {
                f"{each['internal_api']} {each['version']} {each.get('architecture')}"
                for each in threadpool_info()
                if each["user_api"] == "blas"
            }
        ),
    }


def list_differences_of_machines(stored: dict[str, Any], here: dict[str, Any]) -> list[str]:
    """Say what a machine has otherwise than the one that wrote the goldens."""
    return [
        f"{key}: {stored.get(key)} there, {here.get(key)} here"
        for key in {**stored, **here}
        if stored.get(key) != here.get(key)
    ]


def _read_cpu() -> dict[str, str]:
    """Return what Linux says of the first processor; nothing elsewhere."""
    if not _CPU.exists():
        return {}
    first, _, _ = _CPU.read_text(encoding="utf-8").partition("\n\n")
    pairs = (line.partition(":") for line in first.splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs}
