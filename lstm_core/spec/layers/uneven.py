"""What several layers do with items of unequal lengths, whose ``lengths`` go beside the steps."""

from __future__ import annotations

from lstm_core.spec.layers.steps import Call, Step


def silence(more: int = 0) -> Step:
    """Put zeros behind each item's end, and ``more`` steps of them behind all."""
    call = Call("Silence", (), {"more": more}, {"more": 0})
    return Step(("x",), call, ("x", "lengths"))


def keep_last(name: str, note: str = "") -> Step:
    """Keep the last step of each item alone, ``(batch, width)``."""
    return Step((name,), Call("SummariseSteps", ("last",)), (name, "lengths"), note)


def count_stretches(length: int) -> Step:
    """Make of how many steps an item has, how many stretches it fills, the last one in part."""
    more = length - 1
    return Step(
        ("lengths",),
        lambda lengths: (lengths + more) // length,
        ("lengths",),
        says=f"(lengths + {more}) // {length}",
    )
