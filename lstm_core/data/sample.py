"""``Sample``: what all collections have in common that are always at hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """A collection that is always at hand; each kind adds how it is loaded.

    Attributes:
        name: what a spec calls it.
        title, description: for people.
        steps: what its sequences are made of, in a word or two.
        teaches: what can be learnt from trying it, in a sentence.
        real: gathered in the world, as opposed to made up.
        origin: where it comes from and under which licence.
    """

    name: str
    title: str
    description: str
    steps: str
    teaches: str
    real: bool
    origin: str


MADE_UP = "Made by LSTM Studio; free to use."
"""The origin of what a program wrote."""
