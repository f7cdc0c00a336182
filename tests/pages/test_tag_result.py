"""A finished tagger: the model at work, its mistakes, its types, what it says of others."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.storing import collection_from_bytes
from lstm_core.errors import StudioError
from lstm_core.jobs.in_process import InProcessBackend
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.ask_model import AskModel
from lstm_core.jobs.questions.explain_item import ExplainItem
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.tables import table_from_parquet
from pages._ui.tasks.tagging.result.agreement import say_agreement
from pages._ui.tasks.tagging.result.conll import write_conll
from pages._ui.tasks.tagging.result.mistakes import list_wrong_steps
from tests.pages.oracle import Oracle
from tests.pages.tag_records import HOSTILE, MOTIONS, REQUESTS, complete, make_hostile
from tests.pages.visiting import find, join_questions, open_page, read_texts
from tests.tasks.tagging.examples import ask_for


class TagOracle(Oracle):
    """Words with a capital are people, 75% sure; ``zebra`` was never met; all steps are ``rest``
    where there are no words."""

    def answer(self, question: AskModel | ExplainItem) -> Any:
        given = collection_from_bytes(question.items)
        assert isinstance(given, TaggedCollection)
        if given.words is None:
            words, said = [], ["rest"] * given.num_steps
        else:
            words = [str(word) for word in given.words]
            said = ["B-person" if word[0].isupper() else "O" for word in words]
        if isinstance(question, AskModel):
            return pd.DataFrame(
                {
                    "item": np.repeat(given.ids, given.lengths),
                    "step": np.concatenate([np.arange(1, n + 1) for n in given.lengths]),
                    "token": words or "",
                    "said": said,
                    "certainty": 0.75,
                }
            )
        return {
            "tokens": words,
            "said": said,
            "certainty": [0.75 if tag != "O" else 0.5 for tag in said],
            "known": [word != "zebra" for word in words],
            "alternatives": [[[tag, 0.75], ["B-place", 0.125]] for tag in said],
        }


@pytest.fixture
def oracle(monkeypatch: pytest.MonkeyPatch, may_ask: None) -> Oracle:
    oracle = TagOracle()
    monkeypatch.setattr(LocalBackend, "ask", lambda *arguments: oracle(*arguments))
    return oracle


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


def bring(app: AppTest, content: bytes, name: str = "new.txt") -> None:
    files = [(name, content, "text/plain")]
    find(app, "file_uploader", "run.new_files").set_value(files).run()
    assert not app.exception, app.exception


def read_words(question: AskModel | ExplainItem) -> list[str]:
    words = collection_from_bytes(question.items).words
    assert words is not None
    return [str(word) for word in words]


def read(app: AppTest) -> str:
    """Return all texts without the escapes that keep hostile ones what they are."""
    return " ".join(read_texts(app)).replace("\\", "").replace("\u2060", "")


def read_marked(app: AppTest) -> str:
    blocks = [str(block.proto.body) for block in app.get("html")]
    return " ".join(block for block in blocks if block.startswith("<p"))


def read_address(app: AppTest) -> dict[str, Any]:
    found = {name: value for name, value in app.query_params.items() if name != "id"}
    return {name: value[0] if isinstance(value, list) and len(value) == 1 else value
            for name, value in found.items()}  # fmt: skip


def read_chart(app: AppTest, words: str) -> dict[str, Any] | None:
    found = [chart for chart in app.get("plotly_chart") if words in chart.proto.alt]
    return json.loads(found[0].proto.spec) if found else None


def read_table(store: Store, run: Run, name: str) -> pd.DataFrame:
    return table_from_parquet(store.artifacts.get(run.id, f"{name}.parquet"))


def test_the_first_screen_has_the_figure_that_decides_and_the_model_at_work(store: Store) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    assert run.verdict is not None
    labels = [metric.label for metric in app.metric]
    assert labels[0] == "Entity F1"
    assert labels[1].startswith("Best baseline: ")
    assert app.metric[0].value == f"{run.verdict['value']:.3f}"
    assert run.verdict["sentence"] in read(app)
    assert find(app, "text_area", "run.try_text").value == ""
    assert read_address(app) == {}  # nothing is asked before somebody asks
    assert [tab.label for tab in app.tabs][:5] == [
        "Against the baselines", "Mistakes", "By type", "Where it errs", "Sequences without tags",
    ]  # fmt: skip


def test_a_sentence_gets_its_entities_marked(store: Store, oracle: Oracle) -> None:
    app = type_text(open_page("run", id=complete(store).id), "please meet Ada, zebra <b>x</b>")
    (question,) = oracle.asked
    assert question.how is None
    assert read_words(question)[:5] == ["please", "meet", "Ada", ",", "zebra"]
    marked = read_marked(app)
    assert "Ada&nbsp;<bdi" in marked
    assert "person: 75% sure" in marked
    assert "never met in training" in marked
    assert "<b>" not in marked
    told = read(app)
    assert "The model finds **1 entity**." in told
    assert "1 of 13 words was never met in training." in told
    words = next(each for each in app.selectbox if "_word" in str(each.key))
    words.set_value(2).run()
    assert app.dataframe[1].value["tag"].tolist() == ["B-person", "B-place"]


def test_the_address_asks_again_in_another_session(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = type_text(open_page("run", id=run.id), "meet Ada & <b>Ben</b>")
    kept = read_address(app)
    assert kept == {"text": "meet Ada & <b>Ben</b>"}
    again = open_page("run", None, id=run.id, **kept)
    assert find(again, "text_area", "run.try_text").value == "meet Ada & <b>Ben</b>"
    assert "The model finds **2 entities**." in read(again)
    assert len({question.digest for question in oracle.asked}) == 1


def test_a_held_out_sentence_is_drawn_beside_its_own_tags(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = press(open_page("run", id=run.id), "run.try_draw")
    position = int(read_address(app)["item"])
    assert position in read_table(store, run, "predictions")["position"].tolist()
    assert find(app, "text_area", "run.try_text").value == " ".join(REQUESTS.get_words(position))
    # Tags travel to no model.
    assert set(collection_from_bytes(oracle.asked[-1].items).tags) == {None}
    told = read(app)
    assert "What it is:" in told
    assert "found." in told
    drawn = press(app, "run.try_draw")
    assert int(read_address(drawn)["item"]) != position
    typed = type_text(drawn, "a lovely day")  # from here on it is somebody's own
    assert read_address(typed) == {"text": "a lovely day"}
    assert "What it is:" not in read(typed)
    assert "The model finds **no entity**." in read(typed)


def test_folds_are_drawn_from_as_far_as_they_are_unseen(store: Store, oracle: Oracle) -> None:
    run = complete(store, MOTIONS, num_folds=4)
    app = open_page("run", id=run.id)
    assert not app.get("text_area")
    press(app, "run.try_draw")
    drawn = read_chart(app, "The recording over its steps")
    assert drawn is not None
    assert {"x", "y", "rest", "motion"} == {trace["name"] for trace in drawn["data"]}
    assert "of its 30 steps are right." in read(app)
    assert set(read_table(store, run, "predictions")["position"]) == set(range(40))
    assert app.metric[0].label == "Macro-F1"
    assert "By tag" in [tab.label for tab in app.tabs]


def test_nothing_typed_is_refused_before_anybody_waits(store: Store, oracle: Oracle) -> None:
    app = type_text(open_page("run", id=complete(store).id), "   ")
    assert "There is no sentence yet" in app.error[0].value
    assert oracle.asked == []


def test_a_refusal_is_shown_and_can_be_tried_again(store: Store, oracle: Oracle) -> None:
    oracle.error = StudioError("It took too long.", "Try again.")
    app = type_text(open_page("run", id=complete(store).id), "meet Ada")
    assert "It took too long" in app.error[0].value
    app.run()
    assert len(oracle.asked) == 1  # not by itself
    oracle.error = None
    press(app, "run.try_again")
    assert len(app.error) == 0
    assert "The model finds **1 entity**." in read(app)


def test_a_text_that_is_too_long_for_an_address_is_told(store: Store, oracle: Oracle) -> None:
    app = type_text(open_page("run", id=complete(store).id), "gentle " * 400)
    assert "too long for the page's address" in read(app)
    assert read_address(app) == {}


@pytest.mark.parametrize(
    "query",
    [
        {"item": "9999"},
        pytest.param({"item": "-1"}, marks=pytest.mark.slow),
        {"item": "²"},
        pytest.param({"item": "x"}, marks=pytest.mark.slow),
        {"text": "meet Ada", "item": "3"},
        {"new": "../../etc/passwd"},
        {"new": "0" * 64 + ".<b>.txt"},
    ],
)
def test_an_address_that_somebody_made_up_breaks_nothing(
    query: dict[str, str], store: Store, oracle: Oracle
) -> None:
    app = open_page("run", None, id=complete(store).id, **query)
    assert not app.exception
    # A file that was swept is told; what is no file's name is none.
    assert len(app.error) == query.get("new", "").startswith("000")
    assert len(oracle.asked) == ("text" in query)


def test_mistakes_are_listed_by_what_became_of_them(store: Store) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    entities = read_table(store, run, "entities")
    counts = entities["outcome"].value_counts()
    assert set(counts.index) >= {"right", "missed", "type", "ends"}
    assert f"{(entities['outcome'] != 'right').sum()} mistakes**, the surest first." in read(app)
    find(app, "button_group", "run.cell_which").set_value("missed").run()
    assert f"Missed: {counts['missed']} entit" in read(app)
    missed = entities[entities["outcome"] == "missed"].sort_values("certainty", ascending=False)
    choose_row(app, "run.mistakes", 0)
    assert f"“{missed['text'].iloc[0]}” ({missed['type'].iloc[0]})" in read(app)
    assert "What it is:" in read(app)


def test_a_cell_of_the_matrix_opens_its_entities(store: Store) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    entities = read_table(store, run, "entities")
    find(app, "button_group", "run.cell_which").set_value("cell").run()
    find(app, "selectbox", "run.cell_type").set_value("place")
    find(app, "selectbox", "run.cell_said").set_value("person").run()
    count = int(((entities["type"] == "place") & (entities["said"] == "person")).sum())
    assert count
    assert f"**{count} entit" in read(app)
    assert "“place” taken for “person”" in read(app)
    find(app, "selectbox", "run.cell_type").set_value("").run()
    assert "“person” said where there is none" in read(app)
    drawn = read_chart(app, "How many entities of each type")
    assert drawn is not None
    assert drawn["layout"]["xaxis"]["ticktext"] == ["person", "place", "missed"]
    other = complete(store, MOTIONS)  # what was chosen is no cell of another run
    open_page("run", app, id=other.id)
    assert find(app, "button_group", "run.cell_which").value == ""


def test_wrong_steps_in_a_row_are_one_stretch_of_a_recording() -> None:
    table = pd.DataFrame(
        {
            "position": [0, 0, 0, 1, 1],
            "item": ["a", "a", "a", "b", "b"],
            "step": [1, 2, 3, 1, 2],
            "token": "",
            "tag": ["x", "x", "y", "y", "y"],
            "said": ["z", "z", "y", "z", "z"],
            "certainty": [0.5, 0.7, 1.0, 0.9, 0.9],
        }
    )
    found = list_wrong_steps(table, joins=True)
    assert found[["item", "first", "last", "type"]].values.tolist() == [
        ["b", 1, 2, "y"],
        ["a", 1, 2, "x"],
    ]
    assert len(list_wrong_steps(table, joins=False)) == 4
    assert list_wrong_steps(table.assign(said=table["tag"]), joins=True).empty


def test_errors_are_shown_by_words_length_and_group(store: Store) -> None:
    app = open_page("run", id=complete(store).id)
    ways = find(app, "button_group", "run.breakdown").options
    assert len(ways) >= 2
    drawn = read_chart(app, "The share of entities that were found")
    assert drawn is not None
    by_type = read_chart(app, "Of each type")
    assert by_type is not None
    assert {trace["name"] for trace in by_type["data"]} == {
        "found of those there", "right of those said",
    }  # fmt: skip


def test_sequences_without_tags_are_shown_with_theirs(store: Store) -> None:
    app = open_page("run", id=complete(store).id)
    assert "**6 sentences** came without tags." in read(app)
    keys = [button.key for button in app.download_button]
    assert {"run.download_answers", "run.download_answers_conll"} <= {*keys}
    assert {"run.download_predictions", "run.download_conll"} <= {*keys}


def test_new_sentences_are_tagged_from_plain_text(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    bring(app, b"meet Ada in Rome\n<script>alert(1)</script> Ben\n")
    (question,) = oracle.asked
    assert isinstance(question, AskModel)
    assert read_words(question)[:4] == ["meet", "Ada", "in", "Rome"]
    assert "Ben&nbsp;<bdi" in read_marked(app)
    assert "<script" not in read_marked(app)
    again = open_page("run", None, id=run.id, **read_address(app))  # a reload
    assert "Ben&nbsp;<bdi" in read_marked(again)


def test_tags_that_new_sentences_came_with_are_compared(store: Store, oracle: Oracle) -> None:
    app = open_page("run", id=complete(store).id)
    bring(app, b"meet O\nAda B-person\nin O\nRome B-place\n\nBen B-person\nsings O\n", "new.conll")
    told = read(app)
    assert "2 of 3 entities are found, and 2 of 3 that are said are right." in told


def test_a_file_that_holds_no_sequences_is_refused(store: Store, oracle: Oracle) -> None:
    app = open_page("run", id=complete(store).id)
    bring(app, b"\0\0")
    assert len(app.error) == 1
    assert oracle.asked == []


def test_hostile_names_are_shown_as_they_are(store: Store, oracle: Oracle) -> None:
    app = open_page("run", id=complete(store, make_hostile()).id)
    choose_row(app, "run.mistakes", 0)
    marked = read_marked(app)
    assert "&lt;b&gt;x&lt;/b&gt;" in marked
    assert "<b>" not in marked
    assert HOSTILE in read(app)
    bare = [text for text in read_texts(app) if "<b>" in text]
    assert bare == []


def test_what_was_said_is_told_beside_what_is() -> None:
    words = ["Ada", "and", "Ben", "in", "New", "York"]
    truth = ["B-person", "O", "B-person", "O", "B-place", "I-place"]
    said = ["B-person", "B-place", "B-place", "O", "O", "O"]
    assert say_agreement(words, truth, said, "bio") == (
        "1 of 3 entities is found. Missed: “New York” (place). Invented: “and” (place). Another "
        "type: “Ben” (person, said to be place)."
    )
    assert say_agreement([], truth[4:], ["O", "B-place"], "bio") == (
        "0 of 1 entities are found. Other ends: steps 1 to 2 (place)."
    )
    assert say_agreement(words, truth, truth, "bio") == "All 3 entities are found."
    assert say_agreement(["a"], ["O"], ["O"], "bio") == "It has no entity."
    assert say_agreement(["a", "b"], ["X", "Y"], ["X", "X"], "plain") == (
        "50% of its 2 words are right."
    )


def test_a_file_of_lines_keeps_each_cell_whole() -> None:
    table = pd.DataFrame(
        {
            "item": ["1", "1", "2"],
            "step": [1, 2, 1],
            "token": ["a\tb\nc", "", "d\u2028e"],
            "tag": ["O", "B-x y", "O"],
        }
    )
    assert write_conll(table, ["token", "tag"]) == "a_b_c\tO\n_\tB-x_y\n\nd_e\tO\n"
    numbers = table.assign(token="")
    assert write_conll(numbers, ["token", "tag"]) == "1\tO\n2\tB-x_y\n\n1\tO\n"


@pytest.mark.slow
def test_a_real_model_answers_in_a_process_of_its_own(store: Store, may_ask: None) -> None:
    with InProcessBackend(store) as backend:
        run = store.runs.create_running(ask_for(), store.collections.add(REQUESTS))
        backend.submit(run.id)
    app = type_text(open_page("run", id=run.id), "please meet Zoe in Rome")
    join_questions()
    app.run()
    assert not app.error
    assert "The model finds" in read(app)
    assert "Zoe" in read_marked(app)
