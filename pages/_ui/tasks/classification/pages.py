"""What classification of sequences shows of itself; see ``tasks.face.TaskPages``."""

from __future__ import annotations

from collections.abc import Mapping

from lstm_core.data.items.summary import name_items
from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.spec import ExperimentSpec
from pages._ui.data.draft import Draft
from pages._ui.data.outlook import Outlook
from pages._ui.run.watching import Look
from pages._ui.settings.setting_form import SettingForm
from pages._ui.tasks.classification.confirm_card import show_confirm_card
from pages._ui.tasks.classification.result.answer import show_answer
from pages._ui.tasks.classification.setting_words import WORDS
from pages._ui.tasks.classification.settings import GROUPS, ask_first, ask_of_network
from pages._ui.tasks.face import Offer, ResultParts

OFFERS = (
    Offer(
        "by_the_items",
        "Let the items choose what is kept apart",
        "How they are split, and into how many folds, go back to Auto.",
        {"task.split": None, "task.num_folds": None},
    ),
    Offer(
        "spread",
        "Spread the labels evenly instead",
        "Groups, order of time and a split that came with the items are not heeded.",
        {"task.split": "stratified", "task.num_folds": None},
    ),
    Offer(
        "as_usual",
        "Let the items choose the network",
        "Network, pooling and places go back to Auto.",
        {
            **{"model.architecture": None, "model.stack": (), "model.decoder": None},
            **{"task.pooling": None, "task.places": None},
        },
    ),
)


class ClassificationPages:
    wish = "Tell sequences apart"
    icon = ":material/category:"
    sentence = (
        "From texts, signals or symbols with labels to a judge of new ones: its label, how sure "
        "it is, and what spoke for it."
    )
    words = WORDS
    groups = GROUPS
    offers = OFFERS
    presets: Mapping[str, str] = {}
    rivals = ("bidirectional", "vanilla", "gru")
    race_rules = ("task.tokens", "task.split", "task.num_folds", "task.class_weights")

    def show_card(self, draft: Draft) -> None:
        show_confirm_card(draft)

    def ask_first(self, form: SettingForm) -> None:
        ask_first(form)

    def ask_of_network(self, form: SettingForm) -> None:
        ask_of_network(form)

    def applies(self, path: str, spec: ExperimentSpec) -> bool:
        return True

    def say_unit(self, outlook: Outlook) -> str:
        return f"An item is one {name_items(outlook.collection)}."

    def show_answer(self, run: Run) -> ResultParts:
        return show_answer(run)

    def show_growth(self, run: Run, points: list[EpochPoint]) -> None:
        """There is nothing to watch but the curves."""

    def show_live(self, look: Look) -> None:
        """There is nothing to watch but the curves."""


PAGES = ClassificationPages()
