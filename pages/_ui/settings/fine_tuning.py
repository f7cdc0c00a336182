"""What of a network that comes trained goes on learning, and what that costs."""

from __future__ import annotations

from typing import Any

from lstm_core.errors import StudioError
from lstm_core.jobs.expected_time import count_seconds, expect_time
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.registry import find_kind
from pages._ui.data.outlook import Outlook
from pages._ui.data.past_times import list_ratios
from pages._ui.settings.setting_form import AUTO, SettingForm
from pages._ui.shell.amounts import say_count
from pages._ui.shell.wording import say_span

_PATH = "model.fine_tune"
_OF_NETWORK = ("model.architecture", "model.stack", "model.decoder")


def ask_what_learns(form: SettingForm) -> None:
    """Ask for it, each choice with its price."""
    captions = {value: _say_cost(form, value) for value in form.words[_PATH].values}
    form.radio(_PATH, {AUTO: "by how many rows there are", **captions})


def is_trained_here(form: SettingForm) -> bool:
    """Whether anything is trained, as far as was chosen on the page so far."""
    spec = _resolve(form, form.chosen.get(_PATH))
    return spec is None or spec.training.epochs != 0


def _resolve(form: SettingForm, value: Any) -> ExperimentSpec | None:
    """Return what the draft comes to with the network just chosen and this choice."""
    chosen = {path: value for path, value in form.chosen.items() if path in _OF_NETWORK}
    if value is not None or _PATH in form.chosen:
        chosen[_PATH] = value
    try:
        wanted = form.outlook.spec.with_values(chosen)
    except StudioError:  # said where it is chosen
        return None
    return Outlook.of(wanted, form.outlook.collection).resolved


def _say_cost(form: SettingForm, value: str) -> str:
    """Say how much is learnt, and about how long that takes."""
    spec, collection = _resolve(form, value), form.outlook.collection
    if spec is None:
        return ""
    if not spec.training.epochs:
        return "used as it comes, in seconds"
    kind = find_kind(spec)
    cost = kind.measure_cost(spec, kind.shape_examples(spec, collection))
    seconds = expect_time(count_seconds(spec, collection), list_ratios(spec.task.kind))
    span = say_span(seconds.shortest_seconds, seconds.longest_seconds)
    return f"{say_count(cost.num_parameters, 'weight')}, about {span}"
