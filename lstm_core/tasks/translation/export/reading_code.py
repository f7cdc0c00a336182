"""Reading the pairs, and making units of them: what is fitted sees the training part alone."""

from __future__ import annotations

from lstm_core.export.code import Section, join_definitions
from lstm_core.tasks.translation.encoding import MORE_STEPS
from lstm_core.tasks.translation.export.data_file import DATA_FILE
from lstm_core.tasks.translation.export.story import Story

_CLASSES = {"characters": "CharacterUnits", "words": "WordUnits", "pieces": "PieceUnits"}

_READING = f'''class Reading:
    """Units of both sides, fitted to some of the pairs.

    growth: how many units a target has for each unit of its source, usually.
    """

    def __init__(self, train):
        sources = [known[number]["source"] for number in train]
        targets = [known[number]["target"] for number in train]
        self.source = {{source}}
        self.target = {{target}}
        self.growth = sum(len(self.target.encode(text)) + 1 for text in targets) / sum(
            len(self.source.encode(text)) + 1 for text in sources
        )

    def encode_source(self, text):
        """Return a text's units, and an edge behind them; of a long one, of its beginning."""
        return np.append(self.source.encode(text)[:MOST_STEPS], EDGE).astype("int32")

    def encode_target(self, text):
        """Return a text's units between two edges."""
        units = self.target.encode(text)[:MOST_STEPS]
        return np.concatenate([[EDGE], units, [EDGE]]).astype("int32")

    def holds(self, pair):
        """Whether both sides are no longer than what is read."""
        sides = self.source.encode(pair["source"]), self.target.encode(pair["target"])
        return max(map(len, sides)) <= MOST_STEPS

    def limit(self, sources):
        """Return how many units translations have at most, their ends among them."""
        lengths = np.array([len(source) for source in sources], "float64")
        most = np.ceil(2.0 * self.growth * lengths).astype("int64") + {MORE_STEPS}
        return np.minimum(most, MOST_STEPS + 1)'''

_TABLE = '''class Table:
    """All pairs as units, side by side in batches that are padded to few sizes."""

    def __init__(self, reading, parts):
        self.sources = [reading.encode_source(each["source"]) for each in known]
        self.targets = [reading.encode_target(each["target"]) for each in known]
        self.is_whole = np.array([reading.holds(each) for each in known])
        # What is never learnt from or watched decides nothing: one that is counts in its place.
        is_read = self.is_whole & np.isin(parts, ["train", "validation"])
        first = np.flatnonzero(self.is_whole & (parts == "train"))[0]
        kept = np.where(is_read, np.arange(len(known)), first)
        before = np.array([len(self.sources[number]) for number in kept])
        # An edge is read, one is said.
        after = np.array([len(self.targets[number]) - 1 for number in kept])
        self.sizes, self.padded, *self.steps = choose_sizes(before, after)

    def gather(self, some, size, more):
        """Return what pairs, by number, give, the units that they want, and which of them count.

        size: of the largest of them; more: steps of padding beside what it takes.
        """
        place = np.searchsorted(self.padded, size)
        width, length = (steps[place] + more for steps in self.steps)
        source = np.full((len(some), width), EDGE, "int32")
        units = np.full((len(some), length + 1), EDGE, "int32")
        counts = np.zeros((len(some), length), "float32")
        for row, number in enumerate(some):
            own, wanted = self.sources[number], self.targets[number]
            source[row, : len(own)] = own
            units[row, : len(wanted)] = wanted
            counts[row, : len(wanted) - 1] = 1.0
        lengths = np.array([len(self.sources[number]) for number in some], "int32")
        given = {{"source": source, "lengths": lengths, "before": units[:, :-1]}}
        return given, units[:, 1:], counts

    def cut(self, some):
        """Cut pairs, by number, into batches that are padded to the same size."""
        order = some[np.argsort(self.sizes[some], kind="stable")]
        places = np.searchsorted(self.padded, self.sizes[order])
        batches = []
        for place in np.unique(places):
            same = order[places == place]
            batches += np.split(same, range({most}, len(same), {most}))
        return batches'''

_MOST_AT_ONCE = 64
"""Pairs of a batch that is only judged."""


def write_reading(story: Story) -> Section:
    """Write what gives ``pairs``, one dictionary each, and ``known`` ones among them."""
    code = "\n".join(
        [
            f'lines = Path("{DATA_FILE}").read_text(encoding="utf-8").splitlines()',
            "pairs = [json.loads(line) for line in lines]",
            'known = [each for each in pairs if each["target"] is not None]',
        ]
    )
    return Section("The pairs", "A pair a line, with the part that it is in.", code)


def write_units(story: Story) -> Section:
    """Write ``Reading``."""
    sides = {side: _write_fit(story, side) for side in ("source", "target")}
    note = "What is told apart of either side, as the training part has it."
    return Section("Units", note, _READING.format(**sides))


def write_batches(story: Story) -> Section:
    """Write ``Table``."""
    note = "Padding counts nowhere. Pairs of similar lengths are put together, so there is little."
    return Section("Batches", note, join_definitions([_TABLE.format(most=_MOST_AT_ONCE)]))


def _write_fit(story: Story, side: str) -> str:
    task = story.spec.task
    kind = getattr(task, f"{side}_units")
    rarest = task.rarest or (1 if kind == "characters" else 2)
    return f"{_CLASSES[kind]}.fit({side}s, {getattr(task, f'{side}_vocabulary')}, {rarest})"
