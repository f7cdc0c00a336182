"""What confirm cards of texts and of pairs ask and show."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.samples.harbour import make_harbour
from lstm_core.data.items.collection import as_objects
from lstm_core.data.pairs.samples.dates import make_dates
from lstm_core.errors import SpecError
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.documents import DocumentsDataSpec
from lstm_core.spec.items import NO_COLUMN
from lstm_core.spec.pairs import PairsDataSpec
from lstm_core.spec.tasks.language import LanguageSpec
from lstm_core.spec.tasks.translation import TranslationSpec
from lstm_core.tasks.language.framing import frame_texts
from lstm_core.tasks.translation.framing import frame_pairs
from pages._ui.data.columns_form import give_parts
from pages._ui.data.excerpts import mark_excerpt, mark_pair
from pages._ui.tasks.language import confirm_card as language_card
from pages._ui.tasks.language.card_questions import list_splits
from pages._ui.tasks.translation import confirm_card as translation_card
from pages._ui.tasks.translation.examples import NUM_EXAMPLES, choose_examples
from tests.pages.tables import to_csv
from tests.pages.test_text_kinds import bring

HOSTILE = '"><script>alert(1)</script>\u202e'


def read_tags(marked: str) -> set[str]:
    return set(re.findall(r"<(/?\w+)", marked))


def make_documents(count: int, **columns: Any) -> DocumentCollection:
    numbers = range(count)
    return DocumentCollection(
        ids=as_objects([f"d{n}" for n in numbers]),
        texts=as_objects([f"text {n} " * 200 for n in numbers]),
        **columns,
    )


def test_beginnings_are_safe_cut_and_keep_their_lines() -> None:
    marked = mark_excerpt(f"{HOSTILE}\n\nline", title=HOSTILE)
    assert read_tags(marked) == {"div", "/div", "p", "/p"}
    assert "\u202e" not in marked
    assert "\n\nline" in marked
    assert marked.count('dir="auto"') == 2
    assert "…" in mark_excerpt("\n".join("abc"), most_lines=2)
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert f"{family * 2}…" in mark_excerpt(family * 9, longest=3)
    pair = mark_pair(HOSTILE, "\u05e9\u05dc\u05d5\u05dd")
    assert read_tags(pair) == {"div", "/div", "p", "/p"}
    assert pair.count('dir="auto"') == 2


def test_a_column_that_gets_another_part_loses_its_own() -> None:
    data = DocumentsDataSpec(source="file", name="t.csv", text="body", group="author")
    spec = ExperimentSpec(data=data, task={"kind": "language"})
    moved = give_parts(spec, {"text": "author"}).data
    assert (moved.text, moved.group) == ("author", None)
    assert give_parts(spec, {"group": NO_COLUMN}).data.columns == {"text": "body"}
    bare = give_parts(spec, {"header": False}).data
    assert (bare.header, bare.text, bare.group) == (False, None, None)
    with pytest.raises(SpecError):
        give_parts(spec, {"text": "x", "group": "x"})


def test_only_splits_that_can_be_made_are_offered() -> None:
    assert list_splits(make_documents(1)) == ["end"]
    assert list_splits(make_documents(5)) == ["end", "documents"]
    full = make_documents(
        6,
        groups=as_objects(["a", "b", "c"] * 2),
        parts=as_objects(["train", "validation", "test"] * 2),
    )
    assert list_splits(full) == ["end", "documents", "grouped", "given"]


def test_what_is_kept_apart_is_said() -> None:
    assert "the end of the text" in frame_texts(LanguageSpec(split="end"), make_harbour()).say()
    whole = LanguageSpec(split="documents")
    assert "whole text" in frame_texts(whole, make_documents(30)).say()
    said = frame_pairs(TranslationSpec(split="stratified"), make_dates()).say()
    assert "pairs (10%) kept apart to judge" in said
    assert "Copies stay on one side." in said
    folds = TranslationSpec(split="stratified", num_folds=3)
    assert "3 folds" in frame_pairs(folds, make_dates()).say()


def test_pairs_of_all_lengths_are_shown() -> None:
    dates = make_dates()
    chosen = choose_examples(dates)
    assert len(chosen) == NUM_EXAMPLES
    lengths = [len(dates.sources[number]) for number in chosen]
    assert lengths == sorted(lengths)
    assert choose_examples(dates.select([])) == []


def show_card(room: str, draft: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Show a task's card as it is where the task itself has nothing against the data."""
    card = {"language": language_card, "translation": translation_card}[room]
    task: Any = (
        TranslationSpec(split="stratified") if room == "translation" else LanguageSpec(split="end")
    )

    def look(spec: object, collection: object) -> SimpleNamespace:
        resolved = SimpleNamespace(task=task)
        return SimpleNamespace(
            resolved=resolved, spec=spec, collection=collection, list_cautions=list, reasons={}
        )

    monkeypatch.setattr(card, "Outlook", SimpleNamespace(of=look))
    monkeypatch.setattr(card, "train_button", lambda key, label: False)
    monkeypatch.setattr(card, "link_to_model", lambda: None)
    monkeypatch.setattr(card, "show_choices", lambda spec, reasons: None)

    def show() -> None:
        import streamlit as st

        st.session_state["show"](st.session_state["draft"])

    app = AppTest.from_function(show, default_timeout=20)
    app.session_state["show"], app.session_state["draft"] = card.show_confirm_card, draft
    return app.run()


def read(app: AppTest) -> str:
    blocks = [*app.header, *app.markdown, *app.caption]
    return " ".join(str(each.value) for each in blocks).replace("\\", "")


def test_the_card_of_texts_says_what_was_read_and_asks_what_may_be_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stories = str(make_harbour().texts[0])
    table = to_csv(
        {
            "body": [stories[900 * n : 900 * n + 900].strip() for n in range(40)],
            "abstract": [f"{HOSTILE} in short, this is story number {n}" for n in range(40)],
            "author": [f"author {n % 8}" for n in range(40)],
        }
    )
    data = DocumentsDataSpec(source="file", name="stories.csv")
    app = show_card("language", bring(monkeypatch, data, ("stories.csv", table)), monkeypatch)
    assert not app.exception
    assert not app.error
    said = read(app)
    assert "40 texts with" in said
    assert "Learning to write on from **40 texts** of the column **body**" in said
    assert "kept apart to judge" in said
    keys = {button.key for button in app.button}
    assert {"card.text.0", "card.group.apart"} <= keys
    assert app.selectbox(key="columns.text").value == "body"


def test_the_card_of_pairs_offers_to_turn_them_around(monkeypatch: pytest.MonkeyPatch) -> None:
    dates = make_dates()
    table = to_csv(
        {f"given {HOSTILE}": dates.sources[:200].tolist(), "wanted": dates.targets[:200].tolist()}
    )
    data = PairsDataSpec(source="file", name="dates.csv")
    app = show_card("translation", bring(monkeypatch, data, ("dates.csv", table)), monkeypatch)
    assert not app.exception
    assert not app.error
    assert "into **wanted**, learnt from 200 pairs" in read(app)
    assert "kept apart to judge" in read(app)
    assert "instead" in app.button(key="card.swap").label
    html = " ".join(str(block.proto.body) for block in app.get("html"))
    assert str(dates.targets[choose_examples(dates.select(range(200)))[0]]) in html
