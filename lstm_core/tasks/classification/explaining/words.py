"""What spoke for a label, in sentences; hostile text is in them. Light, so that pages can say it.

``answer`` is what ``explaining.explain_item`` returned.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST_NAMED = 3
LONGEST_QUOTE = 40


def say_spoken(answer: Mapping[str, Any]) -> str:
    """Return ``"Most for “pleased”: “not bad”, “quick”. Most against it: “slow”."``"""
    spoken = [span for span in answer["spans"] if span[2] > 0][:MOST_NAMED]
    against = [span for span in answer["spans"] if span[2] < 0][:MOST_NAMED]
    if not spoken and not against:
        if "gap" in answer:
            return f"No part of it speaks for or against “{answer['label']}” more than another."
        return (
            f"No part of it decides about “{answer['label']}” alone: whichever is hidden, the rest "
            "says the same. Integrated gradients may tell more."
        )
    parts = []
    if spoken:
        named = ", ".join(_name_span(answer, span) for span in spoken)
        parts.append(f"Most for “{answer['label']}”: {named}.")
    if against:
        named = ", ".join(_name_span(answer, span) for span in against)
        whom = "it" if spoken else f"“{answer['label']}”"
        parts.append(f"Most against {whom}: {named}.")
    return " ".join(parts)


def say_completeness(answer: Mapping[str, Any]) -> str:
    """Say how much of the answer the marks account for."""
    if "gap" in answer:
        gap = float(answer["gap"])
        left = "less than 0.1%" if gap < 0.001 else f"{gap:.1%}" if gap < 0.1 else f"{gap:.0%}"
        if answer["is_complete"]:
            return f"What the steps add comes to all that was to be explained, but for {left}."
        return (
            f"What the steps add misses what was to be explained by {left}: take this picture for "
            "a rough one, and hide parts instead."
        )
    without = float(answer["without"])
    return f"With all of it hidden, “{answer['label']}” would get {without:.0%}."


def count_unknown(answer: Mapping[str, Any]) -> int:
    """Return how many steps of a text the training part never had, or had too seldom."""
    return sum(not piece["is_known"] for piece in answer.get("pieces", ()))


def _name_span(answer: Mapping[str, Any], span: tuple[int, int, float]) -> str:
    start, stop, _ = span
    pieces = answer.get("pieces")
    if not pieces:
        return f"step {start}" if stop - start == 1 else f"steps {start} to {stop - 1}"
    last = min(stop, len(pieces)) - 1
    quote = answer["text"][pieces[min(start, last)]["start"] : pieces[last]["stop"]]
    quote = " ".join(quote.split())
    return f"“{quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1] + '…'}”"
