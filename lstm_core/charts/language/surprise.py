"""A text unit by unit, coloured by how surprising each was, as HTML that a page may show."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

from lstm_core.charts.core.bands import fade
from lstm_core.charts.core.clusters import LINE_END, cut_text, show_unit
from lstm_core.charts.core.palette import FORECAST, MODEL, STEPS_BACK
from lstm_core.charts.core.shares import say_share

MOST_UNITS = 2_000
"""Of a longer text, the units behind them are counted."""

LONGEST_UNIT = 200

HIGHEST = 8.0
"""Nats from which on the ground is as strong as can be: one in three thousand."""

STRONGEST = 0.6
"""The ground of the greatest surprise; ink stays readable on it in both themes."""

STEPS = (0.1, 1.0, 2.5, 5.0, HIGHEST)
"""Nats that the legend shows."""

_UNKNOWN = "text-decoration: underline dotted 2px; text-underline-offset: 3px"
_COPIED = f"border-bottom: 2px solid {MODEL}"
_EACH_LINE = "-webkit-box-decoration-break: clone; box-decoration-break: clone"
_BLOCK = (
    "white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.9; font-size: 1.05rem; "
    "margin: 0; unicode-bidi: plaintext"
)


def mark_surprise(
    units: Sequence[str],
    log_probs: Sequence[float],
    *,
    copied: Sequence[bool] | None = None,
    unknown: Sequence[bool] | None = None,
    shows_spaces: bool = True,
) -> str:
    """Return the units one behind the other, each on a ground the stronger the more it surprised.

    Spaces and ends of lines keep their place. Where they are units of their own they can be seen:
    ends of lines always.

    Args:
        units: what the text consists of, spaces among it; hostile.
        log_probs: of each, the natural logarithm of the probability that it was given before it
            was read; NaN for one that nothing was said of, such as the first.
        copied: whether each stands in a stretch that the training part has word for word.
        unknown: whether each is none of the units that the model knows.
        shows_spaces: whether a space is drawn as a sign; a text without is easier to read.
    """
    shown = min(len(units), MOST_UNITS)
    inside = "".join(
        _mark_unit(
            units[place],
            float(log_probs[place]),
            is_copied=copied is not None and bool(copied[place]),
            is_unknown=unknown is not None and bool(unknown[place]),
            shows_spaces=shows_spaces,
        )
        for place in range(shown)
    )
    if len(units) > shown:
        inside += f" … and {len(units) - shown:,} more"
    return f'<div dir="auto" style="{_BLOCK}">{inside}</div>'


def draw_legend(*, has_copied: bool = False, has_unknown: bool = False) -> str:
    """Return what grounds and lines mean, as HTML."""
    parts = [
        f'<span style="{_ground(nats)}; padding: 1px 6px; white-space: nowrap">'
        f"{say_share(math.exp(-nats))}</span>"
        for nats in STEPS
    ]
    joined = "Probability before it was read: " + "&ensp;".join(parts)
    if has_copied:
        joined += f'&emsp;<span style="{_COPIED}">word for word from training</span>'
    if has_unknown:
        joined += f'&emsp;<span style="{_UNKNOWN}">never met in training</span>'
    return f'<p style="font-size: 0.875rem; line-height: 2; margin: 0">{joined}</p>'


def _mark_unit(
    text: str, log_prob: float, *, is_copied: bool, is_unknown: bool, shows_spaces: bool
) -> str:
    style = _ground(-log_prob)
    if is_copied:
        style += f"; {_COPIED}"
    if is_unknown:
        style += f"; {_UNKNOWN}"
    ends = html.escape(_show(text, shows_spaces))
    told = _tell(log_prob, is_copied=is_copied, is_unknown=is_unknown)
    return f'<span style="{style}" title="{told}">{ends}</span>'


def _show(text: str, shows_spaces: bool) -> str:
    """Return a unit as it is drawn: an end of a line is seen, and ends the line."""
    short = cut_text(text, LONGEST_UNIT)
    if not shows_spaces and short and not short.strip(" "):
        return short
    if not short.strip("\r\n") and short:
        return (LINE_END + "\n") * short.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    if short.isspace():
        return show_unit(short)
    return "\n".join(show_unit(line) for line in short.split("\n"))


def _ground(nats: float) -> str:
    if math.isnan(nats):
        return STEPS_BACK
    strength = STRONGEST * max(0.0, min(1.0, nats / HIGHEST))
    return f"background: {fade(FORECAST, round(strength, 3))}; border-radius: 2px; {_EACH_LINE}"


def _tell(log_prob: float, *, is_copied: bool, is_unknown: bool) -> str:
    if math.isnan(log_prob):
        return "nothing was said of it"
    probability = math.exp(min(0.0, log_prob))
    share = f"{probability:.0%}" if probability >= 0.01 else f"{probability:.2g}"
    # Never "-0.0", nor more digits than anybody reads.
    told = f"surprise {max(0.0, -log_prob):.1f} nats; probability {share}"
    told += "; word for word from training" if is_copied else ""
    return told + ("; never met in training" if is_unknown else "")
