"""What tagging of sequences shows of itself; see ``tasks.face.TaskPages``."""

from __future__ import annotations

from collections.abc import Mapping

from lstm_core.data.tagged.summary import name_sequence
from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.spec import ExperimentSpec
from pages._ui.data.draft import Draft
from pages._ui.data.outlook import Outlook
from pages._ui.run.watching import Look
from pages._ui.settings.setting_form import SettingForm
from pages._ui.tasks.face import Offer, ResultParts
from pages._ui.tasks.tagging.confirm_card import show_confirm_card
from pages._ui.tasks.tagging.result.answer import show_answer
from pages._ui.tasks.tagging.setting_words import WORDS
from pages._ui.tasks.tagging.settings import GROUPS, ask_first

OFFERS = (
    Offer(
        "by_the_sequences",
        "Let the sequences choose what is kept apart",
        "How they are split, and into how many folds, go back to Auto.",
        {"task.split": None, "task.num_folds": None},
    ),
    Offer(
        "spread",
        "Spread the tags evenly instead",
        "Groups, order of time and a split that came with the data are not heeded.",
        {"task.split": "stratified", "task.num_folds": None},
    ),
    Offer(
        "as_usual",
        "Let the sequences choose the network",
        "Network, and whether words are read letter by letter, go back to Auto.",
        {
            **{"model.architecture": None, "model.stack": (), "model.decoder": None},
            **{"task.spelling": None, "task.letters": None, "task.most_steps": None},
        },
    ),
)


class TaggingPages:
    wish = "Tag each step"
    icon = ":material/label:"
    sentence = (
        "From sequences with a tag for each step, such as names in sentences or what somebody does "
        "in a recording, to a reader that finds them in new ones."
    )
    words = WORDS
    groups = GROUPS
    offers = OFFERS
    presets: Mapping[str, str] = {}
    rivals = ("bidirectional", "stacked", "gru")
    race_rules = ("task.chain", "task.split", "task.num_folds")

    def show_card(self, draft: Draft) -> None:
        show_confirm_card(draft)

    def ask_first(self, form: SettingForm) -> None:
        ask_first(form)

    def ask_of_network(self, form: SettingForm) -> None:
        """What is said is asked in a group of its own."""

    def applies(self, path: str, spec: ExperimentSpec) -> bool:
        return path != "task.letters" or spec.task.spelling != "none"

    def say_unit(self, outlook: Outlook) -> str:
        return f"A sequence is one {name_sequence(outlook.collection)}."

    def show_answer(self, run: Run) -> ResultParts:
        return show_answer(run)

    def show_growth(self, run: Run, points: list[EpochPoint]) -> None:
        """There is nothing to watch but the curves."""

    def show_live(self, look: Look) -> None:
        """There is nothing to watch but the curves."""


PAGES = TaggingPages()
