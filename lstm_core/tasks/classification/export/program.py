"""A run that says labels, as a program."""

from __future__ import annotations

from lstm_core.data.items.collection import ItemCollection
from lstm_core.export.cells import guard_text
from lstm_core.export.code import write_list, write_literal
from lstm_core.export.kept_code import MODEL_FILE, WEIGHTS_FILE
from lstm_core.export.program import Program, introduce, write_settings
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.classification.export.data_file import DATA_FILE
from lstm_core.tasks.classification.export.prediction_code import (
    write_certainty,
    write_judging,
    write_predicting,
    write_saving,
)
from lstm_core.tasks.classification.export.reading_code import (
    write_padding,
    write_reading,
    write_steps,
)
from lstm_core.tasks.classification.export.story import Story
from lstm_core.tasks.classification.export.training_code import (
    write_change,
    write_loss,
    write_training,
)


def write_program(spec: ExperimentSpec, collection: ItemCollection) -> Program:
    """Write the steps from the file to labels; the spec is filled in for this collection.

    Raises:
        SpecError, DataError: as ``Story.of``.
    """
    story = Story.of(spec, collection)
    sections = [
        write_reading(story),
        write_steps(story),
        write_padding(story),
        *story.network,
        *write_change(story),
        write_loss(story),
        write_training(story),
        write_certainty(story),
        write_predicting(story),
        *write_judging(story),
        write_saving(story),
    ]
    constants = [
        write_list("LABELS", [write_literal(guard_text(name)) for name in story.names]),
        f"EPOCHS = {story.spec.training.epochs}",
        f"SEED = {story.spec.training.seed}",
    ]
    note = "What is told apart, and the start of all randomness."
    settings = write_settings(note, constants, sections)
    return Program(_introduce(story), [settings, *sections])


def _introduce(story: Story) -> str:
    answers = ", and answers.csv, of items without a label" if story.has_asked else ""
    whose = "the run's networks" if story.num_folds == 1 else "the networks of the run's last fold"
    is_coarse = story.spec.training.precision != "float32"
    rounding = " In 16 bits, rounding can show in the second digit." if is_coarse else ""
    drawn = (
        " The run's words began with vectors that were brought; here they begin drawn, so that "
        "what is trained anew says something else."
        if story.items.vectors is not None
        else ""
    )
    about = (
        f"Needs keras with an engine, pandas and, in the same folder, {DATA_FILE}. Trains what the "
        f"run trained, and writes predictions.csv, of the test part{answers}. With the run's "
        f"{WEIGHTS_FILE} and {MODEL_FILE} in the folder as well, nothing is trained: {whose} say "
        f"there what they said, but for rounding.{rounding}{drawn}"
    )
    return introduce(about, ["Baselines, the verdict, and what spoke for a label."])
