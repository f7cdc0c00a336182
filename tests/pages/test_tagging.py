"""Tagged sequences from the file to the run: what is understood, asked and corrected."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.samples.registry import TAGGED_SAMPLES
from lstm_core.errors import SpecError
from lstm_core.runs.stores.store import Store
from lstm_core.spec.items import NO_COLUMN
from pages._ui.data.offers import mend
from pages._ui.data.outlook import Outlook
from pages._ui.settings.wordbook import Wordbook
from pages._ui.tasks.registry import find_pages
from pages._ui.tasks.tagging.card_questions import give_roles
from pages._ui.tasks.tagging.examples import choose_examples
from tests.pages.browser import Browser
from tests.pages.tables import to_csv
from tests.pages.test_setting_words import list_choices
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
from tests.tasks.tagging.examples import ask_for, make_requests, make_words_of_speech


def write_conll(collection: TaggedCollection) -> bytes:
    sentences = [
        "\n".join(
            f"{word} {tag}"
            for word, tag in zip(
                collection.get_words(number), collection.get_tags(number), strict=True
            )
        )
        for number in range(collection.num_sequences)
    ]
    return "\n\n".join(sentences).encode()


def make_table() -> dict[str, list[object]]:
    """A row a word, with two columns of tags and one of documents."""
    collection = make_requests(60)
    assert collection.words is not None
    numbers = [n for n in range(60) for _ in range(int(collection.lengths[n]))]
    words, tags = collection.words.tolist(), collection.tags.tolist()
    return {
        "sentence": [f"s{number}" for number in numbers],
        "word": words,
        "pos": ["NAME" if word[:1].isupper() else "OTHER" for word in words],
        "slot": tags,
        "document": [f"d{number // 6}" for number in numbers],
    }


REQUESTS = write_conll(make_requests(60))


def read(app: AppTest) -> str:
    return " ".join(read_texts(app)).replace("\\", "")


def read_marked(app: AppTest) -> list[str]:
    """Return the sentences with their entities."""
    blocks = [str(block.proto.body) for block in app.get("html")]
    return [block for block in blocks if block.startswith("<p")]


def test_a_file_of_words_and_tags_becomes_a_run_in_three_interactions(store: Store) -> None:
    app = upload(REQUESTS, "requests.conll")
    assert get_draft(app).spec.task.kind == "tagging"
    app.button(key="data.train").click().run()
    assert not app.exception, app.exception
    (run,) = store.runs.list_newest()
    assert (run.spec.task.kind, run.spec.data.kind) == ("tagging", "tagged")
    collection = store.collections.get_as(run.dataset_id, TaggedCollection)
    assert collection.scheme == "bio"
    assert collection.words is not None
    assert collection.words.tolist() == make_requests(60).words.tolist()  # type: ignore[union-attr]
    assert collection.types == ["person", "place"]


def test_every_sample_is_understood_and_trained_from_the_home_page(store: Store) -> None:
    for name in TAGGED_SAMPLES:
        app = open_app()
        app.button(key=f"home.sample_{name}").click().run()
        assert not app.exception, app.exception
        assert not app.error, name
        assert get_draft(app).spec.task.kind == "tagging"
        app.button(key="data.train").click().run()
        assert store.runs.list_newest()[0].spec.data.name == name


def test_the_card_says_what_was_understood() -> None:
    app = upload(REQUESTS, "requests.conll")
    told = read(app)
    assert "60 sentences" in told
    assert "2 types of entity" in told
    assert "Finding **2 types of entity**: 100 are marked." in told
    assert "from the column" not in told  # a file without a header has no names
    marked = read_marked(app)
    assert len(marked) == 3
    assert all("person" in each or "place" in each for each in marked)


def test_a_table_names_the_column_and_each_column_has_its_part(store: Store) -> None:
    app = upload(to_csv(make_table()), "requests.csv")
    assert "from the column **slot**" in read(app)
    assert app.selectbox(key="columns.token").value == "word"
    assert app.selectbox(key="columns.item").value == "sentence"
    assert app.selectbox(key="columns.group").value == "document"
    app.selectbox(key="columns.tag").set_value("pos").run()
    assert not app.error
    assert get_draft(app).spec.data.tag == "pos"
    assert "Giving each word one of **2 tags**, from the column **pos**." in read(app)
    app.selectbox(key="columns.group").set_value(NO_COLUMN).run()
    app.button(key="data.train").click().run()
    collection = store.collections.get_as(store.runs.list_newest()[0].dataset_id, TaggedCollection)
    assert (collection.scheme, collection.groups) == ("plain", None)


def test_a_column_has_one_part_unless_it_names_sequence_and_document() -> None:
    spec = ask_for(data__token="word", data__tag="slot", data__item="sentence")
    moved = give_roles(spec, {"tag": "word"}).data
    assert (moved.token, moved.tag) == (None, "word")
    both = give_roles(spec, {"group": "sentence"}).data
    assert (both.item, both.group) == ("sentence", "sentence")
    numbers = give_roles(spec, {"channels": ("word",)}).data
    assert (numbers.token, numbers.channels) == (None, ("word",))
    other = give_roles(ask_for(data__channels=("x", "y")), {"tag": "x"}).data
    assert other.channels is None
    assert give_roles(spec, {"header": True}).data.columns == {}
    with pytest.raises(SpecError):
        give_roles(spec, {"token": "x", "tag": "x"})


def test_what_cannot_be_learnt_is_told_with_a_remedy(store: Store) -> None:
    app = upload(b"Ada B-person\nsings O\n\nBen B-person\nsings O\n", "few.conll")
    assert "at least" in assert_refused(app)
    assert not has_button(app, "data.train")
    assert store.runs.list_newest() == []


def test_copies_on_two_sides_are_warned_of() -> None:
    app = upload(REQUESTS + b"\n\n" + REQUESTS, "requests.conll")
    assert "120 sentences are copies of each other" in read(app)
    assert "Copies stay on one side." in read(app)
    assert not app.warning
    open_page("model", app)
    app.toggle(key="task.keep_copies_together").set_value(False).run()
    assert "exact copies" in " ".join(each.value for each in app.warning)


def test_a_refused_split_has_ways_out() -> None:
    refused = Outlook.of(ask_for(task__split="time"), make_requests())
    assert refused.error is not None
    mended = {offer.name: mend(offer, refused, {}) for offer in find_pages(refused.spec).offers}
    found = {name: spec.task.split for name, spec in mended.items() if spec is not None}
    assert found == {"by_the_sequences": None, "spread": "stratified"}


@pytest.mark.parametrize("name", TAGGED_SAMPLES)
def test_every_setting_is_asked_for_what_it_is_about(name: str) -> None:
    app = open_page("model", open_page("data", sample=name))
    assert not app.exception, app.exception
    assert not app.error
    keys = {each.key for kind in ("selectbox", "number_input") for each in app.get(kind)}
    assert {"task.split", "task.num_folds", "task.chain", "task.head_dropout"} <= keys
    assert ("task.jitter" in keys) == (TAGGED_SAMPLES[name].load().signals is not None)
    assert ("task.spelling" in keys) != ("task.jitter" in keys)


def test_letters_are_asked_for_where_they_are_read() -> None:
    app = open_page("model", upload(REQUESTS, "requests.conll"))
    app.selectbox(key="task.spelling").set_value("none").run()
    assert get_draft(app).spec.task.spelling == "none"
    assert not [each for each in app.number_input if each.key == "task.letters"]


def test_every_setting_and_every_choice_has_words() -> None:
    spec = ask_for()
    words = Wordbook(spec)
    for name, field in type(spec.task).model_fields.items():
        if name == "kind":
            continue
        own = words[f"task.{name}"]
        assert all((own.title, own.question, own.help)), name
        is_switch = field.annotation is bool
        choices = {True, False} if is_switch else {*list_choices(field.annotation)}
        assert set(own.values) == choices, name


def test_examples_have_as_many_tags_as_can_be() -> None:
    collection = make_requests(30)
    chosen = choose_examples(collection, 3)
    tags = {tag for number in chosen for tag in collection.get_tags(number)}
    assert tags == set(collection.tag_counts)
    assert len(choose_examples(make_words_of_speech(2), 3)) == 2


def test_hostile_words_and_tags_are_shown_as_they_are() -> None:
    lines = [f"<b>Ada</b>$x${n} B-[a](http://b)\n<script>alert(1)</script> O" for n in range(30)]
    app = upload("\n\n".join(lines).encode(), "a*b_.conll")
    assert not app.exception, app.exception
    assert has_button(app, "data.train")
    marked = " ".join(read_marked(app))
    assert "&lt;script&gt;" in marked
    assert "<script" not in marked
    assert "<b>" not in marked


@pytest.mark.parametrize("seed", share(range(2), (0,)))
def test_whoever_clicks_on_anything_meets_no_fault(seed: int) -> None:
    browser = Browser(upload(to_csv(make_table()), "requests.csv"))
    assert get_draft(browser.app).spec.task.kind == "tagging"
    person = Walk(browser, seed, leave=("data.train", "data.start_over", "data.fetch"))
    for _ in range(12):
        person.click()
