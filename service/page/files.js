// Files opened or dropped: a text goes into the field; a CSV, or several texts, become items to be answered.

import { parse } from "./csv.js";
import { at, count, element } from "./dom.js";

const MAX_BYTES = 20_000_000;
const MAX_TEXTS = 10_000;
const NAMES_OF_TEXT = ["text", "headline", "title", "content", "body", "sentence", "article"];

let opened = { name: "", rows: null, items: [] };

async function read(file) {
  if (file.size > MAX_BYTES) throw new Error(`${file.name} is larger than ${MAX_BYTES / 1e6} MB, the limit of this page`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} is not text in UTF-8`);
  }
}

const isTable = (file) => /\.(csv|tsv)$/i.test(file.name);
const looksLikeNames = (row) => row.every((cell) => cell.trim() && cell.length < 30) && new Set(row).size === row.length;

function likelyColumn(rows) {
  const named = rows[0].findIndex((cell) => NAMES_OF_TEXT.includes(cell.trim().toLowerCase()));
  if (named >= 0) return named;
  const lengths = rows[0].map((_, n) => rows.slice(1, 50).reduce((sum, row) => sum + (row[n] ?? "").length, 0));
  return lengths.indexOf(Math.max(...lengths));
}

function showColumns() {
  const named = at("names").checked;
  const chosen = at("column").selectedIndex;
  at("column").replaceChildren(
    ...opened.rows[0].map((cell, n) => element("option", "", named ? cell.slice(0, 60) : `column ${n + 1}`)),
  );
  at("column").selectedIndex = Math.max(chosen, 0);
}

function takeColumn() {
  const skipped = at("names").checked ? 1 : 0;
  const column = at("column").selectedIndex;
  const texts = opened.rows.slice(skipped).map((row, n) => ({ row: n + 1 + skipped, text: row[column] ?? "" }));
  opened.items = texts;
  const first = texts.find((item) => item.text.trim())?.text ?? "";
  const begun = first.length > 140 ? `${first.slice(0, 140)}\u2026` : first;
  at("preview").textContent = `${count(texts.length, "text")}, the first: \u201c${begun}\u201d`;
}

function showTable(name, rows) {
  opened = { name, rows, items: [] };
  at("names").checked = rows.length > 1 && looksLikeNames(rows[0]);
  at("column").replaceChildren();
  showColumns();
  at("column").selectedIndex = likelyColumn(rows);
  takeColumn();
}

function showList(name, items) {
  opened = { name, rows: null, items };
  at("preview").textContent = `One text each: ${items.map((item) => item.name).join(", ")}`;
}

// Returns the text of a single text file; otherwise shows what was opened, and returns null.
export async function open(files) {
  at("opened").hidden = true;
  if (files.length === 1 && !isTable(files[0])) return read(files[0]);
  if (files.length > 1 && files.some(isTable)) throw new Error("please open one CSV at a time");
  if (files.length === 1) {
    const rows = parse(await read(files[0]));
    while (rows.length && rows.at(-1).every((cell) => !cell.trim())) rows.pop(); // blank rows within keep their numbers
    if (!rows.length) throw new Error(`${files[0].name} is empty`);
    showTable(files[0].name, rows);
  } else {
    const texts = await Promise.all(files.map(read));
    showList(count(files.length, "file"), texts.map((text, n) => ({ row: n + 1, name: files[n].name, text })));
  }
  if (opened.items.length > MAX_TEXTS) throw new Error(tooMany(opened.items.length));
  at("opened-name").textContent = opened.name;
  at("columns").hidden = opened.rows === null;
  at("opened").hidden = false;
  at("opened").focus();
  return null;
}

export function tooMany(number) {
  return `${count(number, "text")} are more than this page takes, ${MAX_TEXTS}; the command \u201cstance score\u201d has no limit`;
}

export const lines = (text) =>
  text.split(/\r?\n/).map((line, n) => ({ row: n + 1, text: line })).filter((item) => item.text.trim());

export const items = () => opened.items;
export const limit = MAX_TEXTS;

at("names").addEventListener("change", () => { showColumns(); takeColumn(); });
at("column").addEventListener("change", takeColumn);
at("close").addEventListener("click", () => { at("opened").hidden = true; at("text").focus(); });
