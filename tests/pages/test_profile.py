"""What the values are like is worked out when somebody unfolds it."""

from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

from tests.pages.tables import make_days, make_wave, to_csv
from tests.pages.visiting import read_texts, upload

HOSTILE = "<b>*x*</b>"
GAP = 60


def unfold(app: AppTest) -> list[str]:
    """Unfold the profile; return what it draws."""
    app.session_state["data.profile"] = True
    app.run()
    assert not app.exception
    keys = [str(chart.proto.id) for chart in app.get("plotly_chart")]
    return [key.rpartition("data.profile.")[2] for key in keys if "data.profile." in key]


def test_a_series_is_described_in_sentences_and_charts() -> None:
    values: list[object] = [*make_wave()]
    values[GAP] = ""
    values[30] = 900.0
    flags = [int(row % 7 == 2) for row in range(120)]
    app = upload(to_csv({"day": make_days(), "units": values, HOSTILE: flags}))
    assert not any("Values repeat" in text for text in read_texts(app))
    drawn = unfold(app)
    assert drawn == ["autocorrelation", "periodogram", "distribution", "missing", "related"]
    told = [text.replace("\\", "") for text in read_texts(app)]
    assert any("Values repeat every week" in text for text in told)
    assert "• 1 gap: 2024-03-01." in told
    assert any("stands far from" in text and "2024-01-31" in text for text in told)
    assert not any("<b>" in text for text in read_texts(app))


def test_one_of_several_series_is_chosen() -> None:
    shops = to_csv(
        {
            "day": make_days() * 2,
            "shop": ["a"] * 120 + ["b"] * 120,
            "units": [*make_wave(season=7), *make_wave(season=12)],
        }
    )
    app = upload(shops)
    unfold(app)
    assert any("every week" in text for text in read_texts(app))
    app.selectbox(key="data.profile.series").set_value("b").run()
    assert not app.exception
    assert any("No season shows" in text for text in read_texts(app))


def test_what_stands_out_and_the_parts_are_marked_on_the_card() -> None:
    values = make_wave()
    values[40] = 500.0
    app = upload(to_csv({"day": make_days(), "units": values}))
    (chart,) = [each for each in app.get("plotly_chart") if "data.preview" in each.proto.id]
    figure = json.loads(chart.proto.spec)
    assert [trace["name"] for trace in figure["data"]] == ["units", "stands out"]
    assert [shape["name"] for shape in figure["layout"]["shapes"]] == [
        "validation part",
        "test part",
    ]
