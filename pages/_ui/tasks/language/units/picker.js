// A text drawn unit by unit: a click, or the arrow keys, choose one of them.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -10, ArrowDown: 10 };
const WAIT = 150; // milliseconds: who holds a key down asks once

export default ({ data, parentElement, setTriggerValue }) => {
  const root = parentElement.querySelector(".units");
  const told = parentElement.querySelector(".told");
  if (root.shown !== data.html) {
    root.shown = data.html;
    root.innerHTML = data.html; // the server has escaped what texts hold
    root.chosen = undefined;
  }
  root.setAttribute("aria-label", data.label);
  const list = () => [...root.firstElementChild.children].slice(data.first);
  const mark = (number) => {
    const spans = list();
    spans[root.chosen]?.classList.remove("chosen");
    root.chosen = number;
    const span = spans[number];
    span?.classList.add("chosen");
    return span;
  };
  if (root.waiting === undefined) mark(data.chosen);

  const choose = (number) => {
    const spans = list();
    if (!spans.length) return;
    const place = Math.min(spans.length - 1, Math.max(0, number));
    const span = mark(place);
    span.scrollIntoView({ block: "nearest" });
    told.textContent = `${span.textContent}: ${span.title}`;
    clearTimeout(root.waiting);
    root.waiting = setTimeout(() => {
      root.waiting = undefined;
      setTriggerValue("chosen", place);
    }, WAIT);
  };
  root.onclick = (event) => {
    if (String(getSelection()).length) return; // text is being marked to be copied
    const number = list().indexOf(event.target.closest("span"));
    if (number >= 0) choose(number);
  };
  root.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const ends = { Home: 0, End: Infinity };
    if (!(event.key in STEPS) && !(event.key in ends)) return;
    event.preventDefault();
    choose(event.key in ends ? ends[event.key] : (root.chosen ?? -1) + STEPS[event.key]);
  };
};
