// What the parts of the page are built with. Everything shown is set as text, never as markup.

export const STANCES = ["support", "deny", "neutral"];

export const at = (id) => document.getElementById(id);
// Nothing is certain: what would round to 0 or 100 is given as a bound.
export function percent(share) {
  const bounded = share > 0 && share < 0.0005 ? "<\u20090.1" : share < 1 && share >= 0.9995 ? ">\u200999.9" : (100 * share).toFixed(1);
  return `${bounded}\u00a0%`;
}

export const count = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;

export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

export function chip(stance) {
  return element("span", `chip ${stance}`, stance);
}

export function bar(stance, share) {
  const fill = element("div", "fill");
  fill.style.width = `${100 * share}%`;
  const track = element("div", `track ${stance}`, fill);
  track.setAttribute("aria-hidden", "true");
  return track;
}

export function announce(message) {
  at("status").textContent = message;
}

export function complain(message) {
  at("problem").textContent = message;
  at("problem").hidden = !message;
  if (!message) return;
  announce("");
  at("problem").scrollIntoView({ block: "nearest" });
}

// Brings a section into view, smoothly where the reader has nothing against motion.
export function bring(section) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  section.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
}
