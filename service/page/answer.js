// The answer to one text.

import { about } from "./about.js";
import * as card from "./card.js";
import { at, bar, chip, element, percent, STANCES } from "./dom.js";
import * as feedback from "./feedback.js";
import * as reading from "./reading.js";
import { bySpeaker } from "./speakers.js";

const VERDICTS = {
  support: "The text says that China aids Russia",
  deny: "The text says that China does not aid Russia",
  neutral: "The text takes no side on whether China aids Russia",
};

const NAMED = 6; // speakers shown

function verdict(answer) {
  const sure = `${VERDICTS[answer.stance]} (probability ${percent(answer.probabilities[answer.stance])}).`;
  return answer.on_topic ? sure : `Off topic: ${answer.reason ?? "the text does not name both sides"}.`;
}

function bars(probabilities) {
  return STANCES.flatMap((stance) => [
    element("dt", stance, stance),
    element("dd", "", bar(stance, probabilities[stance])),
    element("dd", "number", percent(probabilities[stance])),
  ]);
}

function row(sentence) {
  const cues = reading.cuesOf(sentence).map(({ words, features }) => `${words} (${features})`).join(", ");
  const cells = {
    sentence: sentence.text, stance: chip(sentence.stance), weight: percent(sentence.weight),
    speaker: sentence.speaker ?? "\u2013", cues: cues || "\u2013",
  };
  return element("tr", "", ...Object.entries(cells).map(([label, content]) => {
    const cell = element("td", "", content);
    cell.dataset.label = label;
    return cell;
  }));
}

// Shows an explained answer, and returns it in a few words.
export function show(text, answer) {
  const speakers = bySpeaker(answer.sentences).slice(0, NAMED);
  at("stance").textContent = answer.stance;
  at("stance").className = answer.stance;
  at("verdict").textContent = verdict(answer);
  at("bars").replaceChildren(...bars(answer.probabilities));
  at("who").hidden = speakers.length === 0;
  at("speakers").replaceChildren(...speakers.map((one) => element("li", "", chip(one.stance), ` ${one.speaker}`)));
  reading.show(text, answer.sentences);
  at("sentences").replaceChildren(...answer.sentences.map(row));
  at("model").textContent = `Answered by ${answer.model.name} ${answer.model.version}`;
  const model = about(answer.model.version);
  card.show(model);
  feedback.offer(text, model);
  at("answer").hidden = false;
  return `Answered: ${answer.stance}, ${percent(answer.probabilities[answer.stance])}.`;
}
