"""Colours that read well on a light and on a dark page, and safe names for labels."""

from __future__ import annotations

import html

ACTUAL = "#7C8BA1"
MODEL = "#0E9AA7"
FORECAST = "#F28C28"
BASELINE = "#B07CC6"
PEER = "#5B8DEF"
LINES = (MODEL, FORECAST, PEER, BASELINE, "#8BA83A", "#E0566B", "#C9A227", ACTUAL)
"""For several lines of equal rank."""

STEPS_BACK = "opacity: 0.72"
"""A style for words of less weight: no one colour is dark enough on a light page and light enough
on a dark one, but either page's own ink, let through so far, is still read without effort."""


def label_name(name: str) -> str:
    """Make a name from a file safe as a label: plotly reads labels as HTML and as TeX."""
    return html.escape(name.replace("$", ""), quote=False)
