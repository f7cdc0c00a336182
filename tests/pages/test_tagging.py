"""Tagged sequences from the file to the run: what is understood, asked, corrected and refused."""

from __future__ import annotations

import pytest

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.samples.registry import TAGGED_SAMPLES
from lstm_core.jobs.working.execution import execute_run
from lstm_core.runs.stores.store import Store
from pages._ui.data.offers import mend
from pages._ui.data.outlook import Outlook
from pages._ui.tasks.registry import find_pages
from tests.pages.browser import Browser
from tests.pages.tables import to_csv
from tests.pages.visiting import (
    assert_refused,
    get_draft,
    has_button,
    open_app,
    open_page,
    read_texts,
    upload,
)
from tests.pages.walking import Walk
from tests.shares import share
from tests.tasks.tagging.examples import ask_for, make_motions, make_requests

PLACES = ("Rome", "Oslo", "Lima", "Quito")


def write_conll(count: int = 60, place: str = "place") -> bytes:
    lines = []
    for number in range(count):
        lines += ["go\tO", "to\tO", f"{PLACES[number % 4]}\tB-{place}", f"at\tO\n{number}\tO", ""]
    return "\n".join(lines).encode()


REQUESTS = write_conll()


def test_a_file_of_tags_becomes_a_run_in_three_interactions(store: Store) -> None:
    app = upload(REQUESTS, "requests.conll")
    app.button(key="data.train").click().run()
    assert not app.exception, app.exception
    (run,) = store.runs.list_newest()
    assert (run.spec.task.kind, run.spec.data.kind) == ("tagging", "tagged")
    assert (run.spec.data.source, run.spec.data.name) == ("file", "requests.conll")
    assert app.query_params["id"] == run.id
    collection = store.collections.get_as(run.dataset_id, TaggedCollection)
    assert (collection.num_sequences, collection.types) == (60, ["place"])


def test_every_sample_is_understood_and_trained_from_the_home_page(store: Store) -> None:
    for name in TAGGED_SAMPLES:
        app = open_app()
        app.button(key=f"home.sample_{name}").click().run()
        assert not app.exception, app.exception
        assert not app.error, name
        assert get_draft(app).spec.data == TAGGED_SAMPLES[name].data
        assert get_draft(app).spec.task.kind == "tagging"
        app.button(key="data.train").click().run()
        assert store.runs.list_newest()[0].spec.data.name == name


def test_the_card_says_what_was_understood() -> None:
    told = " ".join(read_texts(upload(REQUESTS, "requests.conll"))).replace("\\", "")
    assert "60 sentences, 300 words, 1 type of entity" in told
    assert "Finding **1 type of entity**" in told
    assert "Tags are spread evenly" in told or "folds of" in told


@pytest.mark.parametrize(
    ("name", "content", "task"),
    [
        ("requests.conll", REQUESTS, "tagging"),
        ("requests.txt", REQUESTS, "tagging"),
        (
            "requests.csv",
            to_csv(
                {
                    "sentence_id": [n // 3 for n in range(120)],
                    "token": ["to", "Rome", "!"] * 40,
                    "tag": ["O", "B-place", "O"] * 40,
                }
            ),
            "tagging",
        ),
        (
            "reviews.csv",
            to_csv({"text": [f"a fine day {n}" for n in range(40)], "label": ["a", "b"] * 20}),
            "classification",
        ),
    ],
)
def test_what_is_wanted_is_guessed_from_the_file(name: str, content: bytes, task: str) -> None:
    assert get_draft(upload(content, name)).spec.task.kind == task


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a O\nb O\n\nc O\n", "tag"),
        (b"word" * 60, "tag"),
        (b"go\tO\nto\tO\n\n" * 40, "tag for each step"),
    ],
)
def test_what_cannot_be_learnt_is_told_with_a_remedy(
    content: bytes, said: str, store: Store
) -> None:
    app = upload(content, "odd.conll")
    assert said in assert_refused(app)
    assert not has_button(app, "data.train")
    assert store.runs.list_newest() == []


@pytest.mark.parametrize("name", TAGGED_SAMPLES)
def test_every_setting_is_asked_for_what_it_is_about(name: str) -> None:
    app = open_page("model", open_page("data", sample=name))
    assert not app.exception, app.exception
    assert not app.error
    keys = {each.key for each in [*app.selectbox, *app.number_input]}
    assert {"task.split", "task.chain"} <= keys
    is_words = TAGGED_SAMPLES[name].load().words is not None
    assert is_words == ("task.spelling" in keys)
    assert is_words != ("task.scaling" in keys)


def test_a_refused_split_has_ways_out() -> None:
    refused = Outlook.of(ask_for(task__split="time"), make_requests(120))
    assert refused.error is not None
    mended = {offer.name: mend(offer, refused, {}) for offer in find_pages(refused.spec).offers}
    found = {name: spec.task.split for name, spec in mended.items() if spec is not None}
    assert found == {"by_the_sequences": None, "spread": "stratified"}


def finish(store: Store, collection: TaggedCollection) -> str:
    spec = ask_for(training__epochs=2, model__architecture="vanilla")
    run = execute_run(store, store.runs.create_running(spec, store.collections.add(collection)))
    assert run.has_result, run.message
    return run.id


@pytest.mark.parametrize("name", ["words", "numbers"])
def test_a_finished_run_shows_its_tabs_and_what_is_asked(name: str, store: Store) -> None:
    collection = make_requests(80, num_untagged=4) if name == "words" else make_motions()
    run_id = finish(store, collection)
    app = open_page("run", id=run_id)
    assert not app.exception, app.exception
    titles = {tab.label for tab in app.tabs}
    assert {"Mistakes", "Where it errs"} <= titles
    assert ("Sentences without tags" in titles or "Sequences without tags" in titles) == (
        name == "words"
    )
    app.button(key="run.try_draw").click().run()
    assert not app.exception, app.exception
    assert app.query_params["item"]
    app = open_page("run", id=run_id, item="999999", text="<b>x</b>")
    assert not app.exception, app.exception


def test_hostile_names_and_words_are_shown_as_they_are(store: Store) -> None:
    nasty = "<img/src=x>$y$[a](http://b)"
    content = write_conll(place=nasty).replace(b"go", nasty.encode())
    app = upload(content, "a*b_.conll")
    assert not app.exception, app.exception
    assert has_button(app, "data.train")
    assert not any("<img" in each.value.replace("\\<img", "") for each in app.caption)


@pytest.mark.parametrize("seed", share(range(2), (0,)))
def test_whoever_clicks_on_anything_meets_no_fault(seed: int) -> None:
    browser = Browser(upload(REQUESTS, "requests.conll"))
    person = Walk(browser, seed, leave=("data.train", "data.start_over", "data.fetch"))
    for _ in range(10):
        person.click()
