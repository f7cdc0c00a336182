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


def wait_until_idle(page: Page) -> None:
    """Wait until the script has run and nothing shows a placeholder any more.

    As patient as the page's context is.
    """
    page.wait_for_function(IDLE)
    page.evaluate("() => document.fonts.ready.then(() => true)")
