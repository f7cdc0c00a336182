// What the pages' own parts leave out for those who use a phone or a keyboard.
(() => {
  if (window.lstmStudioPage) return; // a page is drawn many times
  window.lstmStudioPage = true;

  // On a phone the menu covers the page that was chosen in it.
  const CHOICE = '[data-testid="stSidebarNavLink"]';
  const CLOSE = '[data-testid="stSidebarCollapseButton"] button';
  const PHONE = matchMedia("(max-width: 767px)");
  document.addEventListener("click", (event) => {
    if (PHONE.matches && event.target.closest?.(CHOICE)) {
      setTimeout(() => document.querySelector(CLOSE)?.click());
    }
  });

  // A chart's buttons and its slider are drawn, and hear a mouse alone.
  const BUTTON = ".updatemenu-button";
  const SLIDER = ".slider-grip-rect";
  const NAMES = { "▶": "Play", "❚❚": "Pause" };
  const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
  const INSET = 10; // from the rail's end to its first step, in pixels

  const readSlider = (grip) => {
    const chart = grip.closest(".js-plotly-plot");
    const slider = chart._fullLayout.sliders[0];
    return { chart, steps: slider.steps, active: slider.active };
  };

  const tell = (grip) => {
    const { steps, active } = readSlider(grip);
    grip.setAttribute("aria-valuemax", steps.length - 1);
    grip.setAttribute("aria-valuenow", active);
    grip.setAttribute("aria-valuetext", steps[active].label);
  };

  const slide = (grip, step) => {
    const { chart, steps } = readSlider(grip);
    const rail = grip.parentNode.querySelector(".slider-rail-touch-rect");
    const area = rail.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, step / Math.max(1, steps.length - 1)));
    const place = {
      bubbles: true,
      clientX: area.left + INSET + (area.width - 2 * INSET) * share,
      clientY: area.top + area.height / 2,
    };
    rail.dispatchEvent(new MouseEvent("mousedown", place));
    chart.dispatchEvent(new MouseEvent("mouseup", place));
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const button = event.target.closest?.(BUTTON);
    if (button && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      button.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    }
    const grip = event.target.closest?.(SLIDER);
    if (grip) {
      const { steps, active } = readSlider(grip);
      const ends = { Home: 0, End: steps.length - 1 };
      const step = ends[event.key] ?? active + STEPS[event.key];
      if (Number.isNaN(step)) return;
      event.preventDefault();
      slide(grip, step);
    }
  });

  const LINES = ".st-key-reading-raw pre"; // of a file, which scroll

  const reach = () => {
    for (const lines of document.querySelectorAll(`${LINES}:not([tabindex])`)) {
      lines.setAttribute("role", "region");
      lines.setAttribute("aria-label", "Lines of the file");
      lines.setAttribute("tabindex", "0");
    }
    for (const button of document.querySelectorAll(`${BUTTON}:not([tabindex])`)) {
      button.setAttribute("role", "button");
      button.setAttribute("aria-label", NAMES[button.textContent] ?? button.textContent);
      button.setAttribute("tabindex", "0");
    }
    for (const grip of document.querySelectorAll(`${SLIDER}:not([tabindex])`)) {
      grip.setAttribute("role", "slider");
      grip.setAttribute("aria-label", "Epoch");
      grip.setAttribute("aria-valuemin", "0");
      grip.setAttribute("tabindex", "0");
      tell(grip);
      const chart = grip.closest(".js-plotly-plot");
      for (const change of ["plotly_sliderchange", "plotly_animatingframe"]) {
        chart.on(change, () => requestAnimationFrame(() => tell(grip)));
      }
    }
  };

  // What floats over a page lies outside of the element that says whether it is dark.
  const followTheme = () => {
    const page = document.querySelector('[data-testid="stApp"]');
    const scheme = page ? getComputedStyle(page).colorScheme : "";
    if (document.documentElement.style.colorScheme !== scheme) {
      document.documentElement.style.colorScheme = scheme;
    }
  };

  let isAwaited = false;
  new MutationObserver(() => {
    if (isAwaited) return;
    isAwaited = true;
    requestAnimationFrame(() => {
      isAwaited = false;
      followTheme();
      reach();
    });
  }).observe(document.body, { childList: true, subtree: true });
  followTheme();
  reach();
})();
