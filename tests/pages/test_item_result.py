"""A finished classification: the model at work, its mistakes, its certainty, its threshold."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.storing import collection_from_bytes
from lstm_core.errors import StudioError
from lstm_core.jobs.in_process import InProcessBackend
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.ask_model import AskModel
from lstm_core.jobs.questions.explain_item import ExplainItem
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.tables import table_from_parquet
from tests.pages.item_records import HOSTILE, MOODS, WAVES, complete, make_three_labels
from tests.pages.oracle import Oracle
from tests.pages.tables import to_csv
from tests.pages.visiting import find, has_button, join_questions, open_page, read_texts
from tests.tasks.classification.examples import ask_for


class LabelOracle(Oracle):
    """The first label is 75% likely."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self.names = names

    def answer(self, question: AskModel | ExplainItem) -> Any:
        items = collection_from_bytes(question.items)
        if isinstance(question, AskModel):
            columns = {"item": items.ids, "said": self.names[0], "certainty": 0.75}
            return pd.DataFrame(columns | {f"probability: {self.names[0]}": 0.75})
        return self.explain(question, items)

    def explain(self, question: ExplainItem, items: ItemCollection) -> dict[str, Any]:
        rest = 0.25 / (len(self.names) - 1)
        answer: dict[str, Any] = {
            "labels": self.names,
            "probabilities": [0.75] + [rest] * (len(self.names) - 1),
            "said": self.names[0],
            "label": question.label or self.names[0],
        }
        if items.texts is None:
            num_steps = int(items.lengths[0])
        else:
            text = str(items.texts[0])
            words, place = [], 0
            for word in text.split():
                start = text.index(word, place)
                place = start + len(word)
                words.append({"start": start, "stop": place, "is_known": word != "zebra"})
            answer |= {"text": text, "pieces": words}
            num_steps = len(words)
        scores = [1.0, -0.5, *([0.0] * num_steps)][:num_steps]
        answer |= {"num_steps": num_steps, "scores": scores}
        answer["spans"] = [[0, 1, 1.0], [1, 2, -0.5]][:num_steps]
        if question.how == "gradients":
            return answer | {"gap": 0.31, "is_complete": False}
        return answer | {"without": 0.5}


@pytest.fixture
def ask_oracle(monkeypatch: pytest.MonkeyPatch, may_ask: None) -> Callable[..., Oracle]:
    def make(*names: str) -> Oracle:
        oracle = LabelOracle(list(names))
        monkeypatch.setattr(LocalBackend, "ask", lambda *arguments: oracle(*arguments))
        return oracle

    return make


@pytest.fixture
def oracle(ask_oracle: Callable[..., Oracle]) -> Oracle:
    return ask_oracle("glad", "sad")


def press(app: AppTest, name: str) -> AppTest:
    find(app, "button", name).click().run()
    assert not app.exception, app.exception
    return app


def type_text(app: AppTest, text: str) -> AppTest:
    find(app, "text_area", "run.try_text").set_value(text)
    return press(app, "run.try_ask")


def choose_row(app: AppTest, key: str, row: int) -> AppTest:
    app.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    app.run()
    assert not app.exception, app.exception
    return app


def bring(app: AppTest, content: bytes) -> None:
    find(app, "file_uploader", "run.new_files").set_value([("new.csv", content, "text/csv")]).run()
    assert not app.exception, app.exception


def read_items(question: AskModel | ExplainItem) -> list[str]:
    texts = collection_from_bytes(question.items).texts
    assert texts is not None
    return [str(text) for text in texts]


def read(app: AppTest) -> str:
    """Return all texts without the escapes that keep hostile ones what they are."""
    return " ".join(read_texts(app)).replace("\\", "").replace("\u2060", "")


