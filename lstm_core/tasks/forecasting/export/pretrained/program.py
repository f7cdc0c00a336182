"""A run whose network came trained, as a program that trains nothing."""

from __future__ import annotations

from lstm_core.data.series.dataset import Dataset
from lstm_core.export.code import Section, indent
from lstm_core.export.program import Program, introduce, write_settings
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.export.cutting_code import write_fold_loop
from lstm_core.tasks.forecasting.export.data_code import write_reading
from lstm_core.tasks.forecasting.export.data_file import DATA_FILE
from lstm_core.tasks.forecasting.export.prediction_code import write_saving
from lstm_core.tasks.forecasting.export.pretrained.asking_code import write_asking, write_networks
from lstm_core.tasks.forecasting.export.pretrained.module import MODULE_FILE, WEIGHTS_FILE
from lstm_core.tasks.forecasting.export.pretrained.outlook import Outlook
from lstm_core.tasks.forecasting.export.pretrained.preparing_code import write_preparing

_BESIDE = ("MEDIAN", "Histories", "Pretrained", "ask_networks", "count_kept", "load_version")
"""What a script may need of the module beside it."""


def write_program(spec: ExperimentSpec, dataset: Dataset) -> Program:
    """Write the steps from the files to the forecast.

    They need NumPy and pandas, the companions, and nothing else of ours.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in for this dataset.

    Raises:
        SpecError: what is asked for does not go together.
        DataError: no series is long enough.
    """
    outlook = Outlook.of(spec, dataset)
    sections = _list_sections(outlook)
    code = "\n".join(section.code for section in sections)
    lookback, horizon = spec.task.sizes
    constants = [
        *([f"LOOKBACK = {lookback}"] if "LOOKBACK" in code else []),
        f"HORIZON = {horizon}",
        f"SEASONS = {_write_seasons(outlook)}",
        f"LATEST_SEASONS = {outlook.latest_seasons!r}",
    ]
    named = ", ".join(name for name in _BESIDE if name in code)
    note = (
        "Steps that are predicted, and those after which values come again: as the training part "
        "shows it, and as all rows do."
    )
    beside = [f"from {MODULE_FILE.partition('.')[0]} import {named}"]
    settings = write_settings(note, constants, sections, beside)
    return Program(_introduce(outlook), [settings, *sections], trains=False)


def _write_seasons(outlook: Outlook) -> str:
    """Write them once where all folds show the same."""
    return repr(outlook.seasons if _differ(outlook) else outlook.seasons[0])


def _differ(outlook: Outlook) -> bool:
    return len({*outlook.seasons}) > 1


def _list_sections(outlook: Outlook) -> list[Section]:
    story = outlook.story
    seasons = "SEASONS[len(tables)]" if _differ(outlook) else "SEASONS"
    defined, preparing = write_preparing(outlook)
    testing = Section(
        "The test part",
        "Each row of it is predicted from what was known before.",
        f"tables.append(tabulate(predict(networks, test, {seasons}), test))",
    )
    return [
        write_reading(story),
        *defined,
        write_networks(outlook),
        write_asking(outlook, defined),
        *_repeat(outlook, preparing, testing),
        write_saving(story, "predict(networks, last, LATEST_SEASONS)"),
    ]


def _repeat(outlook: Outlook, preparing: Section, testing: Section) -> list[Section]:
    """Return what is done once for each fold; with more than one, as a loop."""
    if not outlook.repeats:
        begin = Section(preparing.title, preparing.note, f"{preparing.code}\ntables = []")
        return [begin, testing]
    blocks = [f"# {section.note}\n{section.code}" for section in (preparing, testing)]
    loop = write_fold_loop(outlook.story)
    code = "\n".join(["tables = []", loop, indent(["\n\n".join(blocks)])])
    note = "The test part is walked through in stretches; what is fitted knows all before each."
    return [Section("Fold by fold", note, code)]


def _introduce(outlook: Outlook) -> str:
    model = outlook.story.spec.model
    part = "its head" if model.fine_tune == "head" else "all of it"
    whose = (
        f"The run has let {part} go on learning; the weights that it ended with are carried in "
        f"{WEIGHTS_FILE}, and are not trained again."
        if outlook.is_tuned
        else f"The run used it as it comes, and so does this; its weights are in {WEIGHTS_FILE}."
    )
    about = (
        f"Needs numpy, pandas and, in the same folder, {DATA_FILE}, {MODULE_FILE} and "
        f"{WEIGHTS_FILE}. Asks the pre-trained LSTM, version {model.pretrained_version}, which has "
        f"seen made-up series alone. {whose} Writes predictions.csv, of the test part, and "
        "forecast.csv, beyond the last row. The network's predictions are the run's own, but for "
        "rounding."
    )
    return introduce(about, _list_omissions(outlook), trains=False)


def _list_omissions(outlook: Outlook) -> list[str]:
    story = outlook.story
    found = [
        "Baselines and the verdict.",
        "The ranges around the predictions, which the run stretches to what held-out errors ask "
        f"for. `forecast` in {MODULE_FILE} gives ranges of its own.",
    ]
    if story.spec.task.shrink:
        found.append(
            "The share that the best baseline has in the run's forecast, as far as held-out rows "
            "gave it one or the network failed on the test part: these are the network's own."
        )
    if outlook.is_tuned and story.num_folds is not None:
        found.append(
            "All but the last stretch of the test part: the run trained anew before each, and "
            "keeps the weights of the last one."
        )
    has_even = (story.spec.training.num_seeds or 1) % 2 == 0
    if has_even and story.transform == "power":
        found.append(
            "The mean of the two middle networks on the scale of the power: here it is that of "
            "their values."
        )
    return found
