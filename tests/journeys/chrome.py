"""Find a Chrome or Chromium for the journeys, or fetch one.

``python -m tests.journeys.chrome`` provides one and says which; it exits with 0 even where none
can be had, because the journeys themselves then say that they were skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

COMMANDS = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser")

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
"""Nothing is asked of the network or of a graphics card, and containers forbid the sandbox."""

HOW_TO_GET_ONE = (
    "Install Chrome or Chromium (Debian: apt-get install chromium), or name it in CHROME_PATH."
)


def find_chrome() -> str | None:
    """Return the path of a browser that starts, or None."""
    return next((path for path in _candidates() if _starts(path)), None)


def provide_chrome() -> str | None:
    """Return the path of a browser, fetching one if none is installed; None where none can be had.

    Playwright's own Chromium is tried first, because it needs no rights on the machine, then the
    distribution's package.
    """
    found = find_chrome()
    if found:
        return found
    print("No Chrome or Chromium found: trying playwright install chromium.", flush=True)
    install = (sys.executable, "-m", "playwright", "install", "chromium")
    _succeeds(*install, timeout_seconds=600, quiet=True)
    found = find_chrome()
    if found:
        return found
    root = _prefix_for_root()
    if root is not None and shutil.which("apt-get"):
        print("No browser from there: trying apt-get install chromium.", flush=True)
        # An outdated package list may still be good enough, so its update may fail.
        _succeeds(*root, "apt-get", "update", "-qq", timeout_seconds=300)
        _succeeds(
            *root,
            *("env", "DEBIAN_FRONTEND=noninteractive"),
            *("apt-get", "install", "-y", "-qq", "--no-install-recommends"),
            *("chromium", "fonts-liberation"),
            timeout_seconds=900,
        )
    return find_chrome()


def _candidates() -> Iterator[str]:
    named = os.environ.get("CHROME_PATH")
    if named:
        yield named
        return
    yield from filter(None, map(shutil.which, COMMANDS))
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).exists():
        yield own


def _starts(path: str) -> bool:
    """A snap's stand-in, or a browser whose libraries are missing, is found but does not start."""
    return _succeeds(path, "--version", timeout_seconds=60, quiet=True)


def _prefix_for_root() -> tuple[str, ...] | None:
    """What to write before a command to run it as root without a question; None: not possible."""
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") and _succeeds("sudo", "-n", "true", timeout_seconds=10, quiet=True):
        return ("sudo", "-n")
    return None


def _succeeds(*command: str, timeout_seconds: float, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    try:
        finished = subprocess.run(
            command, timeout=timeout_seconds, stdout=output, stderr=output, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return finished.returncode == 0


def main() -> None:
    path = provide_chrome()
    print(f"Browser for the journeys: {path}" if path else f"NO BROWSER. {HOW_TO_GET_ONE}")


if __name__ == "__main__":
    main()
