"""How long a journey waits: what comes ends the waiting, so a slow machine fails nothing.

None of these is a promise about speed; what a page may cost is measured in ``benchmarks.speed``.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect

ACTION_SECONDS = 90
"""For whatever a page does by itself: to draw itself, to answer a click."""

LIVE_SECONDS = 180
"""For a training to come so far; also for a server to start."""

HANG_SECONDS = 900
"""Whoever takes longer than this over a whole journey is stuck."""


def be_patient(context: BrowserContext) -> None:
    """Let all that is awaited in this context, and all that is expected, take its time."""
    context.set_default_timeout(ACTION_SECONDS * 1000)
    expect.set_options(timeout=ACTION_SECONDS * 1000)
