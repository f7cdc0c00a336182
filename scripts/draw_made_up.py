"""Draw one made-up series of each kind, as a small picture for the documents.

python scripts/draw_made_up.py docs/made_up.svg
"""

from __future__ import annotations

import argparse
import sys
from html import escape
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from lstm_core.tasks.forecasting.pretrained.made_up import KINDS, RHYTHMS, Kind, make_up

COLUMNS = 4
WIDTH, HEIGHT, HEAD, GAP = 220, 62, 18, 14
DEFAULT_RHYTHM, LENGTH = "monthly", 120
SHOWN_AT = {
    "weeks and years": ("daily", 84),
    "days of work and rest": ("hourly", 24 * 14),
    "sun and weather": ("hourly", 24 * 7),
    "random walk": ("daily", 200),
    "returns": ("daily", 150),
}
SEEDS = {
    "structural": 6,
    "growth": 7,
    "smooth courses": 8,
    "nature": 5,
    "trade": 3,
    "weeks and years": 1,
    "days of work and rest": 5,
    "bounded": 8,
    "running totals": 7,
    "short lives": 5,
}
"""Of series that show what is meant; the others are the first that come."""
STYLE = (
    "text{font:12px sans-serif;fill:#444}path{fill:none;stroke:#1f5fbf;stroke-width:1.2}"
    "@media(prefers-color-scheme:dark){text{fill:#ccc}path{stroke:#7fb2ff}}"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    path = parser.parse_args().path
    cells = [draw_kind(kind, number) for number, kind in enumerate(KINDS)]
    rows = -(-len(cells) // COLUMNS)
    size = COLUMNS * (WIDTH + GAP), rows * (HEIGHT + HEAD + GAP)
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}"'
        f' width="{size[0]}" height="{size[1]}" role="img">\n'
        f"<title>A made-up series of each kind</title>\n<style>{STYLE}</style>\n"
        + "\n".join(cells)
        + "\n</svg>\n"
    )


def draw_kind(kind: Kind, number: int) -> str:
    """Its name over one series of it, in the cell of its number."""
    name, length = SHOWN_AT.get(kind.name, (DEFAULT_RHYTHM, LENGTH))
    rhythm = next(rhythm for rhythm in RHYTHMS if rhythm.name == name)
    alone = {one.name: float(one is kind) for one in KINDS}
    rng = np.random.default_rng(SEEDS.get(kind.name, 0))
    values = make_up(rng, rhythm, 1, length, alone).values[0]
    low, high = np.nanmin(values), np.nanmax(values)
    across = np.linspace(0, WIDTH, length)
    down = HEAD + HEIGHT * (1 - (values - low) / max(high - low, 1e-12))
    pen, steps = "M", []
    for x, y in zip(across, down, strict=True):
        if np.isfinite(y):
            steps.append(f"{pen}{x:.0f} {y:.1f}")
        pen = "L" if np.isfinite(y) else "M"
    row, column = divmod(number, COLUMNS)
    place = f"{column * (WIDTH + GAP)} {row * (HEIGHT + HEAD + GAP)}"
    return (
        f'<g transform="translate({place})"><text y="12">{escape(kind.name)}</text>'
        f'<path d="{"".join(steps)}"/></g>'
    )


if __name__ == "__main__":
    main()
