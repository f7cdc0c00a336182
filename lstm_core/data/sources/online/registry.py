"""Which sources outside this machine there are."""

from __future__ import annotations

from lstm_core.data.sources.online.face import OnlineSource
from lstm_core.data.sources.online.fred import Fred
from lstm_core.data.sources.online.yahoo import Yahoo

ONLINE_SOURCES: dict[str, OnlineSource] = {source.key: source for source in (Yahoo(), Fred())}
"""By what a spec calls them."""
