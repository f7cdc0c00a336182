"""How a model stands beside the best simple one: one of seven ways, the same for every task."""

from __future__ import annotations

from typing import Literal

Outcome = Literal["win", "mixed", "unclear", "level", "behind", "loss", "few"]
"""Better beyond chance; so by one measure and worse by another; better, or it is chance; the
same; worse, or it is chance; worse beyond chance; too few values to judge by."""

SIGNIFICANCE = 0.05
"""How often a model that is no better may be called better by chance."""
