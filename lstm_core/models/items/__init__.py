"""Keras layers for items of unequal lengths, padded on the right: each is told the lengths.

``steps`` is ``(batch, steps, width)`` and ``lengths`` ``(batch,)`` int32, at least 1 each. What
stands in the padding, any finite numbers, is nobody's: an item gives what it would give alone.
Keras's masks have no part in it.
"""
