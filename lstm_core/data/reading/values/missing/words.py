"""Words that people and programs write where there is no value."""

from __future__ import annotations

MISSING_WORDS = frozenset({
    "", "na", "n/a", "#n/a", "#na", "<na>", "nan", "-nan", "nat", "null", "(null)", "[null]",
    "<null>", "none", "nil", "-", "--", "---", "----", ".", "?", "missing", "\\n", "#value!",
    "#div/0!", "#ref!", "#name?", "#num!", "#null!", "1.#qnan", "1.#ind", "-1.#ind", "-1.#qnan",
})  # fmt: skip
"""Lowercase; they mean "missing" whatever the column holds, countries aside."""

AMONG_NUMBERS = frozenset({
    "..", "...", "....", ":", "*", "**", "***", "/", "\\", "#", "_", "-.-", "--.-", "-,-", "…",
    "??", "???", "x", "t", "m", "s", "c", "e", "u", "nd", "nm", "nr", "dnf", "n.d.", "n.d", "n/d",
    "n.a.", "n.a", "n. a.", "n.s.", "ns", "na.", "n.r.", "tr", "tr.", "trace", "bdl", "b.d.l.",
    "lod", "unavailable", "unknown", "undefined", "not available", "not applicable", "no data",
    "nodata", "no value", "empty", "blank", "void", "offline", "error", "err", "fault", "bad",
    "invalid", "pending", "tbd", "tba", "confidential", "suppressed", "closed", "#####",
    "########", "k.a.", "k. a.", "k.a", "ka", "keine angabe", "keine angaben", "keine daten",
    "fehlt", "leer", "unbekannt", "entf.", "entfällt", "#wert!", "#bezug!", "#nv", "nv", "#zahl!",
    "s/d", "s.d.", "sd", "s/i", "sin dato", "sin datos", "no disponible", "n/c", "nc", "n.c.",
    "nd.", "non disponible", "non dispo", "manquant", "inconnu", "#valeur!", "#nom?", "#nombre!",
    "#valor!", "#¡valor!", "#¡div/0!", "#¡ref!", "#¿nombre?", "sem dados", "ausente", "falta",
    "n.v.", "n.v.t.", "nvt", "onbekend", "geen", "ontbreekt", "#waarde!", "#n/b", "b.d.", "bd",
    "brak", "brak danych", "b/d", "n.disp.", "n.p.", "np", "dati non disponibili", "mancante",
    "saknas", "mangler", "puuttuu", "н/д", "н.д.", "нет", "нет данных", "無", "无", "欠測", "欠测",
    "缺失", "なし", "欠損", "없음", "결측",
})  # fmt: skip
"""Lowercase; they mean "missing" among numbers, and may be text elsewhere."""

MINUS_SIGNS = "−–—‒―﹣－"
"""What is written for a minus sign; a long one alone is a word for a missing value."""
