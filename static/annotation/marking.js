/** Words of the text become parts of the form, or the bounds of the article. */
import { refresh } from "./acting.js";
import { Cursor } from "./cursor.js";
import { ranges, written } from "./draft.js";
import { change, choose, now } from "./filling.js";
import { Handles } from "./handles.js";
import {
  byId, data, draft, isQuote, NEW, node, numberOf, offsets, paintBody, painting, paintText, pane, selecting, session, textOf, words,
} from "./page.js";
import { isWithin, overlaps } from "./placing.js";
import { complain, fill, named, note, object, tellText, warn } from "./saying.js";
import { Trouble } from "./session.js";

/** Milliseconds after the last change, until the server is asked who has these words already. */
const CALM = 500;

export const cursor = new Cursor(pane, node, words, {
  offsets, painting, reveal: (range) => selecting.reveal(range), moved: followCursor,
});
let handles = null;
let calm = null;

function followCursor(range, marked) {
  if (!range) return;
  selecting.range = range;
  tellText(fill(marked ? data.words.marked : data.words.cursor, { words: named([range]) }));
}

/** Goes into the text by key: to the words of the form, or the article's first one. */
export function enterText() {
  cursor.enter(chosen()[0]?.[0] ?? data.body[0]);
}

function chosen() {
  return draft ? ranges(draft.field("spans").value) : [];
}

async function anchorOf(range) {
  const address = new URL(data.anchorAddress, location.href);
  address.searchParams.set("start", range[0]);
  address.searchParams.set("end", range[1]);
  address.searchParams.set("quote", isQuote(now.key) ? numberOf(now.key) : "");
  return session.ask(address);
}

/**
 * Asks the server what the selection would become, and gives it to `use` if it can be quoted. `use` answers with the
 * reason where it does not fit to what was chosen before.
 */
async function take(use) {
  object();
  warn([]);
  const { range } = selecting;
  if (!range) {
    object(data.words.nothingSelected);
    if (!cursor.active) enterText();
    return;
  }
  try {
    const found = await anchorOf(range);
    const refusal = found.reason ?? use([found.start, found.end]);
    if (refusal) object(refusal);
    else warn(found.overlaps);
  } catch (error) {
    complain(error);
  }
}

export function markQuote() {
  return take((span) => {
    // Words elsewhere than those of the chosen item are another statement.
    if (now.key !== NEW && !overlaps(chosen(), span)) choose(NEW);
    change({ spans: written([span]) });
  });
}

export function markPart() {
  return take((span) => {
    if (overlaps(chosen(), span)) return data.words.partsOverlap;
    change({ spans: written([...chosen(), span].sort((one, other) => one[0] - other[0])) });
  });
}

export function dropPart() {
  const spans = chosen();
  if (spans.length > 1) change({ spans: written(spans.slice(0, -1)) });
}

export function markPassage() {
  return take((range) => {
    if (!isWithin(chosen(), range)) return data.words.passageOutside;
    change({ passage: written([range]) });
  });
}

export function markAttribution() {
  if (selecting.range) change({ attribution: textOf(selecting.range).trim() });
  else object(data.words.nothingSelected);
}

/** Moves one end of the quote by a word, outwards (1) or inwards (-1). */
export function resize(side, by) {
  const spans = chosen();
  if (!spans.length) {
    object(data.words.nothingChosen);
    return;
  }
  const at = side === "end" ? spans.length - 1 : 0;
  const resized = words.resized(spans[at], side, by, data.body);
  if (!resized || overlaps(spans.toSpliced(at, 1), resized)) return;
  spans[at] = resized;
  change({ spans: written(spans) });
  selecting.reveal(side === "end" ? [Math.max(resized[0], resized[1] - 1), resized[1]] : resized);
  askForOverlaps();
}

function askForOverlaps() {
  clearTimeout(calm);
  calm = setTimeout(async () => {
    const [span] = chosen();
    try {
      if (span) warn((await anchorOf(span)).overlaps ?? []);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
    }
  }, CALM);
}

/** The article starts, or ends, at the marked words. */
export async function moveBody(side) {
  object();
  const { range } = selecting;
  if (!range) {
    object(data.words.nothingSelected);
    return;
  }
  await setBody(side === "start" ? [range[0], data.body[1]] : [data.body[0], range[1]]);
}

async function setBody([start, end]) {
  const asked = byId("annotation-body");
  if (!asked) return;
  try {
    const moved = await session.post(asked.action, [["start", start], ["end", end]]);
    if (moved.reason) {
      object(moved.reason);
      return;
    }
    data.body = moved.body;
    handles?.place();
    paintText();
    note(moved.said);
    await refresh();
  } catch (error) {
    complain(error);
  }
}

/** Both ends of the article can be dragged, by those who may move them. */
export function showHandles() {
  if (!byId("annotation-body")) return;
  handles = new Handles(pane, node, offsets, {
    words, body: () => data.body, preview: paintBody, names: [data.words.bodyStart, data.words.bodyEnd],
    move: async (bounds) => {
      await setBody(bounds);
      paintText();
    },
  });
}
