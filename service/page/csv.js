// Comma-separated values (RFC 4180; also semicolons and tabs), read and written.

const SEPARATORS = [",", ";", "\t"];

// The separator that stands most often in the first record, outside quotation marks.
function separatorOf(text) {
  const counts = new Map(SEPARATORS.map((separator) => [separator, 0]));
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === "\n" || sign === "\r")) break;
    else if (!quoted && counts.has(sign)) counts.set(sign, counts.get(sign) + 1);
  }
  return SEPARATORS.reduce((best, one) => (counts.get(one) > counts.get(best) ? one : best));
}

// Rows of fields. Fields may hold separators, doubled quotation marks and line breaks if they are quoted.
export function parse(text, separator = separatorOf(text)) {
  const rows = [];
  let row = [];
  let place = 0;
  while (place < text.length) {
    let field = "";
    if (text[place] === '"') {
      for (place += 1; ; place += 2) {
        const end = text.indexOf('"', place);
        if (end < 0) throw new Error(`the quotation mark opened in row ${rows.length + 1} is never closed`);
        field += text.slice(place, end);
        place = end;
        if (text[end + 1] !== '"') break;
        field += '"';
      }
      place += 1;
    }
    const start = place;
    while (place < text.length && text[place] !== separator && text[place] !== "\n" && text[place] !== "\r") place += 1;
    row.push(field + text.slice(start, place));
    if (text[place] === separator) {
      place += 1;
      if (place === text.length) row.push("");
      else continue;
    }
    rows.push(row);
    row = [];
    place += text[place] === "\r" && text[place + 1] === "\n" ? 2 : 1;
  }
  if (row.length) rows.push(row);
  return rows;
}

const quote = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export function write(rows) {
  return rows.map((row) => `${row.map((value) => quote(String(value ?? ""))).join(",")}\r\n`).join("");
}
