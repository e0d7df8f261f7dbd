// The table as a file, made in the browser.

import { write } from "./csv.js";
import { STANCES, element } from "./dom.js";

const COLUMNS = ["row", "name", "text", "stance", ...STANCES, "on_topic", "reason", "problem", "model", "version"];

function record({ row, name, text, answer, problem }) {
  return {
    row, name, text, stance: answer?.stance, ...answer?.probabilities,
    on_topic: answer?.on_topic, reason: answer?.reason, problem: problem ?? (answer ? undefined : "not answered"),
    model: answer?.model.name, version: answer?.model.version,
  };
}

function save(name, type, content) {
  const link = element("a", "");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export function saveCsv(items) {
  const rows = items.map(record).map((one) => COLUMNS.map((column) => one[column]));
  save("stances.csv", "text/csv", `\ufeff${write([COLUMNS, ...rows])}`); // the mark tells spreadsheets that it is UTF-8
}

export function saveJson(items) {
  save("stances.json", "application/json", `${JSON.stringify(items.map(record), null, 2)}\n`);
}
