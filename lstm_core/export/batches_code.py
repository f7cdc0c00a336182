"""Batches of similar lengths, as a script makes them; it speaks of ``PADDED``, the few lengths."""

from __future__ import annotations

HELD_OUT = '''class HeldOut:
    """Items in batches of one padded length each, always the same."""

    def __init__(self, items, lengths):
        self.drawn = list(cut_by_length(items, lengths))

    def draw_epoch(self):
        return self.drawn'''


def write_cut(most: int = 256) -> str:
    """Write ``cut_by_length``, of which no batch holds more than ``most`` items."""
    return f'''def cut_by_length(items, lengths):
    """Cut items, by number, into batches that are padded to the same length."""
    order = items[np.argsort(lengths[items], kind="stable")]
    sizes = np.searchsorted(PADDED, lengths[order])
    for size in np.unique(sizes):
        some = order[sizes == size]
        yield from np.split(some, range({most}, len(some), {most}))'''
