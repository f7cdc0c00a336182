"""What a column's name says of its part in a collection of labelled sequences."""

from __future__ import annotations

import re

from lstm_core.data.columns.splitting import split_words

_LABELS = frozenset({
    "label", "labels", "class", "classes", "target", "category", "categories", "intent",
    "sentiment", "activity", "rhythm", "topic", "tag", "polarity", "diagnosis", "outcome",
    "type", "genre", "emotion", "gesture", "species", "family", "stars", "rating", "spam",
    "toxic", "language", "klasse", "kategorie", "etikett", "stimmung", "thema", "etiqueta",
    "clase", "categoria", "sentimiento", "etichetta", "classe", "etiquette", "categorie", "sinif",
    "mood",
    "verdict", "quality", "fault", "defect", "метка",
    "класс", "标签", "类别", "ラベル", "feeling", "annotation",
})  # fmt: skip
_FIRST_LABELS = frozenset({"label", "class", "target", "labels", "klasse", "clase", "classe", "y"})
_GROUPS = frozenset({
    "subject", "patient", "speaker", "person", "user", "participant", "author", "document",
    "doc", "session", "animal", "recording", "individual", "group", "actor", "singer", "writer",
    "volunteer", "proband", "patientin", "sprecher", "gruppe", "autor", "usuario",
    "customer", "donor", "device", "house", "player", "driver", "rider", "chromosome", "cluster",
    "subj", "pid", "buyer", "client", "reviewer", "student",
    "child", "rat", "mouse", "cow", "hospital",
})  # fmt: skip
_SPLITS = frozenset({"split", "part", "subset", "partition", "fold", "set", "usage", "teil"})
_TEXTS = frozenset({
    "text", "texts", "sentence", "sentences", "review", "message", "comment", "content", "body",
    "tweet", "utterance", "phrase", "question", "query", "description", "title", "headline",
    "document", "article", "satz", "nachricht", "kommentar", "texto", "frase", "testo", "texte",
    "request", "post", "abstract", "summary", "v2", "文本", "текст", "テキスト",
})  # fmt: skip
_SEQUENCES = frozenset({
    "sequence", "seq", "sequences", "dna", "rna", "protein", "peptide", "promoter", "bases",
    "nucleotides", "symbols", "sequenz",
})  # fmt: skip
_ITEMS = frozenset({
    "item", "segment", "series", "record", "sample", "trial", "case", "window", "id", "instance",
    "clip", "episode", "sequence", "name", "file", "filename", "uid", "example", "index", "key",
    "block", "measurement", "unit", "recording", "session", "serie", "stroke",
})  # fmt: skip
_TIMES = frozenset({
    "time", "timestamp", "step", "t", "seconds", "ms", "frame", "tick", "date", "datetime",
    "second", "index", "zeit", "schritt", "tiempo", "temps", "sample", "position", "row",
})  # fmt: skip

_MOMENTS = frozenset({
    "time", "timestamp", "seconds", "second", "ms", "date", "datetime", "zeit", "tiempo", "temps",
    "datum", "fecha",
})  # fmt: skip

_TRAIN = frozenset({"train", "training", "trn", "tr"})
_VALIDATION = frozenset({"validation", "valid", "val", "dev", "development", "vali"})
_TEST = frozenset({"test", "testing", "tst", "eval", "evaluation", "holdout", "heldout", "te"})


def is_known_name(name: str) -> bool:
    """Whether a cell is what people call a column of such a table."""
    words = split_words(name)
    if not words or len(words) > 3 or len(name) > 40:
        return False
    known = _LABELS | _FIRST_LABELS | _GROUPS | _SPLITS | _TEXTS | _SEQUENCES | _ITEMS | _TIMES
    return words[-1] in known or words[0] in known


def rank_label_name(name: str) -> int:
    """From 3, it says so, to 0, no sign of it."""
    words = split_words(name)
    if len(words) == 1 and words[0] in _FIRST_LABELS:
        return 3
    if words and (words[-1] in _LABELS or words[0] in _LABELS):
        return 2
    return 1 if any(word in _LABELS for word in words) or words[:1] == ("is",) else 0


def names_group(name: str) -> bool:
    words = split_words(name)
    return bool(set(words) & _GROUPS)


def names_split(name: str) -> bool:
    return bool(set(split_words(name)) & _SPLITS)


def names_text(name: str) -> bool:
    return bool(set(split_words(name)) & _TEXTS) or name.strip().lower() == "v2"


def names_sequence(name: str) -> bool:
    return bool(set(split_words(name)) & _SEQUENCES)


def names_item(name: str) -> bool:
    return bool(set(split_words(name)) & _ITEMS)


def names_time(name: str) -> bool:
    """Whether a name may speak of what orders rows: a time, a step, a count."""
    words = split_words(name)
    return bool(set(words) & (_TIMES - {"t"})) or words == ("t",)


def names_moment(name: str) -> bool:
    """Whether a name speaks of a time and nothing else; "sentiment" holds one by accident."""
    words = split_words(name)
    return words == ("t",) or bool(set(words) & _MOMENTS)


def read_part(word: str) -> str | None:
    """Return ``train``, ``validation`` or ``test`` for what people write for it; None else."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    for part, words in (("train", _TRAIN), ("validation", _VALIDATION), ("test", _TEST)):
        if plain in words:
            return part
    return None


def find_part(path: str) -> str | None:
    """Return the part that a file's path speaks of: ``x_TRAIN.ts``, ``test/pos/1.txt``.

    The last word that says so counts, and one-letter and two-letter words do not.
    """
    words = re.findall(r"[a-z]{3,}", path.lower())
    found = [part for part in map(read_part, words) if part is not None]
    return found[-1] if found else None
