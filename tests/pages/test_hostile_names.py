"""Names come from files: they are shown as they are, and never as markup, links or formulas."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.runs.stores.store import Store
from tests.pages import records
from tests.pages.tables import make_days, make_wave, to_csv
from tests.pages.visiting import get_draft, open_page, read_texts, upload

NAMES = {
    "markdown": "**bold** _it_ # [link](http://evil.example) ![x](http://evil.example/x.png)",
    "html": '<img src=x onerror="alert(1)"> &amp; </div>',
    "script": "<script>alert(1)</script>",
    "formula": "=HYPERLINK('http://evil.example')",
    "addresses": "www.evil.example HTTPS://evil.example/x me@evil.example",
    "tex": "$\\frac{1}{2}$ $$x$$",
    "directives": ":material/delete: :red[x] :smile: {braces} ~~gone~~",
    "code": "`rm -rf` ```x``` | a | b |",
    "emoji and marks": "🦄 Ünïcödé \u202egnp.exe \u200b ä̈",
    "very long": "x" * 150 + " y" * 20,
    "quotes": "O'Brien \\ back\\slash; --",
}

DAILY = ("markdown", "html", "addresses")
names_that_bite = pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, id=kind, marks=[] if kind in DAILY else pytest.mark.slow)
        for kind, name in NAMES.items()
    ],
)

ADDRESS = re.compile(r"www\.|://|\w@", re.IGNORECASE)
"""What Streamlit makes a link of, even where it is escaped."""
SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def assert_escaped(app: AppTest, name: str) -> None:
    """Check that the name is shown, with a backslash before all that Markdown could read."""
    assert not app.exception
    flat = " ".join(name.split())
    escaped = SPECIAL.sub(r"\\\1", flat)
    texts = read_texts(app)
    assert not [text for text in texts if ADDRESS.search(text.replace("\\", ""))]
    texts = [text.replace("\u2060", "") for text in texts]
    assert any(escaped[:100] in text for text in texts), (escaped, texts)
    if escaped != flat:
        assert not [text for text in texts if flat in text]


@names_that_bite
def test_a_column(name: str, store: Store) -> None:
    app = upload(to_csv({"day": make_days(), name: make_wave(), "other": make_wave(level=2)}))
    app.multiselect(key="columns.targets").set_value([" ".join(name.split())]).run()
    assert not app.error, [error.value for error in app.error]
    assert_escaped(app, name)
    assert not open_page("model", app).error
    open_page("data", app)
    app.button(key="data.train").click().run()
    run = store.runs.list_newest()[0]
    assert run.spec.data.targets == get_draft(app).spec.data.targets
    for page in (app, open_page("runs"), open_page("home")):
        assert_escaped(page, name)


@names_that_bite
def test_a_file_and_a_series(name: str, store: Store) -> None:
    dataset = records.make_dataset(series=[name, "other"], target=name, name=f"{name}.csv"[:200])
    run = records.complete(
        store, dataset, records.VERDICT | {"sentence": f"About {name}", "beats_baseline": False}
    )
    for page in (open_page("run", id=run.id), open_page("runs"), open_page("home")):
        assert not page.error
        assert_escaped(page, name)


@names_that_bite
def test_what_the_film_is_about(name: str, store: Store) -> None:
    dataset = records.make_dataset(series=[name, "other"], target=name)
    app = open_page("run", id=records.train_several(store, dataset).id)
    assert not app.error
    assert_escaped(app, name)
    assert any("drawn anew" in text for text in read_texts(app))


@names_that_bite
def test_a_series_that_is_left_out(name: str) -> None:
    labels = ["first"] * 120 + ["second"] * 120 + [name] * 4
    values = [*make_wave(), *make_wave(level=20), *make_wave(4)]
    app = upload(to_csv({"day": [*make_days() * 2, *make_days(4)], "shop": labels, "v": values}))
    assert not app.error
    assert_escaped(app, name)


@pytest.mark.parametrize("kind", ["markdown", "script", "tex"])
def test_a_refused_file(kind: str, store: Store) -> None:
    name = NAMES[kind]
    app = upload(b"", f"{name}.csv"[:200])
    assert len(app.error) == 1
    assert_escaped(app, name)
    assert store.collections.list_newest() == []
