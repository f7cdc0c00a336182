"""A run that forecasts, as a program."""

from __future__ import annotations

from lstm_core.data.series.dataset import Dataset
from lstm_core.export.code import Section, indent
from lstm_core.export.program import Program, introduce, write_settings
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.export.cutting_code import write_fold_loop
from lstm_core.tasks.forecasting.export.data_code import (
    write_gathering,
    write_preparing,
    write_reading,
)
from lstm_core.tasks.forecasting.export.data_file import DATA_FILE
from lstm_core.tasks.forecasting.export.network_code import write_network
from lstm_core.tasks.forecasting.export.prediction_code import (
    write_predicting,
    write_saving,
    write_testing,
)
from lstm_core.tasks.forecasting.export.story import Story
from lstm_core.tasks.forecasting.export.training_code import (
    write_loss,
    write_members,
    write_training,
)


def write_program(spec: ExperimentSpec, dataset: Dataset) -> Program:
    """Write the steps from the file to the forecast.

    They need TensorFlow and pandas, and nothing of ours.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in for this dataset.

    Raises:
        SpecError: the network's layers don't go together, or training is stateful.
        DataError: no series is long enough.
    """
    story = Story.of(spec, dataset)
    return Program(_introduce(story), _list_sections(story))


def _list_sections(story: Story) -> list[Section]:
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
    lookback, horizon = story.spec.task.sizes
    constants = [
        f"LOOKBACK = {lookback}",
        f"HORIZON = {horizon}",
        f"EPOCHS = {story.spec.training.epochs}",
        f"SEED = {story.spec.training.seed}",
    ]
    note = "Steps that a window holds, steps that are predicted, and the start of all randomness."
    return [write_settings(note, constants, sections), *sections]


def _introduce(story: Story) -> str:
    is_coarse = story.spec.training.precision != "float32"
    rounding = " In 16 bits, rounding can show in the second digit." if is_coarse else ""
    about = (
        f"Needs tensorflow, pandas and, in the same folder, {DATA_FILE}. Trains the run's networks "
        "on the same windows in the same order. Writes predictions.csv, of the test part, and "
        "forecast.csv, beyond the last row. On the same kind of machine the networks' predictions "
        f"are the run's own, but for rounding.{rounding}"
    )
    return introduce(about, _list_omissions(story))


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
            "Drawing the predictions towards the best baseline and the pre-trained LSTM, as far as "
            "that helps on the validation part: these are the networks' own, and the run's where "
            "it gave nothing else a share."
        )
    if task.window_normalisation is None:
        found.append(
            "Choosing what is taken from each window: the run tries each kind for a few epochs, "
            "this takes the last value."
        )
    if task.covariates is None and story.frame.shape.covariates:
        found.append("Trying whether the network does better without covariates: all are read.")
    if task.calendar_read is None and story.frame.shape.calendar:
        found.append("Trying whether the calendar helps: nothing that would be tried is read.")
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
