"""A run that writes, as a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.export.code import Section, join_definitions
from lstm_core.export.kept_code import MODEL_FILE, WEIGHTS_FILE
from lstm_core.export.program import Program, introduce, write_settings
from lstm_core.export.source import cut_definitions
from lstm_core.learning.feeds.feed import MAX_VALIDATION_PLACES
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.language.export.data_file import DATA_FILE
from lstm_core.tasks.language.export.network_code import NETWORK, write_network
from lstm_core.tasks.language.export.prediction_code import (
    ASKING,
    write_judging,
    write_networks,
    write_writing,
)
from lstm_core.tasks.language.export.reading_code import (
    write_reading,
    write_stretches,
    write_units,
)
from lstm_core.tasks.language.export.sources import SOURCES
from lstm_core.tasks.language.export.story import Story
from lstm_core.tasks.language.export.training_code import write_training

_OWN_LAYERS = "What Keras does not bring."


def write_program(spec: ExperimentSpec, collection: DocumentCollection) -> Program:
    """Write the steps from the file to text; the spec is filled in for this collection.

    Raises:
        SpecError, DataError: as ``Story.of``.
    """
    story = Story.of(spec, collection)
    sections = [
        write_reading(story),
        write_units(story),
        write_stretches(story, MAX_VALIDATION_PLACES),
        write_network(story.frame),
        Section("Asking", "How a network is asked.", ASKING),
        write_training(story),
        write_networks(story),
        write_judging(story),
        write_writing(story),
    ]
    sections = list(_bring_definitions(sections))
    constants = [
        f"STRETCH_STEPS = {story.shape.steps}",
        f"EPOCHS = {story.spec.training.epochs}",
        f"SEED = {story.spec.training.seed}",
    ]
    settings = write_settings(
        "How it learns, and the start of all randomness.", constants, sections
    )
    return Program(_introduce(story), [settings, *sections])


def _bring_definitions(sections: Iterable[Section]) -> Iterator[Section]:
    """Put what each section needs of ours, and none before it had, at its beginning."""
    known: set[str] = set()
    for section in sections:
        needed = [each for each in cut_definitions(section.code, SOURCES) if each not in known]
        known.update(needed)
        if section.title == NETWORK and needed:
            yield Section("Own layers", _OWN_LAYERS, join_definitions(needed))
            needed = []
        yield replace(section, code=join_definitions([*needed, section.code]))


def _introduce(story: Story) -> str:
    library = ", tokenizers" if story.needs_library else ""
    is_coarse = story.spec.training.precision != "float32"
    rounding = " In 16 bits, rounding can show in the second digit." if is_coarse else ""
    about = (
        f"Needs keras with an engine, pandas{library} and, in the same folder, {DATA_FILE}. Trains "
        "what the run trained, writes predictions.csv, how likely each unit of the test part is, "
        f"and prints a text. With the run's {WEIGHTS_FILE} and {MODEL_FILE} in the folder as well, "
        f"nothing is trained: the run's networks say there what they said, but for rounding."
        f"{rounding}"
    )
    left_out = [
        "Baselines, the verdict, and the tables beside.",
        "Paragraphs of the test part that are learnt from as well: the run does not judge by them.",
    ]
    return introduce(about, left_out)
