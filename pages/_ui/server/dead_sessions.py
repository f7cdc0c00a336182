"""What a visitor who has left still holds, let go of soon: descriptors, uploads, memory.

A session keeps an event loop, which is three descriptors, and its uploads. Streamlit keeps those
whose browser has gone for ``server.disconnectedSessionTTL`` seconds, should it come back; beyond
that, until somebody else comes or goes. Here they go on time, and garbage with them: Streamlit
would collect it after every script, which takes 20 ms where 50 sessions are open.
"""

from __future__ import annotations

import asyncio
import gc
import logging

from streamlit import runtime

from lstm_core.machine import return_memory

_log = logging.getLogger(__name__)

SWEEP_SECONDS = 10.0


async def keep_dropping_dead_sessions() -> None:
    """Look again and again, until cancelled; runs in the server's own loop, as its sessions do."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            drop_dead_sessions()
            gc.collect()
        except Exception:  # the server must go on, whatever became of its insides
            _log.exception("Sessions whose visitors have left could not be let go of")


def drop_dead_sessions() -> int:
    """End the sessions whose time to come back is over; return how many."""
    if not runtime.exists():
        return 0
    # There is no public way to them; a test sees whether there still is this one.
    storage = runtime.get_instance()._session_mgr._session_storage  # type: ignore[attr-defined]
    dead = storage._cache.expire()
    for _, info in dead:
        info.session.shutdown()
    if dead:
        return_memory()
    return len(dead)
