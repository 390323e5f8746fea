/**
 * Where the typed words stand in the text: [start, end) in UTF-16 units, from `from` on, or null.
 * `first … last` (or three dots) finds from the first words to the nearest last ones; case and kinds of white space
 * do not matter.
 */
export function findWords(text, typed, from) {
  const parts = typed.split(/\s*(?:…|\.\.\.)\s*/u).map((part) => part.trim()).filter(Boolean);
  if (!parts.length) return null;
  let start = -1;
  let end = from;
  for (const part of parts) {
    const pattern = new RegExp(part.split(/\s+/u).map(escaped).join("\\s+"), "giu");
    pattern.lastIndex = end;
    const match = pattern.exec(text);
    if (!match) return null;
    if (start < 0) start = match.index;
    end = match.index + match[0].length;
  }
  return [start, end];
}

function escaped(words) {
  return words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
