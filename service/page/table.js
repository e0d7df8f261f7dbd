// Several texts side by side: sorted by any column, filtered by stance.

import { STANCES, at, bar, chip, count, element, percent } from "./dom.js";

const AT_ONCE = 100; // rows drawn; more on demand
const NAMED = 5; // unanswered rows named one by one
const NEVER = "not answered";

const VALUES = {
  row: (item) => item.row,
  text: (item) => item.text.toLowerCase(),
  stance: (item) => STANCES.indexOf(item.answer.stance),
  support: (item) => item.answer.probabilities.support,
  deny: (item) => item.answer.probabilities.deny,
  neutral: (item) => item.answer.probabilities.neutral,
};
const DOWN_FIRST = new Set(STANCES);

let all = [];
let only = null;
let sorted = { by: "row", down: false };
let drawn = AT_ONCE;
let open = () => {};

const kind = (item) => item.answer?.stance ?? NEVER;

function order(a, b) {
  if (sorted.by !== "row" && !a.answer !== !b.answer) return a.answer ? -1 : 1; // the unanswered always come last
  if (sorted.by !== "row" && !a.answer) return a.row - b.row;
  const [left, right] = [VALUES[sorted.by](a), VALUES[sorted.by](b)];
  const way = left < right ? -1 : left > right ? 1 : 0;
  return (sorted.down ? -way : way) || a.row - b.row;
}

function cell(label, ...children) {
  const made = element("td", "", ...children);
  made.dataset.label = label;
  return made;
}

function share(item, stance) {
  const value = item.answer?.probabilities[stance];
  if (value === undefined) {
    const none = cell(stance, "\u2013");
    none.className = "none";
    return none;
  }
  const number = element("span", "number", percent(value));
  number.dataset.stance = stance;
  return cell(stance, number, bar(stance, value));
}

function draw(item) {
  const shown = element("button", "text", item.text.trim() || "(blank)");
  shown.type = "button";
  shown.disabled = !item.answer;
  shown.addEventListener("click", () => open(item, shown));
  const named = item.name ? [element("small", "", item.name), shown] : [shown];
  const topic = item.answer && !item.answer.on_topic ? [element("small", "", "off topic")] : [];
  const stance = item.answer ? [chip(item.answer.stance), ...topic] : [element("small", "", item.problem ?? NEVER)];
  return element(
    "tr", "",
    cell("row", String(item.row)), cell("text", ...named), cell("stance", ...stance),
    ...STANCES.map((one) => share(item, one)),
  );
}

function redraw() {
  const found = all.filter((item) => only === null || kind(item) === only).sort(order);
  at("rows").replaceChildren(...found.slice(0, drawn).map(draw));
  at("more").hidden = found.length <= drawn;
  at("more").textContent = `Show more (${count(found.length - drawn, "text")} left)`;
  for (const head of document.querySelectorAll("th[data-by]")) {
    if (head.dataset.by === sorted.by) head.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
}

function filterButton(label, value, number) {
  const made = element("button", "quiet", `${label} ${number}`);
  made.type = "button";
  made.setAttribute("aria-pressed", String(value === only));
  made.addEventListener("click", () => {
    only = value;
    drawn = AT_ONCE;
    for (const other of at("filter").children) other.setAttribute("aria-pressed", String(other === made));
    redraw();
  });
  return made;
}

function nameUnanswered(items) {
  const named = items.slice(0, NAMED).map((item) => `row ${item.row} ${item.problem ?? `was ${NEVER}`}`).join("; ");
  const rest = items.length > NAMED ? `; and ${items.length - NAMED} more, marked in the table` : "";
  at("unanswered").textContent = `${count(items.length, "text")} not answered: ${named}${rest}.`;
  at("unanswered").hidden = items.length === 0;
}

// Shows items; `onOpen(item, button)` is called when the reader chooses one.
export function show(items, onOpen) {
  [all, only, sorted, drawn, open] = [items, null, { by: "row", down: false }, AT_ONCE, onOpen];
  const kinds = [...STANCES, NEVER].map((one) => [one, items.filter((item) => kind(item) === one).length]);
  at("filter").replaceChildren(
    filterButton("all", null, items.length),
    ...kinds.filter(([, number]) => number).map(([one, number]) => filterButton(one, one, number)),
  );
  nameUnanswered(items.filter((item) => !item.answer));
  redraw();
  at("texts").hidden = false;
}

for (const head of document.querySelectorAll("th[data-by]")) {
  head.firstElementChild.addEventListener("click", () => {
    const { by } = head.dataset;
    sorted = { by, down: by === sorted.by ? !sorted.down : DOWN_FIRST.has(by) };
    redraw();
  });
}
at("more").addEventListener("click", () => { drawn += AT_ONCE; redraw(); });
