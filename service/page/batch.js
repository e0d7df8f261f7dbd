// Many texts, sent in parts that keep to the service's limits. Items: {row, name?, text, answer?, problem?}.

import { call } from "./api.js";

const PART = 64; // texts at a time: often enough to see progress
const ENVELOPE = 100; // bytes of a body around its texts
const HALVED = new Set([413, 422, 504]); // one text may be at fault: find out which
const bytes = (text) => new TextEncoder().encode(JSON.stringify(text)).length + 1;
const characters = (text) => Array.from(text).length; // code points, as the service counts

function problemOf(text, limits) {
  if (!text.trim()) return "is blank";
  const size = characters(text);
  if (size > limits.max_text_characters) return `has ${size} characters, the limit is ${limits.max_text_characters}`;
  if (bytes(text) + ENVELOPE > limits.max_body_bytes) return `is larger than ${limits.max_body_bytes} bytes`;
  return null;
}

export function* parts(items, limits) {
  let part = [];
  let size = 0;
  let weight = ENVELOPE;
  for (const item of items) {
    const [longer, heavier] = [characters(item.text), bytes(item.text)];
    const full = part.length === Math.min(PART, limits.max_batch_texts);
    if (full || size + longer > limits.max_total_characters || weight + heavier > limits.max_body_bytes) {
      if (part.length) yield part;
      [part, size, weight] = [[], 0, ENVELOPE];
    }
    part.push(item);
    size += longer;
    weight += heavier;
  }
  if (part.length) yield part;
}

async function answerPart(part, options) {
  try {
    const { results, model } = await call("v1/stance/batch", { ...options, body: { texts: part.map((item) => item.text) } });
    part.forEach((item, n) => { item.answer = { ...results[n], model }; });
  } catch (error) {
    if (!HALVED.has(error.status)) throw error;
    if (part.length === 1) {
      part[0].problem = error.message;
      return;
    }
    const middle = Math.ceil(part.length / 2);
    await answerPart(part.slice(0, middle), options);
    await answerPart(part.slice(middle), options);
  }
}

// Fills in `answer` or `problem` of each item; `onProgress(done)` after each part.
export async function answerAll(items, { onProgress, ...options }) {
  const { limits } = await call("v1/model", options);
  for (const item of items) item.problem = problemOf(item.text, limits);
  const sound = items.filter((item) => !item.problem);
  let done = items.length - sound.length;
  onProgress(done);
  for (const part of parts(sound, limits)) {
    await answerPart(part, options);
    done += part.length;
    onProgress(done);
  }
}
