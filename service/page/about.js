// What the service says of the model that answered: its card, and whether feedback is kept. Asked once a version.

import { call } from "./api.js";

const UNKNOWN = { card: "", feedback: true }; // a click on a verdict then tells
const asked = new Map();

async function ask(version) {
  const found = await call("v1/model").catch(() => UNKNOWN);
  if (found.version !== version) asked.delete(version); // of another worker, or none: ask again next time
  return found;
}

export function about(version) {
  if (!asked.has(version)) asked.set(version, ask(version));
  return asked.get(version);
}
