// Calls of the service. A busy or loading service is asked again, when it says, for about a minute.

import { at } from "./dom.js";

const WAITS = [1, 2, 4, 8, 8, 8, 8, 8, 8, 8]; // seconds, where the service names none
const OFFLINE_WAITS = 3;

export class Refused extends Error {
  constructor(status, answer) {
    super(answer.error ?? `the service answered with status ${status}`);
    this.status = status;
    this.type = answer.error_type ?? "";
  }

  get passing() {
    return [429, 503].includes(this.status) && this.type !== "feedback_unavailable";
  }
}

export class Unreachable extends Error {
  constructor() {
    super("the service cannot be reached");
  }
}

function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 1000 * seconds);
    signal?.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
  });
}

async function once(path, body, signal) {
  const headers = { "Content-Type": "application/json" };
  if (at("key").value) headers.Authorization = `Bearer ${at("key").value}`;
  const posted = body && { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(path, { headers, signal, ...posted }).catch((error) => {
    throw signal?.aborted ? error : new Unreachable();
  });
  if (response.status === 401) at("key-row").hidden = false;
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const refused = new Refused(response.status, answer);
  refused.wait = Number.parseInt(response.headers.get("Retry-After"), 10);
  throw refused;
}

// GET without a body, POST with one. `onWait(reason, seconds)` is told of every pause.
export async function call(path, { body, signal, onWait = () => {} } = {}) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await once(path, body, signal);
    } catch (error) {
      const patience = error instanceof Unreachable ? OFFLINE_WAITS : error.passing ? WAITS.length : 0;
      if (tries >= patience) throw error;
      const seconds = error.wait >= 0 ? error.wait : WAITS[tries];
      onWait(error.message, seconds);
      await pause(seconds, signal);
    }
  }
}
