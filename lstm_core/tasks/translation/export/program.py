"""A run that translates, as a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.export.code import Section, join_definitions
from lstm_core.export.kept_code import MODEL_FILE, WEIGHTS_FILE
from lstm_core.export.program import Program, introduce, write_settings
from lstm_core.export.source import cut_definitions
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.export.data_file import DATA_FILE
from lstm_core.tasks.translation.export.network_code import NETWORK, write_network
from lstm_core.tasks.translation.export.prediction_code import (
    write_judging,
    write_saving,
    write_saying,
    write_translating,
)
from lstm_core.tasks.translation.export.reading_code import (
    write_batches,
    write_reading,
    write_units,
)
from lstm_core.tasks.translation.export.sources import SOURCES
from lstm_core.tasks.translation.export.story import Story
from lstm_core.tasks.translation.export.training_code import write_training

_OWN_LAYERS = "What Keras does not bring. Each is told where a text ends: padding is nobody's."


def write_program(spec: ExperimentSpec, collection: PairCollection) -> Program:
    """Write the steps from the file to translations; the spec is filled in for this collection.

    Raises:
        SpecError, DataError: as ``Story.of``.
    """
    story = Story.of(spec, collection)
    sections = [
        write_reading(story),
        write_units(story),
        write_batches(story),
        write_network(story.frame),
        write_training(story),
        write_saying(story),
        *write_judging(story),
        write_saving(story),
        write_translating(story),
    ]
    sections = list(_bring_definitions(sections))
    constants = [
        f"MOST_STEPS = {story.spec.task.most_steps}",
        f"EPOCHS = {story.spec.training.epochs}",
        f"SEED = {story.spec.training.seed}",
    ]
    note = "Units of a text at most, how long it learns, and the start of all randomness."
    settings = write_settings(note, constants, sections)
    return Program(_introduce(story), [settings, *sections])


def _bring_definitions(sections: Iterable[Section]) -> Iterator[Section]:
    """Put what each section needs of ours, and none before it had, at its beginning.

    What the network needs is much, and has a section of its own.
    """
    known: set[str] = set()
    for section in sections:
        needed = [each for each in cut_definitions(section.code, SOURCES) if each not in known]
        known.update(needed)
        if section.title == NETWORK:
            yield Section("Own layers", _OWN_LAYERS, join_definitions(needed))
            needed = []
        yield replace(section, code=join_definitions([*needed, section.code]))


def _introduce(story: Story) -> str:
    library = ", tokenizers" if story.needs_library else ""
    answers = ", and answers.csv, of texts without a partner" if story.has_asked else ""
    whose = "the run's networks" if story.num_folds == 1 else "the networks of the run's last fold"
    is_coarse = story.spec.training.precision != "float32"
    rounding = " In 16 bits, rounding can change some of them." if is_coarse else ""
    about = (
        f"Needs keras with an engine, pandas{library} and, in the same folder, {DATA_FILE}; "
        "sacrebleu, where it is there, scores. Trains what the run trained, and writes "
        f"predictions.csv, the translations of the test part{answers}. With the run's "
        f"{WEIGHTS_FILE} and {MODEL_FILE} in the folder as well, nothing is trained: {whose} say "
        f"there what they said, but for rounding.{rounding}"
    )
    return introduce(about, ["Baselines, the verdict, and the tables beside."])
