"""Made-up stories of a harbour, written by a program with a small grammar.

People keep their name, their trade and their thing through a story; what they say fits what they
want; weather and ships go by the season. So there is something to learn at every distance:
spelling, quotation marks that close, who is he and who is she, and what a story began with.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.items.collection import as_objects

_SEED = 20_260_501
_NUM_CHARACTERS = 300_000

_WOMEN = ("Marta", "Ilse", "Nadia", "Old Hanne", "Pilar", "Sunniva", "Grace", "Doctor Amund")
_MEN = (
    "Jonas",
    "Piet",
    "Captain Rolf",
    "Young Emil",
    "Tomas",
    "Old Henrik",
    "Matteo",
    "Brother Lars",
)
_TRADES = {
    "net mender": ("a torn net", "the needle", "mended nets"),
    "pilot": ("a chart with a stain", "the compass", "brought ships in"),
    "baker": ("a loaf as long as an oar", "the wooden peel", "baked for the crews"),
    "lighthouse keeper": ("a lamp without a wick", "the glass cloth", "kept the light"),
    "ferry hand": ("a rope of nine knots", "the whistle", "took people across"),
    "clockmaker": ("a clock that ran backwards", "the little hammer", "wound the tower clock"),
    "fish seller": ("a silver herring", "the scales", "sold what the night had left"),
    "customs clerk": ("a letter with two seals", "the ledger", "counted barrels"),
}
_SHIPS = (
    "the Patient Swan", "the Three Sisters", "the Northern Bell", "the Good Intention",
    "the Grey Heron", "the Marigold", "the Second Chance",
)  # fmt: skip
_PORTS = ("Sorrel", "Westermouth", "Cape Lantern", "the Salt Islands", "Ardal", "Low Quay")
_CARGOES = ("oranges", "slate", "rye", "copper wire", "apples", "lamp oil", "wool", "glass", "tea")
_SEASONS = {
    "spring": (
        "a soft rain",
        "The ice had gone from the inner basin",
        "gulls quarrelled on the roofs",
    ),
    "summer": ("a dry east wind", "The tar on the planks was soft", "children swam off the slip"),
    "autumn": ("fog", "The apple boats had come and gone", "lamps were lit by five"),
    "winter": ("sleet", "Ice lay along the wall", "smoke stood straight above the chimneys"),
}
_PLACES = (
    "the end of the pier", "the rope walk", "the customs house", "the inn at the corner",
    "the slip", "the lighthouse stairs", "the fish market", "the old crane", "the ferry steps",
)  # fmt: skip
_MOODS = (
    "quietly",
    "at last",
    "without looking up",
    "too loudly",
    "with a smile",
    "as if to the sea",
)
_SEEN = (
    "a ship turn in the current", "a light where no light should be", "two boys carry a mirror",
    "the tide leave the steps one by one", "a dog asleep on a coil of rope", "nothing but water",
    "a crate drift past the crane", "the harbour master count his steps",
)  # fmt: skip
_SAYINGS = (
    "a knot remembers the hand", "the tide keeps no ledger", "wind is never late",
    "who counts gulls loses fish", "a lamp is half a friend", "slow ships bring heavy news",
)  # fmt: skip
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "nine", "eleven", "twelve")


@dataclass(frozen=True)
class _Person:
    name: str
    is_woman: bool
    trade: str

    @property
    def he(self) -> str:
        return "she" if self.is_woman else "he"

    @property
    def his(self) -> str:
        return "her" if self.is_woman else "his"

    @property
    def him(self) -> str:
        return "her" if self.is_woman else "him"


class _Writer:
    """Writes one story after another; what is decided for a story holds to its end."""

    def __init__(self, generator: np.random.Generator) -> None:
        self._generator = generator

    def write_story(self, number: int) -> str:
        self.first, self.second = self._cast()
        self.ship, self.port = self._pick(_SHIPS), self._pick(_PORTS)
        self.cargo, self.season = self._pick(_CARGOES), self._pick(tuple(_SEASONS))
        self.thing, self.tool, self.work = _TRADES[self.first.trade]
        first = self.first
        title = f"{number}. {first.name} and {self.thing}"
        self.it = f"the {self.thing.removeprefix('a ')}"
        # Each scene at most twice, and the mate is asked but once: nobody says a thing again.
        scenes = (self._talk, self._wait, self._trade, self._remember) * 2 + (self._ask,)
        order = self._generator.permutation(len(scenes))[: int(self._generator.integers(4, 9))]
        middle = [scenes[int(place)]() for place in order]
        return "\n\n".join([title, self._begin(), *middle, self._end()])

    def _begin(self) -> str:
        first, (weather, sign, beside) = self.first, _SEASONS[self.season]
        years = self._pick(_NUMBERS)
        return (
            f"For {years} years {first.name} had been the {first.trade} of the harbour, and "
            f"{first.he} {self.work} in {weather} as in sunshine. {sign}, and {beside}. "
            f"It was {self.season} when {self.ship} came in from {self.port} with {self.cargo}, "
            f"and in {first.his} bag {first.name} found {self.thing}."
        )

    def _talk(self) -> str:
        asking, answering = self._pair()
        lines = [
            f"“{self._question()}” asked {asking.name} {self._pick(_MOODS)}.",
            f"“{self._answer()},” said {answering.name}. “{self._saying()}.”",
            f"{asking.name} looked at {self._pick(_PLACES)} and said nothing more.",
        ]
        return "\n".join(lines[: int(self._generator.integers(2, 4))])

    def _wait(self) -> str:
        who = self._either()
        weather = _SEASONS[self.season][0]
        return (
            f"{who.name} waited at {self._pick(_PLACES)} until the clock struck "
            f"{self._pick(_NUMBERS)}. There was {weather}, and {who.he} saw {self._pick(_SEEN)}. "
            f"Nobody came for {self.it}, so {who.he} put {self.tool} back into {who.his} coat."
        )

    def _trade(self) -> str:
        giving, taking = self._pair()
        count, found = self._pick(_NUMBERS), self._pick(_NUMBERS)
        doubt = "nodded" if found == count else "laughed"
        ending = f"{giving.name} did not; {giving.he} had counted {count}."
        if found == count:
            ending = f"{giving.name} nodded as well, and nothing more was said."
        return (
            f"At {self._pick(_PLACES)} {giving.name} offered {taking.name} {count} crates of "
            f"{self.cargo} for {self.it}. {self._capital(taking.he)} counted them, found {found}, "
            f"and {doubt}. {ending}"
        )

    def _ask(self) -> str:
        who = self._either()
        return (
            f"So {who.name} went aboard {self.ship} and asked the mate whose it was. “We loaded "
            f"{self.cargo} in {self.port},” the mate told {who.him}, “and {self.cargo} is all we "
            f"had.” But he did not look at {self.it} when he said it."
        )

    def _remember(self) -> str:
        who, other = self._pair()
        return (
            f"{who.name} remembered another {self.season}, when {other.name} had walked with "
            f"{who.him} to {self._pick(_PLACES)}. They had seen {self._pick(_SEEN)}. "
            f"“{self._saying()},” {other.name} had told {who.him} then, and {who.he} had believed "
            "it."
        )

    def _end(self) -> str:
        first, second = self.first, self.second
        endings = (
            f"In the evening {self.ship} sailed again for {self.port}. {first.name} stood at "
            f"{self._pick(_PLACES)} with {self.it} under {first.his} arm, and {second.name}, "
            f"the {second.trade}, held {self.tool} for {first.him}.",
            f"{second.name} kept {self.it} after all. {first.name} {self.work} "
            f"the next morning as on every other, and only {self.tool} knew the difference.",
            f"They never learnt who had sent it. But when {self.cargo} came from {self.port}, "
            f"{first.name} and {second.name} looked at each other, and one of them always said: "
            f"“{self._saying()}.”",
        )
        return self._pick(endings)

    def _question(self) -> str:
        return self._pick((
            f"Who brings {self.it} to a {self.first.trade}?",
            f"Did you see {self._pick(_SEEN)}?",
            f"Is it true that {self.ship} carries {self.cargo}?",
            f"How many days is it to {self.port}?",
        ))  # fmt: skip

    def _answer(self) -> str:
        return self._pick((
            "Ask the tide", f"Nobody from {self.port}", "I was asleep",
            f"{self._capital(self._pick(_NUMBERS))} days, with a good wind",
            "Not before the bell has rung", f"Only {self.cargo}, as far as I know",
        ))  # fmt: skip

    def _saying(self) -> str:
        return self._capital(self._pick(_SAYINGS))

    def _cast(self) -> tuple[_Person, _Person]:
        names = [(name, True) for name in _WOMEN] + [(name, False) for name in _MEN]
        trades = tuple(_TRADES)
        people = self._generator.permutation(len(names))[:2]
        work = self._generator.permutation(len(trades))[:2]
        first, second = (
            _Person(*names[int(who)], trades[int(what)])
            for who, what in zip(people, work, strict=True)
        )
        return first, second

    def _pair(self) -> tuple[_Person, _Person]:
        both = (self.first, self.second)
        return both if self._generator.random() < 0.5 else (self.second, self.first)

    def _either(self) -> _Person:
        return self._pair()[0]

    def _pick(self, choices: tuple[str, ...]) -> str:
        return choices[int(self._generator.integers(len(choices)))]

    @staticmethod
    def _capital(words: str) -> str:
        return words[0].upper() + words[1:]


def make_harbour() -> DocumentCollection:
    """Return one text of about 300,000 characters; the same on every machine."""
    writer = _Writer(np.random.default_rng(_SEED))
    stories: list[str] = []
    total = 0
    while total < _NUM_CHARACTERS:
        story = writer.write_story(len(stories) + 1)
        stories.append(story)
        total += len(story) + 3
    text = "\n\n\n".join(stories) + "\n"
    return DocumentCollection(
        ids=as_objects(["stories"]),
        texts=as_objects([text]),
        source="sample",
        name="harbour_stories",
        notes=(f"{len(stories)} stories written by a program with a small grammar.",),
    )
