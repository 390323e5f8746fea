/** Undo and redo: what was done in this tab, on the page and on the record, outlives a reload. */
import { perform, takeIn } from "./acting.js";
import { completed, isSame, sent } from "./draft.js";
import { choose, copies, keep, noteChange, now, show } from "./filling.js";
import { data, draft, list, NEW, session } from "./page.js";
import { complain, fill, namedIn, tellText } from "./saying.js";

const STORE = `skazano.${data.user}.${data.snapshot}.done`;
/** Acts to go back to. */
const ACTS_AT_MOST = 200;
/** The acts that can be undone, and those that can be done again, the next one last. */
let history = read();

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? { done: [], undone: [] };
  } catch {
    return { done: [], undone: [] };
  }
}

function write() {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(history));
  } catch {
    // A browser that keeps nothing: acts can be undone until the page is left.
  }
}

/** The act can be undone from now on; what was undone before can't be done again. */
export function remember(act) {
  history = { done: [...history.done, act].slice(-ACTS_AT_MOST), undone: [] };
  write();
}

export function undo() {
  return step("done", "undone", takeBack, { nothing: data.words.nothingToUndo, said: data.words.undone, does: "undo" });
}

export function redo() {
  return step("undone", "done", repeat, { nothing: data.words.nothingToRedo, said: data.words.redone, does: "redo" });
}

async function step(from, to, turn, { nothing, said, does }) {
  noteChange();
  const entry = history[from].at(-1);
  if (!entry) {
    if (!(await stepElsewhere(does))) tellText(nothing);
    else tellText(fill(said, { what: data.words.wasEdited }));
    return;
  }
  const rest = history[from].slice(0, -1);
  if (!(await turn[entry.does](entry))) return;
  history = { ...history, [from]: rest, [to]: [...history[to], entry] };
  write();
  tellText(fill(said, { what: inShort(entry) }));
}

/** What was entered in another browser, or in a tab that is closed by now, is undone there where it lies. */
async function stepElsewhere(does) {
  const { key } = now;
  if (!draft || [...history.done, ...history.undone].some((entry) => entry.key === key)) return false;
  try {
    const content = await copies.step(key, does);
    return Boolean(content) && putInForm(key, content);
  } catch (error) {
    complain(error);
    return true;
  }
}

function inShort(entry) {
  const told = { words: entry.named ?? namedIn(entry.after?.spans ?? entry.fields?.spans ?? "") };
  const sentence = { edit: "wasEdited", save: "wasSaved", reject: "wasRejected", delete: "wasDeleted" }[entry.does];
  return fill(data.words[sentence], told);
}

const takeBack = {
  edit: (entry) => putInForm(entry.key, entry.before),
  async save(entry) {
    if (entry.before) return putOnRecord(entry.to, entry.before);
    if (!(await press(entry.to, "delete"))) return impossible();
    copies.enter(entry.key, isSame(entry.after, list.items.get(entry.key)?.fields) ? null : entry.after);
    if (!list.focus(entry.key)) choose(entry.key);
    return true;
  },
  async reject(entry) {
    if (!(await press(entry.key.replace("suggestion-", "rejected-"), "reopen"))) return impossible();
    enterAgain(entry);
    list.focus(entry.key);
    return true;
  },
  async delete(entry) {
    if (!(await putOnRecord(entry.from, entry.fields, entry))) return false;
    enterAgain(entry);
    return true;
  },
};

const repeat = {
  edit: (entry) => putInForm(entry.key, entry.after),
  save: (entry) => putOnRecord(entry.key, entry.after, entry),
  reject: async (entry) => (await press(entry.key, "reject")) || impossible(),
  delete: async (entry) => (await press(entry.key, "delete")) || impossible(),
};

/** What was entered and not saved when the item went is back with it. */
function enterAgain({ key, entered }) {
  if (!entered) return;
  copies.enter(key, { ...entered, seen: list.items.get(key).fields.seen });
  list.row(key).classList.add("entered");
  if (now.key === key) choose(key);
}

/** Has the row's own form sent; whether that did it. */
async function press(key, does) {
  const asked = list.row(key)?.querySelector(`form[data-does="${does}"]`);
  return Boolean(asked) && (await perform(asked, { remembered: false })) !== false;
}

function impossible() {
  tellText(data.words.cannotUndo, "warning");
  return false;
}

function putInForm(key, fields) {
  if (key !== NEW && !list.row(key)) return impossible();
  if (now.key !== key && !list.focus(key)) choose(key);
  draft.write({ ...fields, seen: now.base.seen });
  now.last = draft.read();
  keep();
  show();
  return true;
}

/** Saves the fields as they were; a quote made anew has another key, which the history learns. */
async function putOnRecord(key, fields, entry = null) {
  const item = list.items.get(key);
  if (key !== NEW && !item) return impossible();
  try {
    const seen = item?.fields.seen ?? "";
    const again = { ...completed(fields), seen, accept_warnings: true, add_new_speaker: false };
    const answer = await session.post(item?.address ?? data.newAddress, sent(again));
    if (answer.refused) return impossible();
    takeIn(answer);
    if (entry) rename(entry.does === "delete" ? entry.key : entry.to, answer.saved);
    copies.saved(key);
    list.focus(answer.saved);
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

function rename(was, is) {
  for (const entry of [...history.done, ...history.undone]) {
    for (const name of ["key", "to"]) if (entry[name] === was) entry[name] = is;
  }
}
