"""Where the script of a model that writes may cut definitions from, beside what all share."""

SOURCES = (
    "errors.py",
    "learning/encoding/unit_kinds/characters.py",
    "learning/encoding/unit_kinds/cutting.py",
    "learning/encoding/unit_kinds/face.py",
    "learning/encoding/unit_kinds/pieces.py",
    "learning/encoding/unit_kinds/words.py",
    "learning/ensemble.py",
    "learning/feeds/texts.py",
    "models/texts/tied.py",
    "tasks/language/passages.py",
    "tasks/language/sampling.py",
    "tasks/language/scoring.py",
    "tasks/language/writing.py",
)
