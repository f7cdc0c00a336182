"""Where trials run side by side: a share of the cores each, or a GPU each."""

from __future__ import annotations

from lstm_core.errors import SpecError
from lstm_core.jobs.slot import Slot
from lstm_core.machine import Gpu, count_cores, list_gpus, measure_memory_bytes
from lstm_core.spec.search import SearchSpec

TRIAL_BYTES = 1_500_000_000
"""What one process with a training engine may need, some data included."""


def list_slots(settings: SearchSpec) -> tuple[Slot, ...]:
    """Return the slots of this machine: its GPUs if it has any, or else its cores.

    Raises:
        SpecError: more are wanted than there is room for.
    """
    gpus = list_gpus()
    if gpus:
        return share_gpus(gpus, settings.slots, settings.trials_per_gpu)
    return share_cores(count_cores(), settings.slots, measure_memory_bytes())


def share_gpus(gpus: tuple[Gpu, ...], wanted: int | None, each: int) -> tuple[Slot, ...]:
    """Return ``each`` slots a GPU, all first ones before the second ones.

    Raises:
        SpecError: there are not so many.
    """
    most = len(gpus) * each
    if wanted is not None and wanted > most:
        raise SpecError(
            f"{wanted} slots are wanted, and {len(gpus)} GPUs with {each} trials each make {most}.",
            "Choose fewer slots, or more trials for each GPU.",
        )
    slots = []
    for number in range(wanted or most):
        gpu = gpus[number % len(gpus)]
        seat = f", {number // len(gpus) + 1} of {each}" if each > 1 else ""
        slots.append(
            Slot(
                f"GPU {gpu.name} ({gpu.model}{seat})",
                {
                    "CUDA_VISIBLE_DEVICES": gpu.name,
                    # Each engine takes the memory it needs, not all that there is.
                    "TF_FORCE_GPU_ALLOW_GROWTH": "true",
                    "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
                },
            )
        )
    return tuple(slots)


def share_cores(num_cores: int, wanted: int | None, memory_bytes: int | None) -> tuple[Slot, ...]:
    """Return a slot for each core, as far as memory goes, or as many as are wanted.

    Small networks leave a second core idle: two trials with a thread each are done sooner than one
    after the other with two.
    """
    by_memory = num_cores if memory_bytes is None else max(1, memory_bytes // TRIAL_BYTES)
    count = wanted or min(num_cores, by_memory)
    num_threads = max(1, num_cores // count)
    unit = "thread" if num_threads == 1 else "threads"
    return tuple(
        Slot(f"CPU {number} of {count}, {num_threads} {unit}", limit_threads(num_threads))
        for number in range(1, count + 1)
    )


def limit_threads(count: int) -> dict[str, str]:
    """Return what TensorFlow, and the libraries under all engines, read their threads from."""
    names = (
        *("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"),
        *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"),
    )
    return dict.fromkeys(names, str(count))
