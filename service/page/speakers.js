// What each speaker holds: sentences put together by who is reported to say them.

import { STANCES } from "./dom.js";

// [{speaker, stance, weight}], the weightiest first; each sentence counts by its weight in the text's stance.
export function bySpeaker(sentences) {
  const said = new Map();
  for (const sentence of sentences) {
    const name = sentence.speaker?.toLowerCase();
    if (name) said.set(name, [...(said.get(name) ?? []), sentence]);
  }
  return [...said.values()].map(held).sort((a, b) => b.weight - a.weight || a.speaker.localeCompare(b.speaker));
}

function held(sentences) {
  const weight = sentences.reduce((sum, one) => sum + one.weight, 0);
  const sum = (stance) => sentences.reduce((all, one) => all + one.probabilities[stance] * (weight ? one.weight : 1), 0);
  const stance = STANCES.reduce((best, one) => (sum(one) > sum(best) ? one : best));
  return { speaker: sentences[0].speaker, stance, weight };
}
