"""Labelled items from the file to the run: what is understood, asked, corrected and refused."""

from __future__ import annotations

import pytest

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.samples.registry import ITEM_SAMPLES
from lstm_core.runs.stores.store import Store
from lstm_core.spec.items import NO_COLUMN
from pages._ui.data.offers import mend
from pages._ui.data.outlook import Outlook
from pages._ui.tasks.registry import find_pages
from tests.pages.browser import Browser
from tests.pages.tables import SALES, to_csv
from tests.pages.visiting import (
    assert_refused,
    get_draft,
    has_button,
    open_again,
    open_app,
    open_page,
    read_texts,
    upload,
)
from tests.pages.walking import Walk
from tests.shares import share
from tests.tasks.classification.examples import ask_for, make_moods

PRAISE = ["I love this one", "what a fine day it was", "works like a charm", "good, buy again"]
SCORN = ["I hate this one", "what a sad day it was", "broke after a week", "bad, never again"]


def make_reviews(count: int = 40) -> dict[str, list[object]]:
    texts = [(PRAISE if n % 2 else SCORN)[n // 2 % 4] + f" number {n}" for n in range(count)]
    return {"text": [*texts], "label": ["good" if n % 2 else "bad" for n in range(count)]}


REVIEWS = to_csv(make_reviews())


def test_a_table_of_texts_becomes_a_run_in_three_interactions(store: Store) -> None:
    app = upload(REVIEWS, "reviews.csv")
    app.button(key="data.train").click().run()
    assert not app.exception, app.exception
    (run,) = store.runs.list_newest()
    assert (run.spec.task.kind, run.spec.data.kind) == ("classification", "items")
    assert (run.spec.data.source, run.spec.data.name) == ("file", "reviews.csv")
    assert app.query_params["id"] == run.id
    collection = store.collections.get_as(run.dataset_id, ItemCollection)
    assert collection.texts is not None
    assert collection.texts.tolist() == make_reviews()["text"]
    assert collection.label_counts == {"bad": 20, "good": 20}


def test_every_sample_is_understood_and_trained_from_the_home_page(store: Store) -> None:
    for name in ITEM_SAMPLES:
        app = open_app()
        app.button(key=f"home.sample_{name}").click().run()
        assert not app.exception, app.exception
        assert not app.error, name
        assert get_draft(app).spec.data == ITEM_SAMPLES[name].data
        assert get_draft(app).spec.task.kind == "classification"
        app.button(key="data.train").click().run()
        assert store.runs.list_newest()[0].spec.data.name == name


def test_the_card_says_what_was_understood() -> None:
    told = " ".join(read_texts(upload(REVIEWS, "reviews.csv"))).replace("\\", "")
    assert "40 texts, 2 labels, evenly spread" in told
    assert "Telling apart **2 labels**, from the column **label**." in told
    assert "Each label has 20 items." in told
    assert "folds of" in told  # so few items are all judged in turn
    assert "Its name says so; it has 2 different values." in told


@pytest.mark.parametrize(
    ("name", "content", "task"),
    [
        ("sales.csv", SALES, "forecasting"),
        ("reviews.csv", REVIEWS, "classification"),
        ("reviews.tsv", REVIEWS.replace(b",", b"\t"), "classification"),
        ("empty.fasta", b"", "classification"),
        ("empty.zip", b"PK\5\6" + b"\0" * 18, "forecasting"),
        ("broken.csv", b"day,sales\n", "forecasting"),
    ],
)
def test_what_is_wanted_is_guessed_from_the_file(name: str, content: bytes, task: str) -> None:
    app = upload(content, name)
    assert get_draft(app).spec.task.kind == task
    assert app.segmented_control(key="data.task").value == task


def test_another_wish_is_another_draft_of_the_same_files_and_the_way_back_finds_the_first() -> None:
    app = upload(REVIEWS, "reviews.csv")
    app.selectbox(key="columns.group").set_value("text").run()
    first = get_draft(app)
    app.segmented_control(key="data.task").set_value("forecasting").run()
    second = get_draft(app)
    assert (second.spec.task.kind, second.uploads) == ("forecasting", first.uploads)
    assert second.spec.data.source == "csv"
    assert "No column can be read as times" in assert_refused(app)
    app.segmented_control(key="data.task").set_value("classification").run()
    assert app.query_params["draft"] == first.id
    assert app.selectbox(key="columns.group").value == "text"


def test_a_wish_for_other_samples_shows_them() -> None:
    app = open_page("data")
    app.segmented_control(key="data.source").set_value("sample").run()
    app.segmented_control(key="data.task").set_value("classification").run()
    assert not app.exception, app.exception
    assert app.selectbox(key="data.sample").value == next(iter(ITEM_SAMPLES))
    app.selectbox(key="data.sample").set_value("digits").run()
    app.segmented_control(key="data.task").set_value("forecasting").run()
    assert get_draft(app).spec.data.kind == "series"
    app.segmented_control(key="data.task").set_value("classification").run()
    assert app.selectbox(key="data.sample").value == "digits"
    assert get_draft(app).spec.data.name == "digits"


def test_a_table_of_labels_beside_the_texts_is_one_draft(store: Store) -> None:
    reviews = make_reviews()
    ids = [f"r{n}" for n in range(40)]
    files = [
        ("texts.csv", to_csv({"id": ids, "text": reviews["text"]}), "text/csv"),
        ("labels.csv", to_csv({"id": ids, "label": reviews["label"]}), "text/csv"),
    ]
    app = open_page("data")
    app.file_uploader(key="data.file").set_value(files).run()
    assert [each.name for each in get_draft(app).uploads] == ["texts.csv", "labels.csv"]
    assert "In use: texts\\.csv, labels\\.csv" in read_texts(app)
    again = open_again("data", app)  # both are kept
    again.button(key="data.train").click().run()
    collection = store.collections.get_as(store.runs.list_newest()[0].dataset_id, ItemCollection)
    assert collection.ids.tolist() == ids
    assert collection.label_counts == {"bad": 20, "good": 20}


def test_of_several_tables_over_time_the_last_one_counts() -> None:
    app = open_page("data")
    files = [
        ("old.csv", SALES.replace(b"sales", b"old"), "text/csv"),
        ("new.csv", SALES, "text/csv"),
    ]
    app.file_uploader(key="data.file").set_value(files).run()
    assert get_draft(app).spec.data.name == "new.csv"
    assert app.multiselect(key="columns.targets").value == ["sales"]
    assert "In use: new\\.csv" in read_texts(app)


def test_whether_items_belong_together_is_asked_and_the_answer_is_kept(store: Store) -> None:
    table = make_reviews(60) | {"shop": [f"shop {n // 6}" for n in range(60)]}
    app = upload(to_csv(table), "reviews.csv")
    assert "has only 10 values for 60 items" in " ".join(read_texts(app))
    app.button(key="card.group.together").click().run()
    assert get_draft(app).spec.data.group == "shop"
    assert not has_button(app, "card.group.together")
    assert any(
        'No "shop" is on two sides' in each.replace("\\", "") for each in read_texts(app)
    ) or ("10 groups" in " ".join(read_texts(app)))
    app.button(key="data.train").click().run()
    collection = store.collections.get_as(store.runs.list_newest()[0].dataset_id, ItemCollection)
    assert collection.groups is not None
    apart = upload(to_csv(table), "reviews.csv")
    apart.button(key="card.group.apart").click().run()
    assert get_draft(apart).spec.data.group == NO_COLUMN
    assert not has_button(apart, "card.group.together")
    assert has_button(apart, "data.train")


def test_another_label_is_chosen_and_what_follows_from_it(store: Store) -> None:
    table = make_reviews(40) | {"stars": [n % 3 for n in range(40)]}
    app = upload(to_csv(table), "reviews.csv")
    app.selectbox(key="columns.label").set_value("stars").run()
    assert not app.error
    assert get_draft(app).spec.data.label == "stars"
    assert "40 texts, 3 labels" in app.header[0].value.replace("\\", "")
    app.selectbox(key="columns.text").set_value("label").run()  # a word each: it may be read
    assert get_draft(app).spec.data.text == "label"
    app.selectbox(key="columns.label").set_value("label").run()  # a column has one part
    assert (get_draft(app).spec.data.text, get_draft(app).spec.data.label) == (None, "label")
    assert has_button(app, "data.train")


def test_a_table_without_names_is_told_apart_from_one_with_them() -> None:
    lines = [f"{label},{text}" for text, label in zip(*make_reviews().values(), strict=True)]
    app = upload("\n".join(line.replace(", ", " ") for line in lines).encode(), "reviews.csv")
    assert "40 texts" in app.header[0].value
    app.toggle(key="columns.header").set_value(True).run()
    assert get_draft(app).spec.data.header is True
    assert "39 texts" in app.header[0].value


REFUSED = {
    "no labels": to_csv({"text": make_reviews()["text"]}),
    "one label": to_csv({"text": make_reviews()["text"], "label": ["same"] * 40}),
    "labels that measure": to_csv(
        {"text": make_reviews()["text"], "label": [n / 7 for n in range(40)]}
    ),
    "a label each": to_csv({"text": make_reviews()["text"], "label": [f"l{n}" for n in range(40)]}),
    "too few items": to_csv({"text": PRAISE[:2] + SCORN[:2], "label": ["a", "a", "b", "b"]}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_learnt_is_told_with_a_remedy_and_can_be_mended(
    case: str, store: Store
) -> None:
    app = upload(REFUSED[case], "reviews.csv")
    if get_draft(app).spec.task.kind != "classification":
        app.segmented_control(key="data.task").set_value("classification").run()
    assert_refused(app)
    assert not has_button(app, "data.train")
    assert store.runs.list_newest() == []
    assert app.selectbox(key="columns.label") is not None


def test_files_of_no_known_kind_are_told_and_the_way_in_stays() -> None:
    app = upload(b"PK\5\6" + b"\0" * 18, "nothing.zip")
    assert_refused(app)
    assert app.file_uploader(key="data.file") is not None
    upload(REVIEWS, "reviews.csv", app)
    assert has_button(app, "data.train")


def test_copies_on_two_sides_are_warned_of(store: Store) -> None:
    reviews = make_reviews(200)
    doubled = {name: [*column, *column] for name, column in reviews.items()}
    app = upload(to_csv(doubled), "reviews.csv")
    assert "400 texts are copies of each other" in " ".join(read_texts(app)).replace("\\", "")
    assert not app.warning
    open_page("model", app)
    app.toggle(key="task.keep_copies_together").set_value(False).run()
    assert "exact copies" in " ".join(each.value for each in app.warning)
    open_page("data", app)
    assert "exact copies" in " ".join(each.value for each in app.warning)
    app.button(key="data.train").click().run()
    assert store.runs.list_newest()[0].spec.task.keep_copies_together is False


def test_groups_on_two_sides_are_warned_of() -> None:
    app = open_page("data", sample="gestures")
    assert not app.warning
    open_page("model", app)
    app.selectbox(key="task.split").set_value("stratified").run()
    assert not app.exception, app.exception
    assert 'has a "person"' in " ".join(each.value for each in app.warning).replace("\\", "")


def test_a_refused_split_has_ways_out() -> None:
    refused = Outlook.of(ask_for(task__split="time"), make_moods())
    assert refused.error is not None
    mended = {offer.name: mend(offer, refused, {}) for offer in find_pages(refused.spec).offers}
    found = {name: spec.task.split for name, spec in mended.items() if spec is not None}
    assert found == {"by_the_items": None, "spread": "stratified"}


@pytest.mark.parametrize("name", ITEM_SAMPLES)
def test_every_setting_is_asked_for_what_it_is_about(name: str) -> None:
    app = open_page("model", open_page("data", sample=name))
    assert not app.exception, app.exception
    assert not app.error
    assert [each.key for each in app.selectbox if each.key == "task.split"]
    is_signal = ITEM_SAMPLES[name].load().signals is not None
    assert is_signal == bool([each for each in app.number_input if each.key == "task.jitter"])


def test_hostile_names_and_texts_are_shown_as_they_are() -> None:
    nasty = "# <b>x</b> $y$ [a](http://b)"
    texts = [f"{nasty} and so on, number {n}" for n in range(40)]
    labels = [f"{nasty} {n % 2}" for n in range(40)]
    app = upload(to_csv({"text": texts, "# *label*": labels}), "a*b_.csv")
    assert not app.exception, app.exception
    assert has_button(app, "data.train")
    assert any(each.value.startswith(nasty) for each in app.text)
    assert not any("<b>" in each.value.replace("\\<b", "") for each in app.caption)


@pytest.mark.parametrize("seed", share(range(2), (0,)))
def test_whoever_clicks_on_anything_meets_no_fault(seed: int) -> None:
    table = make_reviews(60) | {"shop": [f"shop {n // 6}" for n in range(60)]}
    browser = Browser(upload(to_csv(table), "reviews.csv"))
    browser.press(browser.find("card.group.together"))
    assert get_draft(browser.app).spec.data.group == "shop"
    person = Walk(browser, seed, leave=("data.train", "data.start_over", "data.fetch"))
    for _ in range(12):
        person.click()
