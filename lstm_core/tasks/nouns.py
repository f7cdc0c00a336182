"""What a task calls its things, in sentences that all tasks share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Nouns:
    """Each in the singular; its plural takes an s.

    Attributes:
        example: what a network is given at once: ``"window"``.
        unit: what the parts of the data are counted in: ``"row"``.
        answer: what is got from a trained model: ``"forecast"``.
        answering: what it does meanwhile, to begin a line with: ``"Forecasting"``.
        joined: what is made of the answers of several networks: ``"median"``.
    """

    example: str
    unit: str
    answer: str
    answering: str
    joined: str

    @property
    def examples(self) -> str:
        return f"{self.example}s"

    @property
    def units(self) -> str:
        return f"{self.unit}s"
