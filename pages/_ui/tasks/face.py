"""``TaskPages``: what a task shows of itself on the pages that all tasks share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.spec import ExperimentSpec
from pages._ui.data.draft import Draft
from pages._ui.data.outlook import Outlook
from pages._ui.run.watching import Look
from pages._ui.settings.setting_form import SettingForm
from pages._ui.settings.setting_words import SettingWords

Show = Callable[[], None]


@dataclass(frozen=True)
class SettingGroup:
    """Settings that are folded away together.

    Attributes:
        key: ends the widget's key. ``icon``: a material one.
    """

    key: str
    title: str
    icon: str
    edit: Callable[[SettingForm], None]


@dataclass(frozen=True)
class Offer:
    """A change of settings that may let a refused spec be run.

    Attributes:
        name: ends the widget's key. ``label``: of the button.
        sentence: what it means. ``values``: for ``ExperimentSpec.with_values``.
    """

    name: str
    label: str
    sentence: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class ResultParts:
    """What a task shows of a finished run below its first screen.

    Attributes:
        downloads: buttons beside the link.
        try_it: the model at work: other values, one's own sentence.
        tabs: by title, before those that every run has.
        proof: what closes the page.
    """

    downloads: Show
    try_it: Show
    tabs: Mapping[str, Show]
    proof: Show


class TaskPages(Protocol):
    """One task's room on the pages; the shell asks it and names none.

    Attributes:
        wish: what somebody wants who chooses this task, such as "Forecast what comes next".
        icon: a material one.
        sentence: what one brings for it and gets.
        words: of its settings, by ``section.key``, in the order in which people see them; of those
            that tasks share, only what it calls otherwise.
        groups: of settings, between the first questions and the network.
        offers: ways out of a refusal; each is shown only where it helps.
        presets: what presets of the effort come to, where it isn't as many networks as elsewhere.
        rivals: networks that a race begins with beside the draft's, those that suit best first.
        race_rules: its settings that are told of a race as the same for all.
    """

    wish: str
    icon: str
    sentence: str
    words: Mapping[str, SettingWords]
    groups: tuple[SettingGroup, ...]
    offers: tuple[Offer, ...]
    presets: Mapping[str, str]
    rivals: tuple[str, ...]
    race_rules: tuple[str, ...]

    def show_card(self, draft: Draft) -> None:
        """Show what was understood of what was brought, and Train."""

    def ask_first(self, form: SettingForm) -> None:
        """Ask for the settings that come before all others."""

    def ask_of_network(self, form: SettingForm) -> None:
        """Ask for what the task adds to the settings of the network."""

    def applies(self, path: str, spec: ExperimentSpec) -> bool:
        """Return whether what was chosen for a setting means anything here; spec filled in."""

    def say_unit(self, outlook: Outlook) -> str:
        """Say what the words of the settings stand for here; empty where that needs no saying."""

    def show_answer(self, run: Run) -> ResultParts:
        """Show the first screen of a finished run: what it was trained for."""

    def show_growth(self, run: Run, points: list[EpochPoint]) -> None:
        """Show beneath the curves of a finished run how what it says has grown."""

    def show_live(self, look: Look) -> None:
        """Show beneath the live curves what the network says by now."""
