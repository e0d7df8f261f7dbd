// One click says what stance a text has; the service keeps it for the next training.

import { call } from "./api.js";
import { at } from "./dom.js";

const ASKED = "One click keeps the text and your verdict, for the next training of the model.";
const buttons = [...document.querySelectorAll("#feedback [data-stance]")];
const group = buttons[0].parentElement;
let about = "";

// Asks about a text.
export function offer(text) {
  about = text;
  at("feedback-state").textContent = ASKED;
  group.hidden = false;
  for (const button of buttons) {
    button.disabled = false;
    button.removeAttribute("aria-pressed");
  }
}

async function say(chosen) {
  const text = about;
  for (const button of buttons) button.disabled = true;
  let state;
  try {
    await call("v1/feedback", { body: { text, stance: chosen.dataset.stance } });
    state = `Thank you: kept as \u201c${chosen.dataset.stance}\u201d, until somebody reviews it.`;
    chosen.setAttribute("aria-pressed", "true");
  } catch (error) {
    const off = error.status === 404 || error.type === "feedback_unavailable";
    state = off ? `This service keeps no feedback at present: ${error.message}.` : `Not kept: ${error.message}.`;
    if (text === about) {
      group.hidden = off;
      for (const button of buttons) button.disabled = false;
    }
  }
  if (text === about) at("feedback-state").textContent = state;
}

for (const button of buttons) button.addEventListener("click", () => say(button));
