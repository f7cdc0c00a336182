"""Both texts unit by unit; pointing at one lights up what it goes with. HTML without a script."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Sequence

import numpy as np

from lstm_core.charts.core.bands import fade
from lstm_core.charts.core.clusters import cut_text, show_unit
from lstm_core.charts.core.palette import FORECAST, MODEL, STEPS_BACK
from lstm_core.charts.core.shares import say_share

MOST_UNITS = 80
"""Of each side; there is a rule for each, and those behind them are counted."""

LONGEST_UNIT = 60

_LONGEST_TOLD = 40
_SMALL = f"font-size: 0.8rem; {STEPS_BACK}"
_ROW = "line-height: 2; overflow-wrap: anywhere; margin: 0 0 0.4rem 0; font-size: 1.05rem"


def mark_alignment(source: Sequence[str], said: Sequence[str], weights: np.ndarray) -> str:
    """Return two rows; each unit that was said goes with the one it looked at most.

    A browser without ``:has()`` shows the rows and what each unit says where it is pointed at.

    Args:
        source, said: units; hostile.
        weights: ``(said, source)``, each row from 0 to 1; NaN for none.
    """
    shown = np.nan_to_num(np.asarray(weights, float).reshape(len(said), len(source)))
    strongest = [int(row.argmax()) if row.any() else None for row in shown]
    links = {
        place: at
        for place, at in enumerate(strongest[:MOST_UNITS])
        if at is not None and at < MOST_UNITS
    }
    name = _name_block(source, said, links)
    lines = [
        _mark_row(
            "given", "g", source, [_tell_given(at, said, links) for at in range(len(source))]
        ),
        _mark_row(
            "said",
            "s",
            said,
            [_tell_said(at, source, shown, links) for at in range(len(said))],
        ),
    ]
    return f'<div class="{name}"><style>{_write_rules(name, links)}</style>{"".join(lines)}</div>'


def _write_rules(name: str, links: dict[int, int]) -> str:
    """Return the rules: of numbers alone, so that nothing from a file gets into them."""
    # <bdi> would hide its text from dir="auto", which finds a row's direction.
    unit = f".{name} .u{{border-radius: 3px; padding: 1px 2px; unicode-bidi: isolate}}"
    own = f".{name} .u:hover{{background: {fade(MODEL, 0.35)}}}"
    selectors = []
    for place, at in links.items():
        selectors.append(f".{name}:has(.s{place}:hover) .g{at}")
        selectors.append(f".{name}:has(.g{at}:hover) .s{place}")
    lit = f"{', '.join(selectors)}{{background: {fade(FORECAST, 0.45)}}}" if selectors else ""
    return unit + own + lit


def _mark_row(title: str, side: str, units: Sequence[str], told: Sequence[str]) -> str:
    spans = [
        f'<span class="u {side}{place}" title="{html.escape(told[place])}">'
        f"{html.escape(cut_text(show_unit(unit), LONGEST_UNIT))}</span>"
        for place, unit in enumerate(units[:MOST_UNITS])
    ]
    more = f" … and {len(units) - MOST_UNITS:,} more" if len(units) > MOST_UNITS else ""
    row = f'<p dir="auto" style="{_ROW}">{" ".join(spans)}{more}</p>'
    return f'<div style="{_SMALL}">{title}</div>{row}'


def _tell_said(
    place: int, source: Sequence[str], weights: np.ndarray, links: dict[int, int]
) -> str:
    if place not in links:
        return "looked at nothing that is shown"
    at = links[place]
    return f"looked at {_quote(source[at])}: {say_share(float(weights[place, at]))}"


def _tell_given(at: int, said: Sequence[str], links: dict[int, int]) -> str:
    looking = [_quote(said[place]) for place, other in links.items() if other == at]
    return f"looked at by {', '.join(looking[:6])}" if looking else "nothing looked at it most"


def _quote(unit: str) -> str:
    return f"“\u2068{cut_text(show_unit(unit), _LONGEST_TOLD)}\u2069”"


def _name_block(source: Sequence[str], said: Sequence[str], links: dict[int, int]) -> str:
    """Return a name that two blocks on a page share only where they are the same."""
    content = repr((list(source), list(said), sorted(links.items())))
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass"))
    return f"align-{digest.hexdigest()[:12]}"
