// One click says what stance a text has; the service keeps it for the next training.

import { call } from "./api.js";
import { at } from "./dom.js";

const ASKED = "One click keeps the text and your verdict, for the next training of the model.";
const OFF = "This service keeps no feedback at present: feedback is switched off.";
const buttons = [...document.querySelectorAll("#feedback [data-stance]")];
const group = buttons[0].parentElement;
let about = "";

// Asks about a text, where the service that `model` tells of keeps what is said.
export async function offer(text, model) {
  about = text;
  at("feedback-state").textContent = "";
  group.hidden = true;
  for (const button of buttons) {
    button.disabled = false;
    button.removeAttribute("aria-pressed");
  }
  const { feedback } = await model;
  if (text !== about) return;
  at("feedback-state").textContent = feedback ? ASKED : OFF;
  group.hidden = !feedback;
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
