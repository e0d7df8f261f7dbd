// The page: what the reader does, and what follows.

import * as answer from "./answer.js";
import { call } from "./api.js";
import { answerAll } from "./batch.js";
import { announce, at, bring, complain, count } from "./dom.js";
import { saveCsv, saveJson } from "./export.js";
import * as files from "./files.js";
import { copyLink, forget, textInAddress } from "./link.js";
import * as table from "./table.js";

const EXAMPLE = `China denies arming Russia as West tightens sanctions

US officials said on Tuesday that Chinese firms had shipped machine tools and drone engines to Russian arms plants. "China has never provided weapons to any party to the conflict," foreign ministry spokeswoman Mao Ning said. "We reject these groundless accusations." European leaders are due to meet in Brussels on Thursday.`;

let asked = ""; // the text that is shown with its answer
let items = []; // the texts of the table
let chosen = null; // the row that was opened from it
let stop = new AbortController();

function onWait(reason, seconds) {
  announce(`Waiting: ${reason}. Trying again in ${count(seconds, "second")} \u2026`);
}

// Runs what is asked of the service, one thing at a time; a new thing stops the one before.
async function attempt(work) {
  stop.abort();
  const { signal } = (stop = new AbortController());
  complain("");
  announce("Reading \u2026");
  at("under-way").hidden = true;
  document.body.classList.add("busy");
  try {
    await work(signal);
  } catch (error) {
    if (!signal.aborted) complain(`No answer: ${error.message}.`);
    else if (signal === stop.signal) announce("Stopped.");
  } finally {
    if (signal === stop.signal) document.body.classList.remove("busy");
  }
}

function hideResults() {
  for (const section of ["answer", "texts", "back"]) at(section).hidden = true;
}

function showText(text) {
  return attempt(async (signal) => {
    const body = { text, explain: true };
    const answered = await call("v1/stance", { body, signal, onWait });
    asked = text;
    announce(answer.show(text, answered));
    bring(at("answer"));
  });
}

function openRow(item, button) {
  at("texts").hidden = true;
  at("back").hidden = false;
  chosen = button;
  return showText(item.text);
}

function back() {
  stop.abort();
  hideResults();
  complain("");
  at("texts").hidden = false;
  chosen?.focus();
}

function showAll(found) {
  hideResults();
  if (!found.length) return complain("There is no text in it.");
  if (found.length > files.limit) return complain(files.tooMany(found.length));
  items = found.map(({ row, name, text }) => ({ row, name, text }));
  return attempt(async (signal) => {
    at("under-way").hidden = false;
    at("progress").max = items.length;
    at("progress").value = 0;
    const onProgress = (done) => {
      at("progress").value = done;
      announce(`${done.toLocaleString("en")} of ${count(items.length, "text")} answered`);
    };
    try {
      await answerAll(items, { signal, onWait, onProgress });
    } finally {
      const answered = items.filter((item) => item.answer).length;
      if (signal === stop.signal) at("under-way").hidden = true;
      if (signal === stop.signal && items.some((item) => item.answer || item.problem)) {
        table.show(items, openRow);
        announce(`${answered.toLocaleString("en")} of ${count(items.length, "text")} answered`);
        bring(at("texts"));
      }
    }
  });
}

function send() {
  const text = at("text").value;
  forget();
  hideResults();
  if (!text.trim()) return complain("Please enter a text.");
  return at("lines").checked ? showAll(files.lines(text)) : showText(text);
}

async function take(list) {
  complain("");
  try {
    const text = await files.open([...list]);
    if (text === null) return;
    at("text").value = text;
    at("text").setSelectionRange(0, 0);
    at("text").focus();
    announce(`${list[0].name} is in the text field`);
  } catch (error) {
    complain(`Not opened: ${error.message}.`);
  }
}

function takeFromAddress() {
  const text = textInAddress();
  if (!text?.trim()) return;
  at("text").value = text;
  hideResults();
  showText(text);
}

at("ask").addEventListener("submit", (event) => { event.preventDefault(); send(); });
at("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
});
at("example").addEventListener("click", () => {
  at("text").value = EXAMPLE;
  at("lines").checked = false;
  send();
});
at("open").addEventListener("click", () => at("file").click());
at("file").addEventListener("change", async () => { await take(at("file").files); at("file").value = ""; });
at("send-all").addEventListener("click", () => { forget(); showAll(files.items()); });
at("stop").addEventListener("click", () => stop.abort());
at("back").addEventListener("click", back);
at("link").addEventListener("click", async () => announce(await copyLink(asked)));
at("export-csv").addEventListener("click", () => saveCsv(items));
at("export-json").addEventListener("click", () => saveJson(items));
document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  document.body.classList.add("dropping");
});
for (const end of ["dragleave", "drop"]) {
  document.addEventListener(end, () => document.body.classList.remove("dropping"));
}
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  take(event.dataTransfer.files);
});
addEventListener("hashchange", takeFromAddress);
takeFromAddress();
