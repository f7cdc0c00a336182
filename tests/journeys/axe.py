"""axe-core's eye on a page: what is missing for those who can't see, or go by keyboard."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.journeys.idle import wait_until_idle

EXCEPTIONS = {
    # Streamlit gives the place for a file a name and the role of a decoration. Both stand in its
    # own markup; the button within is what a person uses, and has a name.
    "presentation-role-conflict": '[data-testid="stFileUploaderDropzone"]',
}
"""Rules that an element of Streamlit's breaks, by the rule, with the one element that may."""

LOOKS: dict[str, tuple[Literal["light", "dark"], int, int]] = {
    "light": ("light", 1440, 1000),
    "dark": ("dark", 1440, 1000),
    "narrow": ("light", 390, 844),
}

_RUN = """exceptions => axe.run(document, {resultTypes: ['violations']}).then(found =>
  found.violations.flatMap(rule => rule.nodes
    .filter(node => {
      const spared = exceptions[rule.id];
      return !spared || !document.querySelector(node.target.at(-1))?.matches(spared);
    })
    .map(node => `${rule.id}: ${rule.help}: ${node.html.slice(0, 200)}`)))"""


_AT_REST = """() => document.getAnimations().every(each =>
  each.playState !== 'running' || each.effect.getComputedTiming().endTime === Infinity)"""


def find_barriers(page: Page) -> list[str]:
    """Return what axe-core finds, best practices included: the rule, what it asks, the element."""
    page.evaluate(f"() => {{ if (!window.axe) {{ {AXE_SCRIPT} }} }}")
    found: list[str] = page.evaluate(_RUN, EXCEPTIONS)
    return found


def assert_no_barriers(page: Page, what: str) -> None:
    """Look at the page as it is now in the light, in the dark and on a phone."""
    barriers: dict[str, Any] = {}
    for look, (scheme, width, height) in LOOKS.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(
            "scheme => getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme"
            " === scheme",
            arg=scheme,
        )
        wait_until_idle(page)
        page.wait_for_function(_AT_REST)  # a colour on its way to another is too pale
        found = find_barriers(page)
        if found:
            barriers[f"{what}, {look}"] = found
    assert barriers == {}, barriers
