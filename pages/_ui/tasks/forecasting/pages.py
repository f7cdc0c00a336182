"""What forecasting shows of itself; see ``tasks.face.TaskPages``."""

from __future__ import annotations

from collections.abc import Mapping

from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.spec import ExperimentSpec
from pages._ui.data.draft import Draft
from pages._ui.data.outlook import Outlook
from pages._ui.run.watching import Look
from pages._ui.settings.setting_form import SettingForm
from pages._ui.tasks.face import Offer, ResultParts
from pages._ui.tasks.forecasting.answer import show_answer
from pages._ui.tasks.forecasting.confirm_card import show_confirm_card
from pages._ui.tasks.forecasting.film_panel import show_film, show_film_live
from pages._ui.tasks.forecasting.setting_words import WORDS
from pages._ui.tasks.forecasting.settings import GROUPS, ask_first, ask_of_network

OFFERS = (
    Offer(
        "without_future",
        "Forecast without them",
        "Their past is still used; only their future is not.",
        {"data.missing_future": "ignore"},
    ),
    Offer(
        "one_fold",
        "Judge it in one stretch",
        "All of the test part counts as one; luck and skill are harder to tell apart.",
        {"task.num_folds": 1},
    ),
    Offer(
        "by_the_data",
        "Let the data choose how far",
        "Lookback and horizon go back to Auto.",
        {"task.lookback": None, "task.horizon": None},
    ),
)


class ForecastingPages:
    wish = "Forecast what comes next"
    icon = ":material/trending_up:"
    sentence = (
        "From numbers over time to the next ones, with a range, beside the rules of thumb that "
        "they have to beat."
    )
    words = WORDS
    groups = GROUPS
    offers = OFFERS
    presets: Mapping[str, str] = {}
    rivals = ("segment", "vanilla", "gru")
    race_rules = (
        *("task.lookback", "task.horizon", "task.transform"),
        *("task.window_normalisation", "task.num_folds", "task.refit"),
    )

    def show_card(self, draft: Draft) -> None:
        show_confirm_card(draft)

    def ask_first(self, form: SettingForm) -> None:
        ask_first(form)

    def ask_of_network(self, form: SettingForm) -> None:
        ask_of_network(form)

    def applies(self, path: str, spec: ExperimentSpec) -> bool:
        if path != "model.mixing":
            return True
        return len(spec.data.targets) > 1 and not spec.model.comes_trained

    def say_unit(self, outlook: Outlook) -> str:
        unit = outlook.collection.frequency.unit
        return "" if unit == "step" else f"A step is one {unit}."

    def show_answer(self, run: Run) -> ResultParts:
        return show_answer(run)

    def show_growth(self, run: Run, points: list[EpochPoint]) -> None:
        show_film(run, points)

    def show_live(self, look: Look) -> None:
        show_film_live(look)


PAGES = ForecastingPages()
