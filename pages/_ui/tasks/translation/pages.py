"""What translation shows of itself; see ``tasks.face.TaskPages``."""

from __future__ import annotations

from collections.abc import Mapping

from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.spec import ExperimentSpec
from pages._ui.data.draft import Draft
from pages._ui.data.outlook import Outlook
from pages._ui.run.watching import Look
from pages._ui.settings.setting_form import SettingForm
from pages._ui.tasks.face import Offer, ResultParts
from pages._ui.tasks.translation.confirm_card import show_confirm_card
from pages._ui.tasks.translation.growth import show_film, show_film_live
from pages._ui.tasks.translation.result.answer import show_answer
from pages._ui.tasks.translation.setting_words import WORDS
from pages._ui.tasks.translation.settings import GROUPS, ask_first, ask_of_network

OFFERS = (
    Offer(
        "by_the_pairs",
        "Let the pairs choose what is kept apart",
        "How they are split, how large the parts are, and into how many folds, goes back to Auto.",
        {
            **{"task.split": None, "task.num_folds": None},
            **{"task.test_fraction": 0.1, "task.validation_fraction": 0.05},
        },
    ),
    Offer(
        "any_pairs",
        "Keep any pairs apart instead",
        "Groups, and a split that came with the data, are not heeded.",
        {"task.split": "stratified", "task.num_folds": None},
    ),
    Offer(
        "usual_units",
        "Let the pairs choose the units",
        "What texts are cut into, and how long they may be, goes back to Auto.",
        {
            **{"task.source_units": None, "task.target_units": None},
            **{"task.source_vocabulary": None, "task.target_vocabulary": None},
            **{"task.rarest": None, "task.most_steps": None},
        },
    ),
    Offer(
        "as_usual",
        "Let the pairs choose the network",
        "Network, and what says the translation, go back to Auto.",
        {
            **{"model.architecture": None, "model.stack": (), "model.units": None},
            **{"task.embedding": None, "task.tied": None, "task.attention": None},
            **{"task.decoder_layers": None, "task.decoder_units": None},
        },
    ),
)


class TranslationPages:
    wish = "Turn one text into another"
    icon = ":material/translate:"
    sentence = (
        "From pairs of texts, such as sentences with their translations or dates in words and in "
        "figures, to a translator that shows where it looked for each word."
    )
    words = WORDS
    groups = GROUPS
    offers = OFFERS
    presets: Mapping[str, str] = {
        "fast": "one network, a third of the steps",
        "balanced": "one network",
        "best": "the mean of 3",
    }
    rivals = ("gru", "stacked", "vanilla")
    race_rules = ("task.source_units", "task.target_units", "task.split", "task.num_folds")

    def show_card(self, draft: Draft) -> None:
        show_confirm_card(draft)

    def ask_first(self, form: SettingForm) -> None:
        ask_first(form)

    def ask_of_network(self, form: SettingForm) -> None:
        ask_of_network(form)

    def applies(self, path: str, spec: ExperimentSpec) -> bool:
        return True

    def say_unit(self, outlook: Outlook) -> str:
        """What the words stand for needs no saying."""
        return ""

    def show_answer(self, run: Run) -> ResultParts:
        return show_answer(run)

    def show_growth(self, run: Run, points: list[EpochPoint]) -> None:
        show_film(run, points)

    def show_live(self, look: Look) -> None:
        show_film_live(look)


PAGES = TranslationPages()
