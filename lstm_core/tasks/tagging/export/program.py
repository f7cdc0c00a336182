"""A run that says tags, as a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.export.cells import guard_text
from lstm_core.export.code import Section, join_definitions, write_list, write_literal
from lstm_core.export.kept_code import MODEL_FILE, WEIGHTS_FILE
from lstm_core.export.program import Program, introduce, write_settings
from lstm_core.export.source import cut_definitions
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.tagging.export.data_file import DATA_FILE
from lstm_core.tasks.tagging.export.network_code import NETWORK, write_network
from lstm_core.tasks.tagging.export.prediction_code import (
    write_judging,
    write_predicting,
    write_saving,
)
from lstm_core.tasks.tagging.export.reading_code import (
    write_gathering,
    write_reading,
    write_steps,
)
from lstm_core.tasks.tagging.export.sources import SOURCES
from lstm_core.tasks.tagging.export.story import Story
from lstm_core.tasks.tagging.export.training_code import write_change, write_loss, write_training

_OWN_LAYERS = "What Keras does not bring. Each is told where a sequence ends: padding is nobody's."


def write_program(spec: ExperimentSpec, collection: TaggedCollection) -> Program:
    """Write the steps from the file to tags; the spec is filled in for this collection.

    Raises:
        SpecError, DataError: as ``Story.of``.
    """
    story = Story.of(spec, collection)
    sections = [
        write_reading(story),
        write_steps(story),
        write_gathering(story),
        write_network(story.frame),
        *write_change(story),
        write_loss(story),
        write_training(story),
        write_predicting(story),
        *write_judging(story),
        write_saving(story),
    ]
    sections = list(_bring_definitions(sections))
    constants = [
        write_list("TAGS", [write_literal(guard_text(name)) for name in story.names]),
        f"EPOCHS = {story.spec.training.epochs}",
        f"SEED = {story.spec.training.seed}",
    ]
    note = "What is told apart, and the start of all randomness."
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
    answers = ", and answers.csv, of sequences without tags" if story.has_asked else ""
    whose = "the run's networks" if story.num_folds == 1 else "the networks of the run's last fold"
    is_coarse = story.spec.training.precision != "float32"
    rounding = " In 16 bits, rounding can show in the second digit." if is_coarse else ""
    about = (
        f"Needs keras with an engine, pandas and, in the same folder, {DATA_FILE}. Trains what the "
        f"run trained, and writes predictions.csv, of the test part{answers}. With the run's "
        f"{WEIGHTS_FILE} and {MODEL_FILE} in the folder as well, nothing is trained: {whose} say "
        f"there what they said, but for rounding.{rounding}"
    )
    return introduce(about, ["Baselines, the verdict, and the tables beside."])
