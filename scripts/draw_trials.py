"""Draw how the loss of each trial of the pre-trained network fell, beside that of the first.

python -m benchmarks.pretrained.trials TRAININGS --data FOLDER > trials.jsonl
python scripts/draw_trials.py trials.jsonl docs/pretrained_trials.svg
"""

from __future__ import annotations

import argparse
import json
from html import escape
from pathlib import Path
from typing import Any

COLUMNS = 4
WIDTH, HEIGHT, HEAD, GAP = 220, 90, 34, 18
SMOOTHED = 3
"""Points of a curve that are averaged: which series a stretch of training met is chance."""
STYLE = (
    "text{font:12px sans-serif;fill:#444}path{fill:none;stroke-width:1.4;stroke:#1f5fbf}"
    "path.first{stroke:#999}"
    "@media(prefers-color-scheme:dark){text{fill:#ccc}path{stroke:#7fb2ff}path.first{stroke:#777}}"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trials", type=Path)
    parser.add_argument("path", type=Path)
    options = parser.parse_args()
    found = [json.loads(line) for line in options.trials.read_text().splitlines()]
    first, *others = [trial for trial in found if "curve" in trial]
    cells = [draw_trial(trial, first, number) for number, trial in enumerate(others)]
    rows = -(-len(cells) // COLUMNS)
    size = COLUMNS * (WIDTH + GAP), rows * (HEIGHT + HEAD + GAP)
    title = f"The loss of each trial, in blue, and of the network {first['trial']}, in grey"
    options.path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}"'
        f' width="{size[0]}" height="{size[1]}" role="img">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n"
        + "\n".join(cells)
        + "\n</svg>\n"
    )


def draw_trial(trial: dict[str, Any], first: dict[str, Any], number: int) -> str:
    """Its name and its loss in the end, over both curves, in the cell of its number."""
    curves = [smooth(one["curve"]) for one in (first, trial)]
    losses = [loss for curve in curves for _, loss in curve]
    low, high, end = min(losses), max(losses), max(curves[0][-1][0], 1)

    def draw(curve: list[tuple[float, float]]) -> str:
        points = (
            f"{WIDTH * batches / end:.0f} "
            f"{HEAD + HEIGHT * (1 - (loss - low) / max(high - low, 1e-9)):.1f}"
            for batches, loss in curve
        )
        return "M" + "L".join(points)

    row, column = divmod(number, COLUMNS)
    place = f"{column * (WIDTH + GAP)} {row * (HEIGHT + HEAD + GAP)}"
    return (
        f'<g transform="translate({place})"><text y="12">{escape(trial["trial"])}</text>'
        f'<text y="27">{trial["loss"]:.4f} ({trial["loss"] / first["loss"] - 1:+.1%})</text>'
        f'<path class="first" d="{draw(curves[0])}"/><path d="{draw(curves[1])}"/></g>'
    )


def smooth(curve: list[list[float]]) -> list[tuple[float, float]]:
    """Batches and loss, each point averaged with those before it."""
    points = []
    for end in range(1, len(curve) + 1):
        window = curve[max(0, end - SMOOTHED) : end]
        points.append((curve[end - 1][0], sum(loss for _, loss in window) / len(window)))
    return points[SMOOTHED - 1 :] or points


if __name__ == "__main__":
    main()
