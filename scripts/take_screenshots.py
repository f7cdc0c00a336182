"""Picture pages of a running app, in both themes and at a desktop's and a phone's width.

    python scripts/take_screenshots.py http://127.0.0.1:8501 pictures / /data "/run?id=..."

Each file is called after its page, theme and width: ``run-dark-390.png``.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.journeys.chrome import FLAGS, HOW_TO_GET_ONE, find_chrome
from tests.journeys.idle import wait_until_idle

VIEWPORTS = ((1440, 1000), (390, 844))
TALLEST_PIXELS = 12_000

CONTENT_HEIGHT = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const around = window.innerHeight - main.clientHeight;
  return Math.ceil(main.scrollHeight + around);
}"""


def take_screenshot(
    browser: Browser,
    address: str,
    file: Path,
    theme: Literal["light", "dark"],
    width: int,
    height: int,
) -> None:
    """Write one PNG of the whole page.

    Streamlit scrolls a container inside the window, so the window is made as tall as the content
    instead of asking the browser for a full page.
    """
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    try:
        page = context.new_page()
        page.goto(address)
        wait_until_idle(page)
        _grow_to_content(page, width, height)
        page.screenshot(path=file)
    finally:
        context.close()


def _grow_to_content(page: Page, width: int, height: int) -> None:
    content_height = min(page.evaluate(CONTENT_HEIGHT), TALLEST_PIXELS)
    if content_height > height:
        page.set_viewport_size({"width": width, "height": content_height})
    # Charts draw themselves anew for their new size in the frames that follow.
    page.wait_for_timeout(1_000)


def name_file(path: str, theme: str, width: int) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", path.split("?")[0].lower()).strip("-") or "home"
    return f"{name}-{theme}-{width}.png"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="where the app runs")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("paths", nargs="+", help='pages such as / or "/run?id=..."')
    arguments = parser.parse_args()
    chrome = find_chrome()
    if chrome is None:
        sys.exit(f"No Chrome or Chromium was found. {HOW_TO_GET_ONE}")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chrome, headless=True, args=list(FLAGS)
        )
        themes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
        for path in arguments.paths:
            for theme in themes:
                for width, height in VIEWPORTS:
                    file = arguments.folder / name_file(path, theme, width)
                    address = arguments.url.rstrip("/") + "/" + path.lstrip("/")
                    take_screenshot(browser, address, file, theme, width, height)
                    print(file)
        browser.close()


if __name__ == "__main__":
    main()
