"""Signals with holes: filled from their neighbours, and said so."""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.signals import Signals
from lstm_core.data.wording import count_words


def mend_signals(signals: Signals) -> tuple[Signals, np.ndarray, list[str]]:
    """Return signals without holes, which items are whole, and what was done.

    Steps without any number at an item's ends are left out: archives of equal lengths fill up
    shorter items so. A hole inside is filled on a straight line between its neighbours, at an
    end with the nearest value. An item with a channel that has no number at all is not whole;
    its holes are zeros, and whoever calls leaves it out. Nothing here is learnt from other items.

    Returns:
        The signals; bool ``(items,)``; sentences.
    """
    bad = ~np.isfinite(signals.values)
    whole = signals.lengths > 0
    if not bad.any():
        return signals, whole, []
    values = signals.values.copy()
    ends = signals.starts + signals.lengths
    bounds = np.stack([signals.starts, ends], axis=1)
    num_filled = num_mended = num_trimmed = 0
    rows_before = np.concatenate([[0], np.cumsum(bad.any(axis=1))])
    touched = np.flatnonzero(rows_before[ends] > rows_before[signals.starts])
    for number in touched:
        start, end = bounds[number]
        given = np.flatnonzero(~bad[start:end].all(axis=1))
        if not len(given):
            whole[number] = False
            bounds[number] = start, start
            continue
        num_trimmed += len(given) < end - start and (given[0] > 0 or given[-1] < end - start - 1)
        start, end = start + given[0], start + given[-1] + 1
        bounds[number] = start, end
        holes = bad[start:end]
        if not holes.any():
            continue
        num_mended += 1
        num_filled += int(holes.sum())
        for channel in np.flatnonzero(holes.any(axis=0)):
            known = np.flatnonzero(~holes[:, channel])
            missing = np.flatnonzero(holes[:, channel])
            if not len(known):
                whole[number] = False
                values[start:end, channel] = 0
                continue
            values[start + missing, channel] = np.interp(
                missing, known, values[start + known, channel]
            )
    lengths = bounds[:, 1] - bounds[:, 0]
    within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    kept = np.repeat(bounds[:, 0], lengths) + within
    notes = []
    if num_trimmed:
        notes.append(
            f"Empty steps at the ends of {count_words(num_trimmed, 'signal')} were left out."
        )
    if num_filled:
        notes.append(
            f"Missing values inside {count_words(num_mended, 'signal')} were filled on a straight "
            f"line between their neighbours: {num_filled:,}."
        )
    return Signals.from_lengths(values[kept], lengths, signals.channels), whole, notes
