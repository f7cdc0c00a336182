"""Where the script of a forecast may cut definitions from, beside what all scripts share."""

SOURCES = (
    "tasks/forecasting/network/categories.py",
    "tasks/forecasting/network/category_layers.py",
    "tasks/forecasting/network/decoder_layers.py",
    "tasks/forecasting/network/sequence_decoder.py",
    "tasks/forecasting/framing/scaling.py",
    "tasks/forecasting/framing/outliers.py",
    "tasks/forecasting/framing/gaps.py",
    "tasks/forecasting/framing/calendar.py",
    "tasks/forecasting/framing/earlier.py",
    "tasks/forecasting/network/losses.py",
    "tasks/forecasting/levels.py",
    "learning/feeds/feed.py",
    "learning/feeds/earlier.py",
)
