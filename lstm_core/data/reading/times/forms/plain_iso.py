"""ISO 8601 as programs write it, which Arrow reads at once."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lstm_core.data.reading.times.forms.composing import NOTHING

_PLAIN = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?P<zone>Z)?)?")


def read_plain_iso(array: pa.Array, cells: list[str]) -> tuple[np.ndarray, bool] | None:
    """Return int64 nanoseconds since 1970, ``(rows,)``, and whether the zone is said to be UTC.

    None where a cell is of another form, such as 24:00: the patient way reads it then.
    """
    found = [_PLAIN.fullmatch(cell) for cell in cells]
    zones = {match["zone"] for match in found if match is not None}
    if len(zones) != 1 or not all(found):
        return None
    has_zone = zones == {"Z"}
    try:
        times = pc.cast(array, pa.timestamp("ns", "UTC" if has_zone else None))
    except pa.ArrowInvalid:
        return None
    return pc.fill_null(times.view(pa.int64()), NOTHING).to_numpy(zero_copy_only=False), has_zone
