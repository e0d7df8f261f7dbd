// A text in the address behind the `#`. Browsers keep that part to themselves: it reaches no server and no log.

const MAX_CHARACTERS = 50_000; // longer addresses are cut by some programs
const FIELD = "#text=";

export function textInAddress() {
  if (!location.hash.startsWith(FIELD)) return null;
  try {
    return decodeURIComponent(location.hash.slice(FIELD.length));
  } catch {
    return null; // cut in the middle of a character
  }
}

// Returns what to tell the reader.
export async function copyLink(text) {
  if (text.length > MAX_CHARACTERS) {
    return `No link: the text has ${text.length} characters, a link carries ${MAX_CHARACTERS}.`;
  }
  history.replaceState(null, "", `${location.pathname}${FIELD}${encodeURIComponent(text.toWellFormed?.() ?? text)}`);
  try {
    await navigator.clipboard.writeText(location.href);
    return "Link copied. The text travels in its last part, which browsers do not send to servers.";
  } catch {
    return "The link is in the address bar, to be copied from there.";
  }
}

export function forget() {
  if (location.hash) history.replaceState(null, "", location.pathname);
}
