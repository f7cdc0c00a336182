"""What stands beside the script of a pre-trained network: what answers, and its weights."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np

from lstm_core.errors import DataError
from lstm_core.export.exporter import Companion
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.export.pretrained.module import (
    MODULE_FILE,
    WEIGHTS_FILE,
    write_module,
)
from lstm_core.tasks.forecasting.pretrained.packing import pack
from lstm_core.tasks.forecasting.pretrained.weights import (
    get_latest_version,
    load_version,
    read_version,
)

_KEPT = "weights.npz"


def list_companions(spec: ExperimentSpec) -> Sequence[Companion]:
    """Return what has to stand beside a script of this spec; nothing where it trains."""
    if not spec.model.comes_trained:
        return ()
    version = spec.model.pretrained_version or get_latest_version()
    module = Companion("Module", MODULE_FILE, "text/x-python", lambda _: write_module().encode())
    kind = "application/octet-stream"
    if spec.training.epochs == 0:
        weights = Companion("Weights", WEIGHTS_FILE, kind, lambda _: read_version(version))
    else:
        weights = Companion(
            "Weights",
            WEIGHTS_FILE,
            kind,
            lambda kept: convert_weights(kept[_KEPT], version),
            needs=(_KEPT,),
        )
    return module, weights


def convert_weights(content: bytes, version: str) -> bytes:
    """Return a run's weights as ``packing.unpack`` reads them, to the last digit.

    Args:
        content: its ``weights.npz``; see ``models.fitted``.
        version: of the weights that it began with; theirs have the same order.

    Raises:
        DataError: they did not begin as that version.
    """
    shipped = load_version(version).members
    places = [
        (number, name, array.shape)
        for number, one in enumerate(shipped)
        for name, array in one.items()
    ]
    members: list[dict[str, np.ndarray]] = []
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        num_seeds, rest = divmod(len(stored.files), len(places))
        for seed in range(num_seeds):
            own: list[dict[str, np.ndarray]] = [{} for _ in shipped]
            for place, (number, name, _) in enumerate(places):
                own[number][name] = stored[f"member_{seed}_{place}"]
            members += own
    found = [array.shape for member in members for array in member.values()]
    if rest or not members or found != num_seeds * [shape for *_, shape in places]:
        raise DataError("The stored weights do not belong to this model.")
    return pack(members, {"began_as": version}, precision=np.float32)
