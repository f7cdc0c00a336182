"""Baselines fitted to the training part of a fold, and what they say of its test part."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.memo import Memo
from lstm_core.tasks.translation.baselines.dictionary import fit_dictionary
from lstm_core.tasks.translation.baselines.nearest import fit_nearest


def ask_baselines(
    sources: Sequence[str], targets: Sequence[str], asked: Sequence[str]
) -> dict[str, list[str]]:
    """Return what each baseline makes of new texts, by its name, a key of ``BASELINES``.

    Args:
        sources, targets: of the training part.
        asked: what is to be translated. The dictionary is word by word, and where none of the
            sources holds several words, it is a list of whole texts that tells nothing of others.
    """
    return _ANSWERS.recall(_ask, tuple(sources), tuple(targets), tuple(asked))


def _ask(
    sources: tuple[str, ...], targets: tuple[str, ...], asked: tuple[str, ...]
) -> dict[str, list[str]]:
    found = {"copy": list(asked), "nearest": fit_nearest(sources, targets).translate(asked)}
    if any(" " in text for text in sources):
        found["dictionary"] = fit_dictionary(sources, targets).translate(asked)
    return found


_ANSWERS: Memo[dict[str, list[str]]] = Memo(2)
