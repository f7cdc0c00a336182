"""Words of a text that were never met in training."""

from __future__ import annotations

from lstm_core.learning.encoding.units import UNKNOWN, Units


def count_unknown(units: Units, text: str) -> int:
    """Count the units that are unknown; of pieces, signs that are no more than their bytes."""
    located = units.locate(text)
    if units.kind != "pieces":
        return int((located.numbers == UNKNOWN).sum())
    starts = located.starts[located.stops > located.starts]
    # Several pieces of one sign, each of which has the sign's extent.
    return int((starts[1:] == starts[:-1]).sum()) if len(starts) else 0