def read_marked(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


def read_address(app: AppTest, run: Run) -> dict[str, Any]:
    found = {name: value for name, value in app.query_params.items() if name != "id"}
    return {name: value[0] if isinstance(value, list) and len(value) == 1 else value
            for name, value in found.items()}  # fmt: skip


def read_chart(app: AppTest, words: str) -> dict[str, Any] | None:
    found = [chart for chart in app.get("plotly_chart") if words in chart.proto.alt]
    return json.loads(found[0].proto.spec) if found else None


def test_the_first_screen_has_the_figure_that_decides_and_the_model_at_work(store: Store) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    assert run.verdict is not None
    labels = [metric.label for metric in app.metric]
    assert labels[0] == "Accuracy"
    assert labels[1].startswith("Best baseline: ")
    assert app.metric[0].value == f"{run.verdict['value']:.1%}"
    assert run.verdict["sentence"] in read(app)
    assert find(app, "text_area", "run.try_text").value == ""
    assert read_address(app, run) == {}  # nothing is asked before somebody asks


def test_a_sentence_gets_its_label_with_its_words_marked(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = type_text(open_page("run", id=run.id), "splendid zebra <script>alert(1)</script>")
    (question,) = oracle.asked
    assert (question.run_id, question.how, question.label) == (run.id, "occlusion", None)
    assert read_items(question) == ["splendid zebra <script>alert(1)</script>"]
    told = read(app)
    assert "glad · 75% sure" in told
    assert "Most for “glad”: “splendid”. Most against it: “zebra”." in told
    assert "With all of it hidden, “glad” would get 50%." in told
    marked = read_marked(app)
    assert "&lt;script&gt;" in marked
    assert "<script>alert" not in marked
    assert "never met in training" in marked
    bars = read_chart(app, "How likely each label is")
    assert bars is not None
    assert bars["data"][0]["text"] == ["75%", "25%"]


def test_the_address_asks_again_in_another_session(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = type_text(open_page("run", id=run.id), "gentle & <b>bold</b>")
    find(app, "selectbox", "run.try_label").set_value(1).run()
    kept = read_address(app, run)
    assert kept == {"text": "gentle & <b>bold</b>", "label": "sad"}
    again = open_page("run", None, id=run.id, **kept)
    assert find(again, "text_area", "run.try_text").value == "gentle & <b>bold</b>"
    assert oracle.asked[-1].label == "sad"
    assert "Most for “sad”" in read(again)
    assert len({question.digest for question in oracle.asked}) == 2


def test_gradients_say_what_they_leave_unexplained(store: Store, oracle: Oracle) -> None:
    app = type_text(open_page("run", id=complete(store).id), "gentle garden")
    find(app, "button_group", "run.try_how").set_value("gradients").run()
    assert oracle.asked[-1].how == "gradients"
    assert "misses what was to be explained by 31%" in read(app)


def test_a_held_out_item_is_drawn_with_its_own_label(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = press(open_page("run", id=run.id), "run.try_draw")
    kept = read_address(app, run)
    position = int(kept["item"])
    predictions = table_from_parquet(store.artifacts.get(run.id, "predictions.parquet"))
    assert position in predictions["position"].tolist()
    assert MOODS.texts is not None
    assert find(app, "text_area", "run.try_text").value == MOODS.texts[position]
    label = MOODS.labels[position]
    assert f"{'Right' if label == 'glad' else 'Wrong'}: its label is **{label}**" in read(app)
    # A label travels to no model.
    assert collection_from_bytes(oracle.asked[-1].items).labels.tolist() == [None]
    drawn = press(app, "run.try_draw")
    assert read_address(drawn, run)["item"] != kept["item"]
    typed = type_text(drawn, "a lovely day")  # from here on it is somebody's own
    assert read_address(typed, run) == {"text": "a lovely day"}
    assert "its label is" not in read(typed)


def test_a_signal_is_drawn_with_what_spoke_for_it(
    store: Store, ask_oracle: Callable[..., Oracle]
) -> None:
    ask_oracle("fast", "slow")
    run = complete(store, WAVES)
    app = open_page("run", id=run.id)
    assert not app.get("text_area")
    press(app, "run.try_draw")
    drawn = read_chart(app, "stretches behind it")
    assert drawn is not None
    assert {"channel 0", "speaks for it", "speaks against it"} <= {
        trace["name"] for trace in drawn["data"]
    }
    assert len(drawn["layout"]["shapes"]) == 2
    assert "Most for “fast”: step 0." in read(app)


def test_nothing_typed_is_refused_before_anybody_waits(store: Store, oracle: Oracle) -> None:
    app = type_text(open_page("run", id=complete(store).id), "   ")
    assert "There is no text yet" in app.error[0].value
    assert oracle.asked == []


def test_a_slow_answer_is_waited_for_and_can_be_given_up(
    store: Store, oracle: Oracle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages._ui.shell.patience.FIRST_SECONDS", 0.05)
    oracle.may_answer.clear()
    app = type_text(open_page("run", id=complete(store).id), "gentle")
    assert "Asking the model" in read(app)
    press(app, "run.try_asking_stop")
    assert oracle.was_given_up.wait(20)
    assert len(oracle.asked) == 1  # nor does it begin by itself
    oracle.may_answer.set()
    press(app, "run.try_again")
    join_questions()
    assert "glad · 75% sure" in read(app.run())


def test_a_text_that_is_too_long_for_an_address_is_told(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = type_text(open_page("run", id=run.id), "gentle " * 400)
    assert "too long for the page's address" in read(app)
    assert read_address(app, run) == {}
    app = type_text(app, "gentle")
    assert "holds your question" in read(app)


def test_a_refusal_is_shown_and_can_be_tried_again(store: Store, oracle: Oracle) -> None:
    oracle.error = StudioError("It took too long.", "Try again.")
    app = type_text(open_page("run", id=complete(store).id), "gentle")
    assert "It took too long" in app.error[0].value
    assert len(oracle.asked) == 1
    app.run()
    assert len(oracle.asked) == 1  # not by itself
    oracle.error = None
    press(app, "run.try_again")
    assert len(app.error) == 0
    assert "glad · 75% sure" in read(app)


@pytest.mark.parametrize(
    "query",
    [
        {"item": "9999"},
        pytest.param({"item": "-1"}, marks=pytest.mark.slow),
        {"item": "²"},
        pytest.param({"item": "x"}, marks=pytest.mark.slow),
        {"text": "gentle", "how": "<b>"},
        pytest.param({"text": "gentle", "label": "<b>nobody</b>"}, marks=pytest.mark.slow),
        pytest.param({"text": "gentle", "item": "3"}, marks=pytest.mark.slow),
        {"new": "../../etc/passwd"},
        {"new": "0" * 64 + ".<b>.csv"},
    ],
)
def test_an_address_that_somebody_made_up_breaks_nothing(
    query: dict[str, str], store: Store, oracle: Oracle
) -> None:
    app = open_page("run", None, id=complete(store).id, **query)
    assert not app.exception
    # A file that was swept is told; what is no file's name is none.
    assert len(app.error) == query.get("new", "").startswith("000")
    assert [question.how for question in oracle.asked] == ["occlusion"] * ("text" in query)
    assert [question.label for question in oracle.asked] == [None] * len(oracle.asked)


def test_new_items_are_labelled_from_a_file(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    content = to_csv(
        {"text": ["a lovely day", "a bleak film", "=1+1"], "mood": ["glad", "sad", ""]}
    )
    app = open_page("run", id=run.id)
    bring(app, content)
    (question,) = oracle.asked
    assert isinstance(question, AskModel)
    assert read_items(question)[:2] == [
        "a lovely day",
        "a bleak film",
    ]
    assert "2 of them have a label already: 50% got that one." in read(app)
    choose_row(app, "run.new_labels", 1)
    assert read_items(oracle.asked[-1]) == ["a bleak film"]
    assert "Wrong: its label is **sad**" in read(app)
    again = open_page("run", None, id=run.id, **read_address(app, run))  # a reload
    assert "50% got that one" in read(again)


def test_a_file_that_holds_no_items_is_refused(store: Store, oracle: Oracle) -> None:
    app = open_page("run", id=complete(store).id)
    bring(app, b"\0\0")
    assert len(app.error) == 1
    assert oracle.asked == []


def test_the_surest_mistakes_come_first_and_can_be_opened(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    predictions = table_from_parquet(store.artifacts.get(run.id, "predictions.parquet"))
    wrong = predictions[~predictions["right"]].sort_values("certainty", ascending=False)
    assert f"{len(wrong)} mistakes** among {len(predictions)} held-out texts" in read(app)
    choose_row(app, "run.mistakes", 0)
    assert MOODS.texts is not None
    first = MOODS.texts[wrong["position"].iloc[0]]
    assert read_items(oracle.asked[-1]) == [first]


def test_a_cell_is_forgotten_with_its_run(store: Store) -> None:
    three, two = complete(store, make_three_labels()), complete(store)
    app = open_page("run", id=three.id)
    find(app, "button_group", "run.cell_which").set_value("cell").run()
    find(app, "selectbox", "run.cell_label").set_value(2)
    find(app, "selectbox", "run.cell_said").set_value(2).run()
    assert not app.exception, app.exception
    app.query_params["id"] = two.id
    app.run()
    assert not app.exception, app.exception
    assert find(app, "button_group", "run.cell_which").value == "mistakes"


def test_a_cell_of_the_matrix_opens_its_items(store: Store) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    predictions = table_from_parquet(store.artifacts.get(run.id, "predictions.parquet"))
    find(app, "button_group", "run.cell_which").set_value("cell").run()
    find(app, "selectbox", "run.cell_label").set_value(0)
    find(app, "selectbox", "run.cell_said").set_value(0).run()
    num_right = int(((predictions["label"] == "glad") & predictions["right"]).sum())
    assert f"{num_right} items**: “glad”, rightly." in read(app)
    find(app, "selectbox", "run.cell_label").set_value(1).run()
    taken = predictions[(predictions["label"] == "sad") & (predictions["said"] == "glad")]
    other = predictions[(predictions["label"] == "glad") & (predictions["said"] == "sad")]
    assert len(taken) != len(other)
    assert f"{len(taken)} item" in read(app)
    assert "“sad” taken for “glad”" in read(app)
    drawn = read_chart(app, "How many items of each label")
    assert drawn is not None
    assert drawn["data"][-1]["text"][0] == str(num_right)


def test_certainty_is_told_in_words(store: Store) -> None:
    told = read(open_page("run", id=complete(store).id))
    assert "items of which it was" in told
    assert "made less sure by a temperature of 1.42" in told


def test_folds_are_shown_together_and_drawn_from_as_far_as_they_are_unseen(
    store: Store, oracle: Oracle
) -> None:
    run = complete(store, num_folds=4)
    app = open_page("run", id=run.id)
    told = read(app)
    assert f"among {MOODS.num_items} held-out texts" in told  # each was judged once
    assert "the last fold's; each has its own" in told
    assert "4 folds" in told
    predictions = table_from_parquet(store.artifacts.get(run.id, "predictions.parquet"))
    unseen = predictions.loc[predictions["fold"] == 4, "position"].tolist()
    for _ in range(4):
        assert int(read_address(press(app, "run.try_draw"), run)["item"]) in unseen
    wrong = predictions[~predictions["right"]].sort_values("certainty", ascending=False)
    seen = int(np.flatnonzero(wrong["fold"] < 4)[0])
    choose_row(app, "run.mistakes", seen)
    assert "have learnt from it" in read(app)


def test_the_threshold_follows_what_mistakes_cost(store: Store) -> None:
    app = open_page("run", id=complete(store).id)
    recall = {metric.label: metric.value for metric in app.metric}["Recall"]
    find(app, "slider", "run.threshold").set_value(0.01).run()
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["Recall"] == "100.0%" != recall
    cost = metrics["Cost of an item"]
    find(app, "number_input", "run.cost_false_alarm").set_value(10.0).run()
    assert {metric.label: metric.value for metric in app.metric}["Cost of an item"] != cost
    find(app, "number_input", "run.cost_false_alarm").set_value(0.0)
    find(app, "number_input", "run.cost_miss").set_value(0.0).run()
    assert "any threshold will do" in read(app)
    find(app, "number_input", "run.cost_miss").set_value(1.0).run()
    find(app, "slider", "run.threshold").set_value(1.0).run()
    assert {metric.label: metric.value for metric in app.metric}["Precision"] == "–"
    find(app, "selectbox", "run.threshold_label").set_value(0).run()
    assert find(app, "slider", "run.threshold").value == 0.5  # another label begins anew
    assert read_chart(app, "ROC curve") is not None


def test_errors_are_shown_by_label_length_and_group(store: Store) -> None:
    app = open_page("run", id=complete(store).id)
    for way in ("label", "length", "group"):
        find(app, "button_group", "run.breakdown").set_value(way).run()
        drawn = read_chart(app, "The share of right labels")
        assert drawn is not None
        assert drawn["data"][0]["name"] == "this model"


def test_hostile_labels_and_items_without_one(
    store: Store, ask_oracle: Callable[..., Oracle]
) -> None:
    oracle = ask_oracle(HOSTILE, "glad", "sad")
    run = complete(store, make_three_labels())
    app = type_text(open_page("run", id=run.id), HOSTILE)
    assert f"{HOSTILE} · 75% sure" in read(app)
    marked = read_marked(app)
    assert "<b>x</b>" not in marked
    assert "&lt;b&gt;x&lt;/b&gt;" in marked
    assert "10 texts** came without a label." in read(app)
    choose_row(app, "run.unlabelled", 2)
    assert isinstance(oracle.asked[-1], ExplainItem)
    assert not has_button(app, "run.unlabelled_item_again")
    names = [tab.label for tab in app.tabs]
    assert names[:6] == [
        "Against the baselines", "Mistakes", "Certainty", "Threshold", "Where it errs",
        "Items without a label",
    ]  # fmt: skip


@pytest.mark.slow
def test_a_real_model_answers_in_a_process_of_its_own(store: Store, may_ask: None) -> None:
    with InProcessBackend(store) as backend:
        run = store.runs.create_running(ask_for(), store.collections.add(MOODS))
        backend.submit(run.id)
    app = type_text(open_page("run", id=run.id), "what a dreadful zebra")
    find(app, "button_group", "run.try_how").set_value("gradients").run()
    join_questions()
    app.run()
    assert not app.error
    told = read(app)
    assert "% sure" in told
    assert "What the steps add" in told
    marked = read_marked(app)
    assert "dreadful" in marked
    assert "never met in training" in marked
