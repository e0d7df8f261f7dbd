// The model card: headings, tables, lists and paragraphs of its Markdown. All of it is set as text, never as markup.

import { at, element } from "./dom.js";

const HEADING = /^(#{1,4}) (.*)$/;

function inline(text) {
  return text.split(/(\*\*.+?\*\*|`.+?`)/).map((part) => {
    if (part.startsWith("**")) return element("b", "", part.slice(2, -2));
    return part.startsWith("`") ? element("code", "", part.slice(1, -1)) : part;
  });
}

function row(line, name) {
  const cells = line.replace(/^\||\|$/g, "").split("|");
  return element("tr", "", ...cells.map((cell) => element(name, "", ...inline(cell.trim()))));
}

function table([names, , ...rows]) {
  return element("table", "", element("thead", "", row(names, "th")), element("tbody", "", ...rows.map((line) => row(line, "td"))));
}

function block(text) {
  const heading = HEADING.exec(text);
  if (heading) return element(`h${heading[1].length + 2}`, "", ...inline(heading[2]));
  if (text.startsWith("|")) return table(text.split("\n"));
  if (!text.startsWith("- ")) return element("p", "", ...inline(text));
  return element("ul", "", ...text.slice(2).split("\n- ").map((item) => element("li", "", ...inline(item))));
}

export async function show(model) {
  at("card").hidden = true;
  const { card } = await model;
  const blocks = card.replaceAll(/^#{1,4} .*$/gm, "\n$&\n").split(/\n\s*\n/).map((text) => text.trim());
  at("card-text").replaceChildren(...blocks.filter(Boolean).map(block));
  at("card").hidden = !card;
}
