"""Each equation that people are shown says what its letters stand for, and no others."""

from __future__ import annotations

import re

import pytest

from lstm_core.spec.layers import DECODER_KINDS, LAYER_KINDS
from lstm_core.spec.layers.layer import LayerWords

WRITTEN_OUT = re.compile(r"\\(?:mathrm|text)\{[^}]*\}")
COMMAND = re.compile(r"\\[A-Za-z]+")
SIGNS = {r"\sigma", r"\odot", r"\phi", r"\gamma", r"\beta", r"\mu", r"\epsilon"}
"""Commands of LaTeX that stand for something; the others set type, or every school teaches them."""


KINDS = (*LAYER_KINDS.values(), *DECODER_KINDS.values())


def list_symbols(latex: str) -> set[str]:
    """Return the letters, and the signs that have to be explained."""
    shown = WRITTEN_OUT.sub(" ", latex)
    commands = set(COMMAND.findall(shown))
    return (commands & SIGNS) | set(re.findall(r"[A-Za-z]|(?<= )\*(?= )", COMMAND.sub(" ", shown)))


@pytest.mark.parametrize("words", [kind.words for kind in KINDS], ids=lambda words: words.title)
def test_the_legend_is_the_layers_own(words: LayerWords) -> None:
    used = list_symbols(" ".join(words.equations))
    explained = list_symbols(" ".join(re.findall(r"\$([^$]+)\$", words.legend)).replace("*", " * "))
    assert explained == used


@pytest.mark.parametrize("kind", ["lstm", "peephole_lstm", "slstm", "conv_lstm"])
def test_gates_are_named(kind: str) -> None:
    assert "gates: input, forget and output" in LAYER_KINDS[kind].words.legend
