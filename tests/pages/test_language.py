"""A model that writes: the card, the settings, the place to write, what it is judged by."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.samples.registry import DOCUMENT_SAMPLES
from lstm_core.data.documents.storing import collection_from_bytes
from lstm_core.errors import StudioError
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.ask_model import AskModel
from lstm_core.jobs.questions.go_on import GoOn
from lstm_core.runs.stores.store import Store
from lstm_core.tables import table_from_parquet
from pages._ui.settings.wordbook import Wordbook
from pages._ui.tasks.language.result.held_out import LONGEST, cut_held_out, read_units
from pages._ui.tasks.language.result.unit_panel import say_likely
from pages._ui.tasks.language.result.writing.asked import Asked
from pages._ui.tasks.language.result.writing.copies import find_copies, locate_copy
from pages._ui.tasks.language.result.writing.drafts import gather_drafts
from tests.pages.oracle import Oracle
from tests.pages.test_setting_words import list_choices
from tests.pages.text_records import (
    HOSTILE,
    PROMPT,
    PROSE,
    TALES,
    begin,
    complete,
    make_hostile,
)
from tests.pages.visiting import (
    find,
    get_draft,
    join_questions,
    open_page,
    read_texts,
    upload,
)
from tests.tasks.language.examples import ask_for


def make_pieces(texts: list[str]) -> list[dict[str, Any]]:
    """Return the pieces of drafts that come sign by sign."""
    pieces: list[dict[str, Any]] = []
    for place in range(max(map(len, texts))):
        drafts = []
        for text in texts:
            sign = text[place : place + 1]
            likely = [[[sign, 0.5], ["e", 0.25]]] if sign else []
            logs = [math.log(0.5)] if sign else []
            drafts.append({"text": sign, "names": [*sign], "logs": logs, "alternatives": likely})
        pieces.append({"drafts": drafts, "unknown": 1})
    return [*pieces, {"drafts": [{"text": ""} for _ in texts], "unknown": 1}]


class TextOracle(Oracle):
    """Writes which draft and which seed it is; finds all signs equally likely, and no digit
    known."""

    def answer(self, question: Any) -> Any:
        if isinstance(question, GoOn):
            asked = question.asked
            own = PROSE.texts[0][:80]  # learnt by heart
            return make_pieces(
                [f" draft {n} of {asked['seed']} {HOSTILE}\n{own}" for n in range(asked["drafts"])]
            )
        given = collection_from_bytes(question.items)
        assert isinstance(given, DocumentCollection)
        if isinstance(question, AskModel):
            return pd.DataFrame(
                {
                    "id": given.ids,
                    "num_units": given.lengths,
                    "num_characters": given.lengths,
                    "surprise": 2.0 * given.lengths,
                    "nats": 2.0,
                }
            )
        text = str(given.texts[0])
        return {
            "text": text,
            "is_cut": False,
            "starts": list(range(len(text))),
            "stops": list(range(1, len(text) + 1)),
            "names": list(text),
            "known": [not sign.isdigit() for sign in text],
            "logs": [-3.0 if sign.isdigit() else -1.0 for sign in text],
            "alternatives": [[["a", 0.5], ["b", 0.25]] for _ in text],
        }


@pytest.fixture
def oracle(monkeypatch: pytest.MonkeyPatch, may_ask: None) -> Oracle:
    oracle = TextOracle()
    monkeypatch.setattr(LocalBackend, "ask", lambda *arguments: oracle(*arguments))
    return oracle


def press(app: AppTest, name: str) -> AppTest:
    find(app, "button", name).click().run()
    assert not app.exception, app.exception
    return app


def write(app: AppTest, prompt: str, **values: Any) -> AppTest:
    """Ask for a text, and see it when it is whole."""
    find(app, "text_area", "run.write.prompt").set_value(prompt)
    for name, value in values.items():
        kind = {"temperature": "slider", "stop": "text_area"}.get(name, "number_input")
        find(app, kind, f"run.write.{name}").set_value(value)
    return finish(press(app, "run.write"))


def finish(app: AppTest) -> AppTest:
    join_questions()
    app.run()
    assert not app.exception, app.exception
    return app


def read(app: AppTest) -> str:
    return " ".join(read_texts(app)).replace("\\", "").replace("\u2060", "")


def read_html(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


def read_marked(app: AppTest) -> list[str]:
    """Return the texts whose units can be chosen, as they were given to the browser."""
    found = app.get("bidi_component")
    return [json.loads(each.proto.json)["html"] for each in found]


def read_address(app: AppTest) -> dict[str, str]:
    return {
        name: value[0] if isinstance(value, list) else value
        for name, value in app.query_params.items()
        if name != "id"
    }


def name_buttons(app: AppTest, ending: str) -> list[str]:
    return [str(each.key) for each in app.button if str(each.key).endswith(ending)]


# ---- before the training ----


def test_a_text_becomes_a_run_in_three_interactions(store: Store) -> None:
    app = upload(PROSE.texts[0].encode(), "prose.txt")
    assert get_draft(app).spec.task.kind == "language"
    app.button(key="data.train").click().run()
    assert not app.exception, app.exception
    (run,) = store.runs.list_newest()
    assert (run.spec.task.kind, run.spec.data.kind) == ("language", "documents")
    kept = store.collections.get_as(run.dataset_id, DocumentCollection)
    assert kept.texts.tolist() == PROSE.texts.tolist()


@pytest.mark.parametrize("name", DOCUMENT_SAMPLES)
def test_every_setting_is_asked_for(name: str) -> None:
    app = open_page("model", open_page("data", sample=name))
    assert not app.exception, app.exception
    assert not app.error
    asked = {each.key for kind in ("selectbox", "number_input") for each in app.get(kind)}
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
        is_switch = field.annotation == bool | None
        choices: set[Any] = {True, False} if is_switch else {*list_choices(field.annotation)}
        assert set(own.values) == choices, name


# ---- while it learns ----


def test_what_it_writes_by_now_stands_beneath_the_curves(store: Store) -> None:
    run = begin(store, PROSE, ask_for())
    app = open_page("run", id=run.id)
    assert "What it writes after epoch 2" in read(app)
    shown = read_html(app)
    assert PROMPT in shown
    assert " sang 2 &lt;b&gt;x&lt;/b&gt;" in shown
    assert "\u202e" not in shown


def test_the_film_shows_what_was_written_after_each_epoch(store: Store) -> None:
    app = open_page("run", id=complete(store).id)
    assert " sang 2 " in read_html(app)
    find(app, "select_slider", "run.film").set_value(0).run()
    assert " sang 1 " in read_html(app)
    assert " sang 2 " not in read_html(app)


# ---- a place to write ----


def test_the_first_screen_has_the_figure_that_decides_and_a_place_to_write(store: Store) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    assert run.verdict is not None
    assert app.metric[0].label == "Nats a character"
    assert app.metric[0].value == f"{run.verdict['value']:.3f}"
    assert find(app, "text_area", "run.write.prompt").value == ""
    assert read_address(app) == {}  # nothing is asked before somebody asks
    assert [tab.label for tab in app.tabs][:4] == [
        "Against the baselines", "Read a text", "How well", "Drafts",
    ]  # fmt: skip


def test_drafts_are_written_as_they_were_asked_for(store: Store, oracle: Oracle) -> None:
    app = open_page("run", id=complete(store).id)
    write(app, "Old <i>sea</i>", temperature=0.5, drafts=2, length=50, top_k=7, stop="END\n\\n\\n")
    (question,) = oracle.asked
    assert question.asked == {
        "prompt": "Old <i>sea</i>", "length": 50, "drafts": 2, "temperature": 0.5, "top_k": 7,
        "top_p": 1.0, "seed": 1, "stop": ["END", "\n\n"],
    }  # fmt: skip
    marked = read_marked(app)[:2]
    for number, each in enumerate(marked):
        plain = "".join(part.partition(">")[2] for part in each.split("<") if part)
        assert f" draft {number} of 1 &lt;b&gt;x&lt;/b&gt;" in plain
        assert "Old &lt;i&gt;sea&lt;/i&gt;" in plain
        assert "\u202e" not in each
    told = read(app)
    assert "1 character of the beginning was never met in training" in told
    assert "the model gave it 50%, which is 0.7 nats of surprise" in told
    find(app, "button_group", "run.write_look").set_value("Plain text").run()
    assert any(each.value.startswith("Old <i>sea</i> draft 0 of 1") for each in app.code)


def test_the_address_writes_the_same_in_another_session(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = write(open_page("run", id=run.id), "Old & sea\n", temperature=1.25, seed=9, top_p=0.9)
    kept = read_address(app)
    assert kept == {
        "prompt": "Old & sea\n", "temperature": "1.25", "top_k": "0", "top_p": "0.9",
        "length": "500", "drafts": "1", "seed": "9",
    }  # fmt: skip
    again = finish(open_page("run", None, id=run.id, **kept))
    assert find(again, "text_area", "run.write.prompt").value == "Old & sea\n"
    assert find(again, "slider", "run.write.temperature").value == 1.25
    assert read_marked(again)[0] == read_marked(app)[0]
    assert len({question.digest for question in oracle.asked}) == 1


def test_an_address_that_somebody_made_up_asks_for_nothing_that_cannot_be(
    store: Store, oracle: Oracle
) -> None:
    made_up = {
        "prompt": "x" * 30_000, "temperature": "nan", "top_k": "-4", "top_p": "0",
        "length": "1e9", "drafts": "99", "seed": "three", "stop": "\n".join(map(str, range(60))),
    }  # fmt: skip
    app = finish(open_page("run", None, id=complete(store).id, **made_up))
    asked = oracle.asked[0].asked
    assert len(asked["prompt"]) == 20_000
    del asked["prompt"]
    assert asked == {
        "length": 500, "drafts": 4, "temperature": 0.8, "top_k": None, "top_p": 0.01, "seed": 1,
        "stop": [],
    }  # fmt: skip
    assert "too long for the page's address" in read(app)
    assert read_address(app) == {}


def test_what_grows_is_shown_and_can_be_stopped(store: Store, oracle: Oracle) -> None:
    oracle.may_answer.clear()
    oracle.begun = make_pieces(["first words"])[:5]
    app = open_page("run", id=complete(store).id)
    press(app, "run.write")
    while not oracle.asked:
        app.run()
    app.run()
    assert "Writing… 5 so far" in read(app)
    assert [each for each in app.get("html") if ">f</span>" in str(each.proto.body)]
    press(app, "run.write_stop")
    assert oracle.was_given_up.wait(10)
    assert "Stopped: this is what had been written." in " ".join(each.value for each in app.info)
    assert ">f</span>" in read_marked(app)[0]
    assert "seed" in read_address(app)  # the whole text is still to be had
    oracle.may_answer.set()
    finish(press(app, "run.write_whole"))
    assert "draft" in "".join(
        part.partition(">")[2] for part in read_marked(app)[0].split("<") if part
    )
    assert not app.info


def test_another_seed_and_going_on_change_what_is_asked(store: Store, oracle: Oracle) -> None:
    app = write(open_page("run", id=complete(store).id), "Old sea")
    finish(press(app, "run.write_reseed"))
    assert [question.asked["seed"] for question in oracle.asked] == [1, 2]
    assert find(app, "number_input", "run.write.seed").value == 2
    press(app, name_buttons(app, "_go_on")[0])
    prompt = find(app, "text_area", "run.write.prompt").value
    assert prompt.startswith("Old sea draft 0 of 2")
    assert len(oracle.asked) == 2  # it is there to be changed first
    assert read_address(app) == {}


def test_a_refusal_is_told_and_can_be_asked_again(store: Store, oracle: Oracle) -> None:
    oracle.error = StudioError("The worker ended.", "Try again.")
    app = write(open_page("run", id=complete(store).id), "Old sea")
    assert "The worker ended" in app.error[0].value
    oracle.error = None
    finish(press(app, "run.write_again"))
    assert not app.error
    assert read_marked(app)


def test_what_is_copied_is_told_with_the_place(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = write(open_page("run", id=run.id), "")
    warned = " ".join(each.value for each in app.warning)
    assert "stands in the training part word for word" in warned
    assert "the longest has 80" in warned
    assert "word for word from training" in read_marked(app)[0]
    next(each for each in app.toggle if str(each.key).endswith("_where")).set_value(True).run()
    assert "<mark" in read_html(app)
    copies = find_copies(run, f"zz{PROSE.texts[0][300:400]}zz")
    assert copies.share == pytest.approx(100 / 104)
    assert copies.longest is not None
    place = locate_copy(run, copies.longest)
    assert place.before + place.copied + place.after == PROSE.texts[0][100:600]


# ---- read, judged, new ----


def test_a_text_is_read_unit_by_unit(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    find(app, "text_area", "run.read_text").set_value("Old <b> 7")
    press(app, "run.read_ask")
    assert app.metric[3].value == f"{(8 + 3) / 9:.3f}"
    assert run.metrics is not None
    assert app.metric[4].value == f"{run.metrics['nats']:.3f}"
    assert app.metric[5].value == "11%"
    assert "<b>" not in read_marked(app)[0]
    assert "7** is 9 of 9" in read(app).replace("\u2069", "")
    find(app, "text_area", "run.read_text").set_value("  ")
    press(app, "run.read_ask")
    assert "There is no text yet" in app.error[0].value


def test_what_was_judged_is_shown_where_the_model_is_ahead(store: Store) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    table = table_from_parquet(store.artifacts.get(run.id, "predictions.parquet"))
    held_out = cut_held_out(table, "log_ngrams")
    assert (held_out.stops - held_out.starts).max() <= LONGEST
    assert int((held_out.stops - held_out.starts).sum()) == len(table)
    first = table.iloc[: int(held_out.stops[0])]
    text = "".join(read_units(first, PROSE))
    assert text == PROSE.texts[0][int(first["start"].iloc[0]) :][: len(text)]
    gains = held_out.gains[held_out.order("ahead")]
    assert (np.diff(gains) <= 0).all()
    find(app, "selectbox", "run.held_out_order").set_value("behind").run()
    assert not app.exception, app.exception
    worst = abs(float(held_out.gains[held_out.order("behind")][0]))
    assert f"{worst:.2f} nats a unit" in read(app)


def test_texts_are_listed_and_new_ones_are_judged(store: Store, oracle: Oracle) -> None:
    run = complete(store, TALES)
    app = open_page("run", id=run.id)
    listed = [each.value for each in app.dataframe if "nats" in each.value]
    assert len(listed[0]) > 1
    files = [("new.txt", b"A new tale of the sea.", "text/plain")]
    find(app, "file_uploader", "run.new_files").set_value(files).run()
    finish(app)
    assert "They surprise it by **2.000 nats a character**" in read(app)
    again = open_page("run", None, id=run.id, new=read_address(app)["new"])
    assert "They surprise it by **2.000" in read(finish(again))


def test_hostile_texts_and_names_are_shown_as_they_are(store: Store, oracle: Oracle) -> None:
    app = write(open_page("run", id=complete(store, make_hostile()).id), HOSTILE, drafts=4)
    shown = read_html(app) + "".join(read_marked(app))
    assert "<b>" not in shown
    assert "\u202e" not in shown
    assert len(read_marked(app)) >= 5


# ---- what is shown of pieces ----


def test_units_that_come_at_once_stay_apart_where_they_can_be_told() -> None:
    def piece(text: str, *names: str) -> dict[str, Any]:
        each = {"names": list(names), "logs": [-1.0] * len(names)}
        return {"drafts": [{"text": text, **each, "alternatives": [[["x", 0.5]] for _ in names]}]}

    held = [piece("", "E"), piece("", "N"), piece("ENx", "x")]
    (draft,) = gather_drafts(held, 1)
    assert [(unit.text, unit.log) for unit in draft.units] == [("E", -1), ("N", -1), ("x", -1)]
    bytes_of_a_letter = [piece("", "‹C3›"), piece("é", "‹A9›")]
    (draft,) = gather_drafts([*bytes_of_a_letter, {"drafts": [{"text": "!"}]}], 1)
    assert [(unit.text, unit.log) for unit in draft.units] == [("é", -2), ("!", 0)]
    assert draft.text == "é!"
    assert gather_drafts([], 2)[1].text == ""


def test_likelihood_is_said_in_few_digits() -> None:
    said = [say_likely(math.log(share)) for share in (1.0, 0.345, 0.01, 1 / 467, 1 / 1_117_921)]
    assert said == ["100%", "34%", "1%", "1 in 470", "1 in 1,100,000"]
    assert say_likely(-math.inf).startswith("1 in 1")


def test_half_a_sign_can_be_asked_about() -> None:
    assert Asked(length=5, prompt="a\ud800").to_question()["prompt"] == "a?"
