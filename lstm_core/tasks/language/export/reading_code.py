"""Reading the text, and making units of it: what is fitted sees the training part alone."""

from __future__ import annotations

from lstm_core.export.code import Section, join_definitions, write_literal
from lstm_core.tasks.language.export.data_file import DATA_FILE
from lstm_core.tasks.language.export.story import Story
from lstm_core.tasks.language.passages import CONTEXT

_CLASSES = {"characters": "CharacterUnits", "words": "WordUnits", "pieces": "PieceUnits"}

_ENCODE = '''def encode(stretch):
    """Return a stretch's units; an edge stands where a document begins or ends."""
    edge = np.array([EDGE], "int32")
    found = [edge] * stretch["begins"] + [units.encode(stretch["text"])] + [edge] * stretch["ends"]
    return np.concatenate(found)'''

_LAY_OUT = """learnt, held_out = (
    np.concatenate([encode(each) for each in stretches if each["part"] == part])
    for part in ("train", "validation")
)
flat = np.concatenate([learnt, held_out, np.array([EDGE], "int32")])
training = line_up(0, len(learnt), STRETCH_STEPS)
validation = line_up(len(learnt), len(learnt) + len(held_out), STRETCH_STEPS)[:{most}]"""

_PASSAGES = f'''def make_passage(stretch):
    """Return the units to be judged, behind those that are read before; and where they lie."""
    before = units.encode(stretch["before"])[-{CONTEXT}:]
    if not len(before) or (len(stretch["before"]) == stretch["start"] and len(before) < {CONTEXT}):
        before = np.append(np.int32(EDGE), before)
    located = units.locate(stretch["text"])
    numbers, starts, stops = located.numbers, located.starts, located.stops
    if stretch["ends"]:
        end = len(stretch["text"])
        numbers = np.append(numbers, EDGE)
        starts, stops = np.append(starts, end), np.append(stops, end)
    told = pd.DataFrame(
        {{
            "document": stretch["document"],
            "start": starts + stretch["start"],
            "stop": stops + stretch["start"],
            "unit": [units.name(int(number)) for number in numbers],
        }}
    )
    return Passage(np.concatenate([before, numbers]).astype("int32"), len(before)), told'''


def write_reading(story: Story) -> Section:
    """Write what gives ``stretches``, one dictionary each."""
    code = "\n".join(
        [
            f'lines = Path("{DATA_FILE}").read_text(encoding="utf-8").splitlines()',
            "stretches = [json.loads(line) for line in lines]",
        ]
    )
    return Section("The text", "A stretch of text a line, with the part that it is in.", code)


def write_units(story: Story) -> Section:
    """Write ``units``, of the training part, and ``encode``."""
    task = story.spec.task
    fit = f"{_CLASSES[task.units]}.fit(texts, {task.vocabulary}, {write_literal(task.rarest)})"
    code = join_definitions(
        [
            'texts = [each["text"] for each in stretches if each["part"] == "train"]',
            f"units = {fit}",
            _ENCODE,
        ]
    )
    note = {
        "characters": "Each character is one; told apart is what the training part holds.",
        "words": "Words and marks; told apart are the most frequent ones of the training part.",
        "pieces": "Pieces of words, learnt from the training part.",
    }[task.units]
    return Section("Units", note, code)


def write_stretches(story: Story, most_held_out: int) -> Section:
    """Write where stretches begin, and what is judged."""
    blocks = [_LAY_OUT.format(most=most_held_out), _PASSAGES]
    note = "All units one behind another, and the places where stretches of them begin."
    return Section("Stretches", note, join_definitions(blocks))
