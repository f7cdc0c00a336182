"""A run as one plain Keras script."""

from __future__ import annotations

import textwrap

from lstm_core.data.series.dataset import Dataset
from lstm_core.export.code import Section, indent
from lstm_core.export.data_code import (
    write_fold_loop,
    write_gathering,
    write_preparing,
    write_reading,
)
from lstm_core.export.data_file import DATA_FILE
from lstm_core.export.network_code import write_network
from lstm_core.export.prediction_code import write_predicting, write_saving, write_testing
from lstm_core.export.story import Story
from lstm_core.export.training_code import write_loss, write_members, write_training
from lstm_core.spec import ExperimentSpec

_WIDTH = 96


def write_script(spec: ExperimentSpec, dataset: Dataset) -> str:
    """Return a Python script that trains what a run trains, and predicts what it predicts.

    It reads what ``write_data`` gives from the folder that it runs in, needs TensorFlow and
    pandas, and nothing of ours.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in for this dataset.

    Raises:
        SpecError: the network's layers don't go together.
        DataError: no series is long enough.
    """
    story = Story.of(spec, dataset)
    parts = [f'"""{introduce(story)}\n"""']
    for section in list_sections(story):
        note = textwrap.wrap(section.note, _WIDTH - 2)
        heading = [
            f"# ── {section.title} ".ljust(_WIDTH - 20, "─"),
            *(f"# {line}" for line in note),
        ]
        parts.append("\n".join(heading) + "\n\n" + section.code)
    return "\n\n\n".join(parts) + "\n"


def list_sections(story: Story) -> list[Section]:
    """Return the steps from the file to the forecast, in the order that they run in."""
    defined, preparing = write_preparing(story)
    fold = [preparing, write_members(story), write_testing(story)]
    sections = [
        write_reading(story),
        write_gathering(story),
        *write_network(story.frame),
        write_loss(story),
        write_training(story),
        *defined,
        write_predicting(story),
        *_repeat(story, fold),
        write_saving(story),
    ]
    return [_write_settings(story, sections), *sections]


def introduce(story: Story) -> str:
    """Say what the script does, and what it leaves out of the run."""
    is_coarse = story.spec.training.precision != "float32"
    rounding = " In 16 bits, rounding can show in the second digit." if is_coarse else ""
    lines = [
        "One run of LSTM Studio as plain Keras.",
        "",
        f"Needs tensorflow, pandas and, in the same folder, {DATA_FILE}. Trains the run's networks "
        "on the same windows in the same order. Writes predictions.csv, of the test part, and "
        "forecast.csv, beyond the last row. On the same kind of machine the networks' predictions "
        f"are the run's own, but for rounding.{rounding}",
    ]
    left_out = _list_omissions(story)
    if left_out:
        lines += ["", "Left out of what the run does:"]
    lines += [f"- {sentence}" for sentence in left_out]
    return "\n".join(
        textwrap.fill(line, _WIDTH, subsequent_indent="  " if line.startswith("-") else "")
        for line in lines
    )


def _list_omissions(story: Story) -> list[str]:
    task = story.spec.task
    found = ["Baselines and the verdict."]
    if task.ranges == "quantile":
        found.append(
            "The ranges around the predictions: they are learnt here as well, but not stretched "
            "to what held-out errors ask for, nor written."
        )
    else:
        found.append("The ranges around the predictions, which come of past errors.")
    if task.shrink:
        found.append(
            "Drawing the predictions towards the best baseline, as far as that helps on the "
            "validation part: these are the networks' own, and so not yet the run's."
        )
    if task.window_normalisation is None:
        found.append(
            "Choosing what is taken from each window: the run tries each kind for a few epochs, "
            "this takes the last value."
        )
    return found


def _repeat(story: Story, fold: list[Section]) -> list[Section]:
    """Return what is done once for each fold; with more than one, as a loop."""
    if story.num_folds is None:
        first, *others = fold
        begin = Section(first.title, first.note, f"{first.code}\ntables = []")
        return [begin, *others]
    blocks = [f"# {section.note}\n{section.code}" for section in fold]
    code = "\n".join(["tables = []", write_fold_loop(story), indent(["\n\n".join(blocks)])])
    note = (
        "The test part is walked through in stretches, and the networks are trained anew before "
        "each of them, on everything before it."
    )
    return [Section("Fold by fold", note, code)]


def _write_settings(story: Story, sections: list[Section]) -> Section:
    code = "\n".join(section.code for section in sections)
    lookback, horizon = story.spec.task.sizes
    imports = ["import math", ""] if "math." in code else []
    # Each is named in every script that imports it.
    modules = ["import keras", "import numpy as np", "import pandas as pd"]
    modules += ["from keras import ops"] if "ops." in code else []
    constants = [
        f"LOOKBACK = {lookback}",
        f"HORIZON = {horizon}",
        f"EPOCHS = {story.spec.training.epochs}",
        f"SEED = {story.spec.training.seed}",
    ]
    note = "Steps that a window holds, steps that are predicted, and the start of all randomness."
    return Section("Settings", note, "\n".join([*imports, *modules, "", *constants]))
