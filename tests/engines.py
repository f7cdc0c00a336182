"""How the training engines behave in tests; inherited by every process that a test starts."""

from __future__ import annotations

import os

_XLA_FLAGS = (
    "--xla_cpu_multi_thread_eigen=false",
    # What is compiled runs for an instant: making it quick took longer than all that it did.
    "--xla_backend_optimization_level=0",
    "--xla_llvm_disable_expensive_passes=true",
)

_THREADS = (
    *("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"),
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"),
)


def prepare_engines() -> None:
    """Set what TensorFlow, JAX and their libraries read when they are first imported.

    Each test process keeps to one thread: side by side, more would only take turns on the cores,
    and a sum over several threads may differ in its last digit from one run to the next.
    """
    # Said, so that the same is tested wherever; journeys let the app choose, as people do.
    os.environ.setdefault("LSTM_STUDIO_ENGINE", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    os.environ.setdefault("XLA_FLAGS", " ".join(_XLA_FLAGS))
