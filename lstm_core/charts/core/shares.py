"""Shares as people read them."""

from __future__ import annotations


def say_share(share: float) -> str:
    """``"93%"``; what is nearly nothing or nearly all is told from nothing and all."""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"
