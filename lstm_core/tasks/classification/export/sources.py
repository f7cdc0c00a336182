"""Where the script of a classifier may cut definitions from, beside what all scripts share."""

SOURCES = (
    "export/cells.py",
    "learning/feeds/feed.py",
    "learning/feeds/item_changes.py",
    "learning/feeds/item_lengths.py",
    "learning/feeds/item_orders.py",
    "learning/feeds/items.py",
    "learning/encoding/scaling.py",
    "data/items/tokens.py",
    "learning/encoding/vocabulary.py",
    "tasks/classification/judging/tempering.py",
)
