"""What a column's name says of its part among tagged sequences."""

from __future__ import annotations

from lstm_core.data.columns.splitting import split_words
from lstm_core.data.items.reading.columns.vocabulary import names_group, rank_label_name

_TOKENS = frozenset({
    "token", "tokens", "word", "words", "form", "wordform", "term", "lexeme", "wort", "worte",
    "mot", "mots", "palabra", "palabras", "parola", "character", "char", "surface",
})  # fmt: skip
_TAGS = frozenset({
    "tag", "tags", "ner", "iob", "bio", "bioes", "pos", "upos", "xpos", "slot", "slots", "entity",
    "entities", "chunk", "label", "labels", "annotation", "annotations", "spans", "anomaly",
    "state", "status", "phase", "stage", "mode", "behaviour", "behavior", "activity", "movement",
})  # fmt: skip
_SENTENCES = frozenset({
    "sentence", "sentences", "sent", "satz", "phrase", "frase", "utterance", "seq", "sequence",
    "query", "request", "example", "line", "text",
})  # fmt: skip


def names_token(name: str) -> bool:
    """Whether a name speaks of words, and of nothing else that stands beside them."""
    words = split_words(name)
    return bool(words) and words[-1] in _TOKENS


def names_tag(name: str) -> bool:
    return bool(set(split_words(name)) & _TAGS)


def rank_tag_name(name: str) -> int:
    """From 3, it says so, to 0, no sign of it."""
    words = split_words(name)
    if words and (words[-1] in ("tag", "tags", "ner") or words[0] in ("tag", "tags", "ner")):
        return 3
    if words in (("y",), ("t",)):  # a channel as often as what is to be learnt
        return 0
    return 2 if names_tag(name) else min(2, rank_label_name(name))


def names_sentence(name: str) -> bool:
    return bool(set(split_words(name)) & _SENTENCES)


def names_owner(name: str) -> bool:
    """Whether a name speaks of a person, a document or a recording."""
    return names_group(name)
