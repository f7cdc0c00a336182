"""The samples by name: what they are, where they come from, and the spec that loads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.samples.harbour import make_harbour
from lstm_core.data.sample import MADE_UP, Sample
from lstm_core.errors import SpecError, suggest_name
from lstm_core.spec.documents import DocumentsDataSpec


@dataclass(frozen=True)
class DocumentSample(Sample):
    """Running text that is always at hand.

    Attributes:
        load: makes the collection.
    """

    load: Callable[[], DocumentCollection]

    @property
    def data(self) -> DocumentsDataSpec:
        return DocumentsDataSpec(source="sample", name=self.name)


DOCUMENT_SAMPLES: dict[str, DocumentSample] = {
    sample.name: sample
    for sample in (
        DocumentSample(
            name="harbour_stories",
            title="Stories of a harbour",
            description="300,000 characters of short stories in which people keep their trade, "
            "their ship and their secret to the end.",
            steps="characters",
            teaches="How a network learns spelling, then words, then quotation marks that close, "
            "and last who “she” is.",
            real=False,
            origin=MADE_UP,
            load=make_harbour,
        ),
    )
}


def find_document_sample(name: str) -> DocumentSample:
    """Return the sample with this name.

    Raises:
        SpecError: there is none; the nearest one is given.
    """
    if name not in DOCUMENT_SAMPLES:
        raise SpecError(
            f'There is no sample "{name}".',
            f"The samples are {', '.join(DOCUMENT_SAMPLES)}."
            + suggest_name(name, DOCUMENT_SAMPLES),
        )
    return DOCUMENT_SAMPLES[name]
