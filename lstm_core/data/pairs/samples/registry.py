"""The samples by name: what they are, where they come from, and the spec that loads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.samples.dates import make_dates
from lstm_core.data.pairs.samples.numbers import make_numbers
from lstm_core.data.sample import MADE_UP, Sample
from lstm_core.errors import SpecError, suggest_name
from lstm_core.spec.pairs import PairsDataSpec


@dataclass(frozen=True)
class PairSample(Sample):
    """A collection of pairs that is always at hand.

    Attributes:
        load: makes the collection.
    """

    load: Callable[[], PairCollection]

    @property
    def data(self) -> PairsDataSpec:
        return PairsDataSpec(source="sample", name=self.name)


PAIR_SAMPLES: dict[str, PairSample] = {
    sample.name: sample
    for sample in (
        PairSample(
            name="written_dates",
            title="Dates as people write them",
            description="Four thousand dates written out in English, German, French and Spanish, "
            "in words, figures or both, into the form 2027-03-14.",
            steps="characters",
            teaches="How attention finds day, month and year wherever they stand.",
            real=False,
            origin=MADE_UP,
            load=make_dates,
        ),
        PairSample(
            name="numbers_in_german",
            title="German numbers into English",
            description="Four thousand numbers below a hundred thousand in German words and in "
            "English ones: fünfundzwanzig, twenty-five.",
            steps="characters",
            teaches="That order changes between languages: German says five-and-twenty, and "
            "attention crosses there.",
            real=False,
            origin=MADE_UP,
            load=make_numbers,
        ),
    )
}


def find_pair_sample(name: str) -> PairSample:
    """Return the sample with this name.

    Raises:
        SpecError: there is none; the nearest one is given.
    """
    if name not in PAIR_SAMPLES:
        raise SpecError(
            f'There is no sample "{name}".',
            f"The samples are {', '.join(PAIR_SAMPLES)}." + suggest_name(name, PAIR_SAMPLES),
        )
    return PAIR_SAMPLES[name]
