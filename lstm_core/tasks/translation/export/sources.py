"""Where the script of a translator may cut definitions from, beside what all scripts share."""

SOURCES = (
    "errors.py",
    "export/cells.py",
    "learning/encoding/unit_kinds/characters.py",
    "learning/encoding/unit_kinds/cutting.py",
    "learning/encoding/unit_kinds/face.py",
    "learning/encoding/unit_kinds/pieces.py",
    "learning/encoding/unit_kinds/words.py",
    "learning/feeds/feed.py",
    "learning/feeds/item_lengths.py",
    "learning/feeds/item_orders.py",
    "learning/feeds/pair_sizes.py",
    "models/texts/tied.py",
    "models/translation/looking.py",
    "tasks/translation/network/halves.py",
    "tasks/translation/searching/beam.py",
    "tasks/translation/searching/voice.py",
)
