"""What may be shown of a text while it grows, whatever its units are."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.learning.encoding.units import EDGE, UnitKind, fit_units
from lstm_core.tasks.language import pen
from lstm_core.tasks.language.pen import Pen
from lstm_core.tasks.language.stopping import StopWords

TEXT = (
    'He said: "Go, go!" \U0001f469\u200d\U0001f680 caf\u00e9, na\u00efve — '
    "\u4f60\u597d\n\n\u05d0\u05d1\u05d2 1,2 "
) * 6


@pytest.mark.parametrize("kind", ["characters", "words", "pieces"])
@pytest.mark.parametrize("settled", [1, 3, 32])
def test_what_is_shown_together_is_the_text(
    kind: UnitKind, settled: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pen, "_SETTLED", settled)
    units = fit_units(kind, [TEXT], 400, 1)
    numbers = units.encode(TEXT)
    own = Pen(units, StopWords())
    shown = [own.put(int(number)) for number in numbers]
    assert "\ufffd" not in "".join(shown)
    assert "".join(shown) + own.close() == units.decode(numbers) == TEXT


@pytest.mark.parametrize("kind", ["characters", "words", "pieces"])
def test_a_stop_word_is_never_shown_not_even_its_beginning(
    kind: UnitKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pen, "_SETTLED", 2)
    units = fit_units(kind, [TEXT], 400, 1)
    own = Pen(units, StopWords(("na\u00efve",)))
    shown = ""
    for number in units.encode(TEXT):
        shown += own.put(int(number))
        if own.is_over:
            break
    assert own.is_over
    assert shown + own.close() == TEXT[: TEXT.index("na\u00efve")]


def test_an_edge_ends_it() -> None:
    units = fit_units("characters", ["abc"], 9, 1)
    own = Pen(units, StopWords(("zz",)))
    assert own.put(int(units.encode("a")[0])) == "a"
    assert own.put(EDGE) == ""
    assert own.is_over
    assert own.close() == ""


def test_nothing_comes_of_nothing() -> None:
    units = fit_units("words", ["a b c"], 9, 1)
    assert Pen(units, StopWords()).close() == ""
    assert len(units.encode("")) == 0
    assert units.decode(np.empty(0, np.int32)) == ""
