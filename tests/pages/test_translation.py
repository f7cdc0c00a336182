"""A model that translates: the card, the settings, the place to type, what it is judged by."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.charts.translation.progress import mark_progress
from lstm_core.charts.translation.sides import mark_large, mark_sides
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.samples.registry import PAIR_SAMPLES
from lstm_core.data.pairs.storing import collection_from_bytes
from lstm_core.errors import DataError, StudioError
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.ask_model import AskModel
from lstm_core.jobs.questions.explain_item import ExplainItem
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.tables import table_from_parquet
from lstm_core.tasks.translation.defaults import SEEDS
from pages._ui.settings.wordbook import Wordbook
from pages._ui.tasks.translation.result.answered import write_lines
from pages._ui.tasks.translation.result.pairs import order_pairs
from pages._ui.tasks.translation.result.posing import MOST_LINES, split_lines
from pages._ui.tasks.translation.result.told import END, Found, list_units
from tests.pages.oracle import Oracle
from tests.pages.pair_records import (
    DATES,
    FAMILY,
    HEBREW,
    HOSTILE,
    ask_for,
    begin,
    complete,
    make_hostile,
)
from tests.pages.tables import to_csv
from tests.pages.test_setting_words import list_choices
from tests.pages.visiting import find, get_draft, join_questions, open_page, read_texts, upload


class PairOracle(Oracle):
    """Says ``say WORD`` of each text, and one else; digits were never met. Longer ones than five
    words are cut, and of ``endless`` nothing comes to its end."""

    looks_back = True

    def answer(self, question: AskModel | ExplainItem) -> Any:
        given = collection_from_bytes(question.items)
        assert isinstance(given, PairCollection)
        assert set(given.targets) == {None}  # what is wanted travels to no model
        if isinstance(question, AskModel):
            return pd.DataFrame(
                {
                    "id": given.ids,
                    "source": given.sources,
                    "said": [f"say {text}" for text in given.sources],
                    "certainty": 0.75,
                    "num_unknown": 0,
                    "is_whole": True,
                }
            )
        words = str(given.sources[0]).split()
        return {
            "source": [*words, "(end)"],
            "known": [*(not word.isdigit() for word in words), True],
            "num_unknown": sum(word.isdigit() for word in words),
            "is_cut": len(words) > 5,
            "found": [
                self._find(["say", *words], words, 0.75),
                self._find([HOSTILE, HEBREW], words, 0.125),
            ],
        }

    def _find(self, said: list[str], words: list[str], probability: float) -> dict[str, Any]:
        weights = np.full((len(said) + 1, len(words) + 1), 0.1)
        for row in range(len(said) + 1):
            weights[row, max(0, min(row - 1, len(words)))] = 0.9
        return {
            "text": " ".join(said),
            "probability": probability,
            "score": -0.5,
            "is_whole": "endless" not in words,
            "units": [*said, "(end)"],
            "logs": [float(np.log(0.5))] * (len(said) + 1),
            "weights": weights.tolist() if self.looks_back else None,
        }


@pytest.fixture
def oracle(monkeypatch: pytest.MonkeyPatch, may_ask: None) -> PairOracle:
    oracle = PairOracle()
    monkeypatch.setattr(LocalBackend, "ask", lambda *arguments: oracle(*arguments))
    return oracle


def press(app: AppTest, name: str) -> AppTest:
    find(app, "button", name).click().run()
    return finish(app)


def translate(app: AppTest, text: str) -> AppTest:
    find(app, "text_area", "run.try_text").set_value(text)
    return press(app, "run.try_ask")


def finish(app: AppTest) -> AppTest:
    join_questions()
    app.run()
    assert not app.exception, app.exception
    return app


def choose_row(app: AppTest, key: str, row: int) -> AppTest:
    app.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    app.run()
    assert not app.exception, app.exception
    return app


def read(app: AppTest) -> str:
    """Return all texts without the escapes that keep hostile ones what they are."""
    return " ".join(read_texts(app)).replace("\\", "").replace("\u2060", "")


def read_html(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


def read_address(app: AppTest) -> dict[str, Any]:
    found = {name: value for name, value in app.query_params.items() if name != "id"}
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in found.items()
    }


def read_chart(app: AppTest, words: str) -> dict[str, Any] | None:
    found = [chart for chart in app.get("plotly_chart") if words in chart.proto.alt]
    return json.loads(found[0].proto.spec) if found else None


def read_table(store: Store, run: Run, name: str) -> pd.DataFrame:
    return table_from_parquet(store.artifacts.get(run.id, f"{name}.parquet"))


def find_chosen(app: AppTest) -> Any:
    (found,) = [each for each in app.radio if str(each.key).endswith("_chosen")]
    return found


def find_table(app: AppTest, column: str) -> pd.DataFrame:
    (found,) = [each.value for each in app.dataframe if column in each.value]
    return found


def find_answers(app: AppTest) -> list[str]:
    """Return what is said in the list of new texts."""
    (found,) = [
        each.value for each in app.dataframe if "said" in each.value and "chrf" not in each.value
    ]
    return [str(each) for each in found["said"]]


# ---- before the training ----


def test_pairs_become_a_run_in_three_interactions(store: Store) -> None:
    table = to_csv({"written": DATES.sources.tolist(), "iso": DATES.targets.tolist()})
    app = upload(table, "dates.csv")
    assert get_draft(app).spec.task.kind == "translation"
    assert "600 pairs" in read(app)
    app.button(key="data.train").click().run()
    assert not app.exception, app.exception
    (run,) = store.runs.list_newest()
    assert (run.spec.task.kind, run.spec.data.kind) == ("translation", "pairs")
    kept = store.collections.get_as(run.dataset_id, PairCollection)
    assert kept.sources.tolist() == DATES.sources.tolist()


@pytest.mark.parametrize("name", PAIR_SAMPLES)
def test_every_setting_is_asked_for(name: str) -> None:
    app = open_page("model", open_page("data", sample=name))
    assert not app.exception, app.exception
    assert not app.error
    kinds = ("selectbox", "number_input", "toggle", "checkbox")
    asked = {each.key for kind in kinds for each in app.get(kind)}
    own = {f"task.{name}" for name in type(ask_for().task).model_fields if name != "kind"}
    assert own <= asked


def test_every_setting_and_every_choice_has_words() -> None:
    spec = ask_for()
    words = Wordbook(spec)
    for name, field in type(spec.task).model_fields.items():
        if name == "kind":
            continue
        own = words[f"task.{name}"]
        assert all((own.title, own.question, own.help)), name
        is_switch = field.annotation in (bool, bool | None)
        choices: set[Any] = {True, False} if is_switch else {*list_choices(field.annotation)}
        assert set(own.values) == choices, name


def test_presets_come_to_as_many_networks_as_are_trained() -> None:
    captions = Wordbook(ask_for()).preset_captions
    assert captions["balanced"] == "one network"
    assert captions["best"].endswith(str(SEEDS["best"]))


# ---- while it learns ----


def test_what_it_says_by_now_stands_beneath_the_curves(store: Store) -> None:
    app = open_page("run", id=begin(store).id)
    assert "What it says after epoch 2" in read(app)
    shown = read_html(app)
    assert "right 2 ✓" in shown  # as it should be
    assert "&lt;b&gt;x&lt;/b&gt;" in shown
    assert "<b>" not in shown
    assert "\u202e" not in shown


def test_the_film_shows_what_was_said_after_each_epoch(store: Store) -> None:
    app = open_page("run", id=complete(store).id)
    assert "right 2 ✓" in read_html(app)
    find(app, "select_slider", "run.film").set_value(0).run()
    assert ">right 1<" in read_html(app)
    assert "✓" not in read_html(app)
    find(app, "selectbox", "run.film_text").set_value(1).run()
    assert find_table(app, "epoch")["text"].tolist() == [HOSTILE, HOSTILE]


def test_a_text_that_says_nothing_yet_keeps_its_row() -> None:
    marked = mark_progress(["a", "b"], ["", "B"], ["A", "B"])
    assert "(nothing)" in marked
    assert "B ✓" in marked
    assert "nothing" in mark_large(" ")
    assert "nothing" in mark_sides([("the model says", "")])
    assert mark_large(HEBREW).count('dir="auto"') == 1
    assert FAMILY in mark_large(FAMILY)


# ---- a place to type ----


def test_the_first_screen_has_the_figure_that_decides_and_a_place_to_type(store: Store) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    assert run.verdict is not None
    assert app.metric[0].label == "Exact match"
    assert app.metric[0].value == f"{run.verdict['value']:.1%}"
    assert app.metric[1].label.startswith("Best baseline: ")
    assert run.verdict["sentence"] in read(app)
    assert find(app, "text_area", "run.try_text").value == ""
    assert read_address(app) == {}  # nothing is asked before somebody asks
    assert [tab.label for tab in app.tabs][:3] == [
        "Against the baselines", "Held-out texts", "Where it errs",
    ]  # fmt: skip
    told = read(app)
    assert "Counted by sacrebleu" in told
    assert run.verdict["signatures"]["chrf"] in told
    assert "kept apart to judge" in told


def test_a_text_is_translated_and_its_alternatives_looked_at(
    store: Store, oracle: PairOracle
) -> None:
    app = translate(open_page("run", id=complete(store).id), "<i>am</i>  4. May 1965")
    (question,) = oracle.asked
    assert question.how is None
    given = collection_from_bytes(question.items)
    assert isinstance(given, PairCollection)
    assert given.sources.tolist() == ["<i>am</i> 4. May 1965"]
    shown = read_html(app)
    assert ">say &lt;i&gt;am&lt;/i&gt; 4. May 1965</p>" in shown
    assert "looked at “\u2068May\u2069”: 90%" in shown
    assert "<i>" not in shown
    assert "1 unit of the text was never met in training" in read(app)
    drawn = read_chart(app, "how much it looked at")
    assert drawn is not None
    assert len(drawn["data"][0]["y"] if "y" in drawn["data"][0] else drawn["data"][0]["text"]) == 6
    units = find_table(app, "looked most at")
    assert units["it says"].tolist()[-1] == END
    assert units["sure"].tolist() == pytest.approx([50] * 6)
    labels = find_chosen(app).options
    assert labels[0].endswith("(75%)]")
    assert "\\<b\\>" in labels[1]
    find_chosen(app).set_value(1).run()
    assert HEBREW in read_html(app)
    assert "<b>" not in read_html(app)
    assert len(find_table(app, "looked most at")) == 3
    assert len(oracle.asked) == 1


def test_what_a_person_should_mind_is_told(store: Store, oracle: PairOracle) -> None:
    app = translate(open_page("run", id=complete(store).id), "one two three four five endless")
    warned = " ".join(each.value for each in app.warning)
    assert "only its first 6 units are translated" in warned
    assert "did not come to its end" in warned
    app = translate(app, "12 34")
    assert "Nothing of this text was met" in " ".join(each.value for each in app.warning)
    oracle.looks_back = False
    app = translate(app, "other words")
    assert "does not look back" in read(app)
    assert "looked most at" not in find_table(app, "sure")


def test_the_address_asks_again_in_another_session(store: Store, oracle: PairOracle) -> None:
    run = complete(store)
    text = f"4. May & <b>1965</b> {HEBREW}"
    app = translate(open_page("run", id=run.id), text)
    kept = read_address(app)
    assert kept == {"text": text}
    again = finish(open_page("run", None, id=run.id, **kept))
    assert find(again, "text_area", "run.try_text").value == text
    assert f"say 4. May &amp; &lt;b&gt;1965&lt;/b&gt; {HEBREW}</p>" in read_html(again)
    assert len({question.digest for question in oracle.asked}) == 1


def test_of_several_lines_each_is_translated(store: Store, oracle: PairOracle) -> None:
    run = complete(store)
    app = translate(open_page("run", id=run.id), "one\n\n two   three \n4 May\n")
    kept = read_address(app)
    app = finish(app)
    assert find_answers(app) == [
        "say one", "say two three", "say 4 May",
    ]  # fmt: skip
    assert ">say one</p>" in read_html(app)
    (line,) = [each for each in app.selectbox if str(each.key).startswith("run.try_line_")]
    line.set_value(1).run()
    assert ">say two three</p>" in read_html(finish(app))
    assert kept["text"].startswith("one\n\n two")


def test_a_held_out_text_is_drawn_beside_what_it_should_be(
    store: Store, oracle: PairOracle
) -> None:
    run = complete(store)
    app = press(open_page("run", id=run.id), "run.try_draw")
    position = int(read_address(app)["item"])
    assert DATES.sources[position] in read_table(store, run, "predictions")["source"].tolist()
    assert find(app, "text_area", "run.try_text").value == DATES.sources[position]
    assert "it should be" in read_html(app)
    assert f">{DATES.targets[position]}</p>" in read_html(app)
    drawn = press(app, "run.try_draw")
    assert int(read_address(drawn)["item"]) != position
    typed = translate(drawn, "a lovely day")  # from here on it is somebody's own
    assert read_address(typed) == {"text": "a lovely day"}
    assert "it should be" not in read_html(typed)


def test_folds_are_drawn_from_as_far_as_they_are_unseen(store: Store, oracle: PairOracle) -> None:
    few = DATES.select(range(90))
    run = complete(store, few, num_folds=3)
    app = press(open_page("run", id=run.id), "run.try_draw")
    table = read_table(store, run, "predictions")
    assert len(table) == 90
    source = str(few.sources[int(read_address(app)["item"])])
    assert source in table["source"].tolist()[-30:]  # of the last fold


def test_nothing_typed_is_refused_before_anybody_waits(store: Store, oracle: PairOracle) -> None:
    app = translate(open_page("run", id=complete(store).id), "  \n ")
    assert "There is no text yet" in app.error[0].value
    assert read_address(app) == {}
    assert "address of this page" not in read(app)
    assert oracle.asked == []


def test_a_refusal_is_told_and_can_be_asked_again(store: Store, oracle: PairOracle) -> None:
    oracle.error = StudioError("The worker ended.", "Try again.")
    app = translate(open_page("run", id=complete(store).id), "4. May")
    assert "The worker ended" in app.error[0].value
    app.run()
    assert len(oracle.asked) == 1  # not by itself
    oracle.error = None
    press(app, "run.try_again")
    assert not app.error
    assert ">say 4. May</p>" in read_html(app)


@pytest.mark.parametrize("query", [{"item": "99999"}, {"item": "-1"}, {"item": "x"}, {}])
def test_an_address_that_names_nothing_asks_nothing(
    store: Store, oracle: PairOracle, query: dict[str, str]
) -> None:
    app = open_page("run", None, id=complete(store).id, **query)
    assert oracle.asked == []
    assert read_address(app) == {}


def test_a_text_that_is_too_long_for_an_address_is_told(store: Store, oracle: PairOracle) -> None:
    app = translate(open_page("run", id=complete(store).id), "gentle " * 400)
    assert "too long for the page's address" in read(app)
    assert read_address(app) == {}


# ---- judged, new ----


def test_what_was_judged_is_listed_and_seen_closer(store: Store, oracle: PairOracle) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    table = read_table(store, run, "predictions")
    listed = find_table(app, "chrf")
    assert listed["chrf"].is_monotonic_increasing
    assert f"{int(table['exact'].sum())} texts of 60" in read(app)
    choose_row(app, "run.pairs_worst", 0)
    worst = table.sort_values("chrf", kind="stable").iloc[0]
    shown = read_html(app)
    for name in ("source", "target", "said", "said_nearest", "said_copy"):
        assert f">{worst[name]}</p>" in shown, name
    find(app, "toggle", "run.pair_anew").set_value(True).run()
    assert f">say {worst['source']}</p>" in read_html(finish(app))
    find(app, "selectbox", "run.pairs_order").set_value("sure").run()
    assert not find_table(app, "chrf")["exact"].any()


def test_orders_of_what_was_judged() -> None:
    table = pd.DataFrame(
        {"chrf": [50.0, 100, 10], "certainty": [0.2, 0.9, 0.8], "exact": [False, True, False]}
    )
    assert order_pairs(table, "worst").index.tolist() == [2, 0, 1]
    assert order_pairs(table, "best").index.tolist() == [1, 0, 2]
    assert order_pairs(table, "sure").index.tolist() == [2, 0]
    assert order_pairs(table, "unsure").index.tolist() == [0, 2, 1]
    assert order_pairs(table, "file").index.tolist() == [0, 1, 2]


def test_where_it_errs_is_told_by_length(store: Store) -> None:
    app = open_page("run", id=complete(store).id)
    drawn = read_chart(app, "Exact match on the test part by length")
    assert drawn is not None
    assert {trace["name"] for trace in drawn["data"]} >= {"The model", "Copying what is given"}
    assert drawn["layout"]["xaxis"]["tickformat"] == ".1%"


def test_new_texts_are_translated_and_the_link_shows_the_same(
    store: Store, oracle: PairOracle
) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    files = [("new.txt", f"4. May\n{HEBREW} <b>".encode(), "text/plain")]
    find(app, "file_uploader", "run.new_files").set_value(files).run()
    finish(app)
    assert find_answers(app) == ["say 4. May", f"say {HEBREW} <b>"]
    again = finish(open_page("run", None, id=run.id, new=read_address(app)["new"]))
    assert find_answers(again) == ["say 4. May", f"say {HEBREW} <b>"]


def test_new_texts_that_came_with_what_is_wanted_say_how_many_are_so(
    store: Store, oracle: PairOracle
) -> None:
    table = to_csv({"written": ["one", "two", "three"], "iso": ["say one", "2", "3"]})
    app = open_page("run", id=complete(store).id)
    files = [("new.csv", table, "text/csv")]
    find(app, "file_uploader", "run.new_files").set_value(files).run()
    assert "1 of these came out exactly so" in read(finish(app))


def test_hostile_texts_and_names_are_shown_as_they_are(store: Store, oracle: PairOracle) -> None:
    run = complete(store, make_hostile())
    app = translate(open_page("run", id=run.id), HOSTILE)
    choose_row(app, "run.pairs_worst", 0)
    shown = read_html(app)
    assert "<b>" not in shown
    assert "\u202e" not in shown
    assert "Texts without a partner" in [tab.label for tab in app.tabs]
    assert "**6 texts** came without what is wanted." in read(app)


def test_what_is_typed_becomes_lines() -> None:
    assert split_lines(" a  b\t c\r\n\n\0d ") == ["a b c", "d"]
    assert split_lines("a\ud800") == ["a?"]
    for text in (" \n", "x" * 10_001, "a\n" * (MOST_LINES + 1)):
        with pytest.raises(DataError):
            split_lines(text)


def test_a_line_stays_a_line_in_a_file_of_translations() -> None:
    assert write_lines(pd.DataFrame({"said": ["a\nb", "", HEBREW]})) == f"a b\n\n{HEBREW}\n"


def test_units_without_looking_are_listed_all_the_same() -> None:
    found = Found("a", 0.5, True, ("a", "(end)"), (0.0, 0.0), None)
    assert list_units(["x"], found).columns.tolist() == ["it says", "sure"]
