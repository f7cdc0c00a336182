"""Where the script of a tagger may cut definitions from, beside what all scripts share."""

SOURCES = (
    "data/tagged/entities.py",
    "export/cells.py",
    "learning/encoding/scaling.py",
    "learning/encoding/stretches.py",
    "learning/encoding/vocabulary.py",
    "learning/encoding/words.py",
    "learning/feeds/feed.py",
    "learning/feeds/item_lengths.py",
    "learning/feeds/item_orders.py",
    "learning/feeds/items.py",
    "models/tags/chains.py",
    "models/tags/words.py",
    "tasks/tagging/answering.py",
    "tasks/tagging/judging/paths.py",
)
