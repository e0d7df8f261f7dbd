// The text with its sentences coloured, and beside it what is known of the sentence pointed at.

import { at, bar, chip, element, percent, STANCES } from "./dom.js";

// Cues that share their words are one, with several features.
export function cuesOf(sentence) {
  const found = new Map();
  for (const cue of sentence.cues) {
    const words = cue.text.toLowerCase();
    const features = found.get(words) ?? new Set();
    found.set(words, features.add(cue.feature.replaceAll("_", " ")));
  }
  return [...found].map(([words, features]) => ({ words, features: [...features].join(", ") }));
}

function withCues(slice, sentence) {
  const parts = [];
  let done = sentence.start;
  for (const cue of [...sentence.cues].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (cue.start < done || cue.end > sentence.end) continue; // of overlapping cues the first, longest is underlined
    parts.push(slice(done, cue.start), element("span", "cue", slice(cue.start, cue.end)));
    done = cue.end;
  }
  return [...parts, slice(done, sentence.end)];
}

function describe(sentence) {
  const shares = STANCES.flatMap((stance) => [
    element("dt", stance, stance),
    element("dd", "", bar(stance, sentence.probabilities[stance])),
    element("dd", "number", percent(sentence.probabilities[stance])),
  ]);
  const cues = cuesOf(sentence).map(({ words, features }) => element("li", "", element("b", "", words), ` ${features}`));
  return [
    element("p", "", chip(sentence.stance)),
    element("p", "", sentence.speaker ? `Said by ${sentence.speaker}` : "No speaker named"),
    element("dl", "bars small", ...shares),
    element("p", "", `Weighs ${percent(sentence.weight)} of the text\u2019s stance`),
    ...(cues.length ? [element("ul", "cues", ...cues)] : [element("p", "", "No cues")]),
  ];
}

function choose(marks, sentences, chosen) {
  marks.forEach((mark, n) => {
    mark.classList.toggle("chosen", n === chosen);
    mark.tabIndex = n === chosen ? 0 : -1;
  });
  at("note").replaceChildren(...describe(sentences[chosen]));
}

function step(marks, event) {
  const here = marks.indexOf(event.target);
  const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: marks.length - 1 };
  if (here < 0 || !(event.key in to)) return;
  event.preventDefault();
  marks[to[event.key]]?.focus();
}

// Offsets count code points, so the text is cut as an array of them.
export function show(text, sentences) {
  const points = Array.from(text);
  const slice = (start, end) => points.slice(start, end).join("");
  const marks = sentences.map((sentence) => element("mark", sentence.stance, ...withCues(slice, sentence)));
  const between = sentences.map((sentence, n) => slice(n ? sentences[n - 1].end : 0, sentence.start));
  const rest = slice(sentences.at(-1)?.end ?? 0);
  at("reading").replaceChildren(...marks.flatMap((mark, n) => [between[n], mark]), rest);
  at("note").hidden = marks.length === 0;
  if (!marks.length) return;
  const weights = sentences.map((sentence) => sentence.weight);
  choose(marks, sentences, weights.indexOf(Math.max(...weights)));
  marks.forEach((mark, n) => {
    mark.addEventListener("mousemove", (event) => {
      if (event.movementX || event.movementY) choose(marks, sentences, n); // and not when the page scrolls under it
    });
    mark.addEventListener("focus", () => choose(marks, sentences, n));
  });
  at("reading").onkeydown = (event) => step(marks, event);
}
