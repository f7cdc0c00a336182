"""Columns that are times, in the many ways in which people write them."""

from lstm_core.data.reading.times.joining.joining import join_times
from lstm_core.data.reading.times.names import has_time_name, says_nothing
from lstm_core.data.reading.times.numbers import meaning_of_numbers
from lstm_core.data.reading.times.parsed import ParsedTimes
from lstm_core.data.reading.times.parsing import looks_like_times, parse_times

__all__ = [
    "ParsedTimes",
    "has_time_name",
    "join_times",
    "looks_like_times",
    "meaning_of_numbers",
    "parse_times",
    "says_nothing",
]
