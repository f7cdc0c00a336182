"""What writing on shows of itself; see ``tasks.face.TaskPages``."""

from __future__ import annotations

from collections.abc import Mapping

from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.spec import ExperimentSpec
from pages._ui.data.draft import Draft
from pages._ui.data.outlook import Outlook
from pages._ui.run.watching import Look
from pages._ui.settings.setting_form import SettingForm
from pages._ui.tasks.face import Offer, ResultParts
from pages._ui.tasks.language.confirm_card import show_confirm_card
from pages._ui.tasks.language.growth import show_film, show_film_live
from pages._ui.tasks.language.result.answer import show_answer
from pages._ui.tasks.language.setting_words import WORDS
from pages._ui.tasks.language.settings import GROUPS, ask_first
from pages._ui.tasks.language.unit_names import name_units

OFFERS = (
    Offer(
        "by_the_texts",
        "Let the texts choose what is kept apart",
        "How they are split, and how large the parts are, goes back to Auto.",
        {"task.split": None, "task.test_fraction": 0.1, "task.validation_fraction": 0.05},
    ),
    Offer(
        "usual_units",
        "Let the texts choose the units",
        "What text is cut into, and how many different units there are, goes back to Auto.",
        {"task.units": None, "task.vocabulary": None, "task.rarest": None},
    ),
    Offer(
        "as_usual",
        "Let the texts choose the network",
        "Network, and what stands around it, go back to Auto.",
        {
            **{"model.architecture": None, "model.stack": (), "model.units": None},
            **{"task.embedding": None, "task.tied": None},
        },
    ),
)


class LanguagePages:
    wish = "Write on from texts of your own"
    icon = ":material/edit_note:"
    sentence = (
        "From a book, notes or many short texts to a writer of the same kind: it goes on from any "
        "beginning, and says of each letter how much it was surprised."
    )
    words = WORDS
    groups = GROUPS
    offers = OFFERS
    presets: Mapping[str, str] = {
        "fast": "one network, a third of the steps",
        "balanced": "one network",
        "best": "the mean of 3",
    }
    rivals = ("gru", "vanilla", "residual")
    race_rules = ("task.units", "task.split")

    def show_card(self, draft: Draft) -> None:
        show_confirm_card(draft)

    def ask_first(self, form: SettingForm) -> None:
        ask_first(form)

    def ask_of_network(self, form: SettingForm) -> None:
        """What stands around the network is asked in a group of its own."""

    def applies(self, path: str, spec: ExperimentSpec) -> bool:
        return True

    def say_unit(self, outlook: Outlook) -> str:
        resolved = outlook.resolved
        if resolved is None:
            return ""
        steps = resolved.task.steps
        return f"A stretch is {steps:,} {name_units(resolved.task.units, steps)}."

    def show_answer(self, run: Run) -> ResultParts:
        return show_answer(run)

    def show_growth(self, run: Run, points: list[EpochPoint]) -> None:
        show_film(run, points)

    def show_live(self, look: Look) -> None:
        show_film_live(look)


PAGES = LanguagePages()
