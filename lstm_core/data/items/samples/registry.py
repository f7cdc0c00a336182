"""The samples by name: what they are, where they come from, and the spec that loads them.

Each is the same on every machine and in every version, so that results can be compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.samples.digits import read_digits
from lstm_core.data.items.samples.gestures import make_gestures
from lstm_core.data.items.samples.promoters import make_promoters
from lstm_core.data.items.samples.sentences import make_sentences
from lstm_core.data.sample import MADE_UP, Sample
from lstm_core.errors import SpecError, suggest_name
from lstm_core.spec.items import ItemsDataSpec


@dataclass(frozen=True)
class ItemSample(Sample):
    """A collection of labelled sequences.

    Attributes:
        load: makes or reads the collection.
    """

    load: Callable[[], ItemCollection]

    @property
    def data(self) -> ItemsDataSpec:
        return ItemsDataSpec(source="sample", name=self.name)


ITEM_SAMPLES: dict[str, ItemSample] = {
    sample.name: sample
    for sample in (
        ItemSample(
            name="product_sentences",
            title="What customers say of what they bought",
            description="Two thousand sentences, pleased or displeased. Which one hangs on the "
            "order of words: on a “not”, and on what stands behind a “but”.",
            steps="words",
            teaches="What order is worth: who counts words alone takes “not good” for praise.",
            real=False,
            origin=MADE_UP,
            load=make_sentences,
        ),
        ItemSample(
            name="gestures",
            title="Five gestures of a hand that holds a phone",
            description="Six hundred motions of ten people, as long as they took: three "
            "accelerations, 25 times a second. Two gestures differ in their direction alone.",
            steps="signals, 25 steps a second",
            teaches="How people who were never seen are the honest test, and why the direction of "
            "time counts.",
            real=False,
            origin=MADE_UP,
            load=make_gestures,
        ),
        ItemSample(
            name="made_up_promoters",
            title="Where a gene begins",
            description="Twelve hundred pieces of DNA, half of them with the two boxes that mark "
            "the start of a gene, in their order and at their distance.",
            steps="letters",
            teaches="That a network finds two short patterns at a distance nobody told it.",
            real=False,
            origin=MADE_UP,
            load=make_promoters,
        ),
        ItemSample(
            name="digits",
            title="Handwritten digits, read line by line",
            description="1,797 pictures of 8 × 8 dots by 43 people: the model sees one line after "
            "the other and says which digit it is.",
            steps="rows of 8 dots",
            teaches="How a picture becomes a sequence, and how hard a good baseline is to beat.",
            real=True,
            origin="Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak), UCI 80, "
            "CC BY 4.0; the part that ships inside scikit-learn (BSD licence).",
            load=read_digits,
        ),
    )
}


def find_item_sample(name: str) -> ItemSample:
    """Return the sample with this name.

    Raises:
        SpecError: there is none; the nearest one is given.
    """
    if name not in ITEM_SAMPLES:
        raise SpecError(
            f'There is no sample "{name}".',
            f"The samples are {', '.join(ITEM_SAMPLES)}." + suggest_name(name, ITEM_SAMPLES),
        )
    return ITEM_SAMPLES[name]
