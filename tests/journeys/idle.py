"""When a Streamlit page has finished drawing."""

from __future__ import annotations

from playwright.sync_api import Page

IDLE = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app !== null
    && app.getAttribute('data-test-script-state') === 'notRunning'
    && document.querySelector('[data-testid="stSkeleton"]') === null
    && document.querySelector('[data-testid="stMain"] [data-testid^="st"]') !== null;
}"""


def wait_until_idle(page: Page, timeout_seconds: float = 30) -> None:
    """Wait until the script has run and nothing shows a placeholder any more."""
    page.wait_for_function(IDLE, timeout=timeout_seconds * 1000)
    page.evaluate("() => document.fonts.ready.then(() => true)")
