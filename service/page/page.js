// The page: sends the text, shows the answer. Everything shown is set as text, never as markup.

const STANCES = ["support", "deny", "neutral"];
const EXAMPLE = `China denies arming Russia as West tightens sanctions

US officials said on Tuesday that Chinese firms had shipped machine tools and drone engines to Russian arms plants. "China has never provided weapons to any party to the conflict," foreign ministry spokeswoman Mao Ning said. "We reject these groundless accusations." European leaders are due to meet in Brussels on Thursday.`;

const at = (id) => document.getElementById(id);
const percent = (share) => `${(100 * share).toFixed(1)}\u00a0%`;

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function bars(probabilities) {
  return STANCES.flatMap((stance) => {
    const fill = element("div", "fill");
    fill.style.width = `${100 * probabilities[stance]}%`;
    const track = element("dd", stance, element("div", "track", fill));
    track.setAttribute("aria-hidden", "true");
    return [element("dt", stance, stance), track, element("dd", "number", percent(probabilities[stance]))];
  });
}

// Offsets count code points; `points` is the text as an array of them.
const slice = (points, start, end) => points.slice(start, end).join("");

function withCues(points, sentence) {
  const parts = [];
  let done = sentence.start;
  for (const cue of [...sentence.cues].sort((a, b) => a.start - b.start)) {
    if (cue.start < done || cue.end > sentence.end) continue; // overlapping cues: the first one is shown
    const shown = element("span", "cue", slice(points, cue.start, cue.end));
    shown.title = cue.feature;
    parts.push(slice(points, done, cue.start), shown);
    done = cue.end;
  }
  return [...parts, slice(points, done, sentence.end)];
}

function reading(points, sentences) {
  const parts = [];
  let done = 0;
  for (const sentence of sentences) {
    const mark = element("mark", sentence.stance, ...withCues(points, sentence));
    mark.title = [sentence.stance, sentence.speaker && `said by ${sentence.speaker}`].filter(Boolean).join(", ");
    parts.push(slice(points, done, sentence.start), mark);
    done = sentence.end;
  }
  return [...parts, slice(points, done)];
}

function row(sentence) {
  const cues = [...new Set(sentence.cues.map((cue) => `${cue.text} (${cue.feature})`))].join(", ");
  const stance = element("span", `chip ${sentence.stance}`, sentence.stance);
  const cells = [sentence.text, stance, percent(sentence.weight), sentence.speaker ?? "–", cues || "–"];
  return element("tr", "", ...cells.map((cell) => element("td", "", cell)));
}

function show(text, answer) {
  const points = Array.from(text);
  at("stance").textContent = answer.stance;
  at("stance").className = answer.stance;
  at("off-topic").hidden = answer.on_topic;
  at("off-topic").textContent = `Off topic: ${answer.reason ?? "the text does not name both sides"}`;
  at("bars").replaceChildren(...bars(answer.probabilities));
  at("reading").replaceChildren(...reading(points, answer.sentences));
  at("sentences").replaceChildren(...answer.sentences.map(row));
  at("model").textContent = `Answered by ${answer.model.name} ${answer.model.version}`;
  at("answer").hidden = false;
  at("answer").focus({ preventScroll: true });
}

function complain(message) {
  at("problem").textContent = message;
  at("problem").hidden = false;
  at("answer").hidden = true;
}

async function ask(text) {
  const headers = { "Content-Type": "application/json" };
  if (at("key").value) headers.Authorization = `Bearer ${at("key").value}`;
  const response = await fetch("v1/stance", { method: "POST", headers, body: JSON.stringify({ text, explain: true }) });
  if (response.status === 401) at("key-row").hidden = false;
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

async function send() {
  const text = at("text").value;
  if (!text.trim()) return complain("Please enter a text.");
  at("send").disabled = true;
  at("problem").hidden = true;
  try {
    show(text, await ask(text));
  } catch (error) {
    complain(error instanceof TypeError ? "The service cannot be reached." : `No answer: ${error.message}`);
  } finally {
    at("send").disabled = false;
  }
}

at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
at("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
});
at("example").addEventListener("click", () => {
  at("text").value = EXAMPLE;
  send();
});
