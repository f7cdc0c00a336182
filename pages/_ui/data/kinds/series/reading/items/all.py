"""All items of a reading plan."""

from __future__ import annotations

from pages._ui.data.kinds.series.reading.items.of_rows import ROWS
from pages._ui.data.kinds.series.reading.items.of_series import SERIES
from pages._ui.data.kinds.series.reading.items.of_times import TIMES
from pages._ui.data.kinds.series.reading.items.of_values import VALUES

ITEMS = {item.name: item for item in (*ROWS, *VALUES, *TIMES, *SERIES)}
"""By name, in the order of their chips; ``types`` stands in the table of columns."""
