"""The samples by name: what they are, where they come from, and the spec that loads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lstm_core.data.sample import MADE_UP, Sample
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.samples.calendar import make_requests
from lstm_core.data.tagged.samples.phone import make_days
from lstm_core.errors import SpecError, suggest_name
from lstm_core.spec.tagged import TaggedDataSpec


@dataclass(frozen=True)
class TaggedSample(Sample):
    """A collection of tagged sequences.

    Attributes:
        load: makes the collection.
    """

    load: Callable[[], TaggedCollection]

    @property
    def data(self) -> TaggedDataSpec:
        return TaggedDataSpec(source="sample", name=self.name)


TAGGED_SAMPLES: dict[str, TaggedSample] = {
    sample.name: sample
    for sample in (
        TaggedSample(
            name="calendar_requests",
            title="What people ask of their calendar",
            description="Twenty-five hundred requests such as “lunch with June on Friday at "
            "one”: who, where, when, for how long and what is to be found in them.",
            steps="words",
            teaches="What a context is worth: June is a friend or a month, and three an hour, a "
            "length or a number of people.",
            real=False,
            origin=MADE_UP,
            load=make_requests,
        ),
        TaggedSample(
            name="phone_in_a_day",
            title="What somebody does who carries a phone",
            description="Forty-eight recordings of twelve people who stand, walk, climb stairs and "
            "run, one after the other: three accelerations, 10 times a second.",
            steps="rows of 3 numbers, 10 a second",
            teaches="Where one thing ends and the next begins, and how people who were never seen "
            "are the honest test.",
            real=False,
            origin=MADE_UP,
            load=make_days,
        ),
    )
}


def find_tagged_sample(name: str) -> TaggedSample:
    """Return the sample with this name.

    Raises:
        SpecError: there is none; the nearest one is given.
    """
    if name not in TAGGED_SAMPLES:
        raise SpecError(
            f'There is no sample "{name}".',
            f"The samples are {', '.join(TAGGED_SAMPLES)}." + suggest_name(name, TAGGED_SAMPLES),
        )
    return TAGGED_SAMPLES[name]
