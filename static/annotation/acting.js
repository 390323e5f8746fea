/** Acts on the record: each goes to the server, and the list takes in what it answers, without leaving the page. */
import { showConflict } from "./conflict.js";
import { isSame, sent } from "./draft.js";
import { choose, copies, keep, noteChange, now } from "./filling.js";
import { WAIT } from "./list.js";
import { keys, openField } from "./pressing.js";
import { byId, data, draft, form, isQuote, isSuggestion, list, NEW, numberOf, paintText, session } from "./page.js";
import { caution, clearSaid, complain, made, namedIn, object, tellAll, tellText } from "./saying.js";
import { Trouble } from "./session.js";
import { remember } from "./undoing.js";

/** Milliseconds after the last act, until what is said of the article's work is asked for. */
const CALM = 500;
/** What is on its way to the server, by the item's key: what it does, and the promise that it is done. */
const underWay = new Map();
let calm = null;

/** Whether something is on its way to the server. */
export function isActing() {
  return underWay.size > 0;
}

/** Has one act of an item done after the other; the same one asked for twice is done once. Undefined where it was asked for already. */
async function inTurn(key, what, act) {
  const before = underWay.get(key);
  if (before?.what === what) return undefined;
  const done = (before?.done ?? Promise.resolve()).then(act);
  const entry = { what, done: done.catch(() => {}) };
  underWay.set(key, entry);
  list.row(key)?.classList.add("pending");
  try {
    return await done;
  } finally {
    if (underWay.get(key) === entry) underWay.delete(key);
    list.row(key)?.classList.toggle("pending", underWay.has(key));
  }
}

// Saving

/** Saves what the form holds; what was only suggested becomes a statement. Whoever decides fast is already at the next one. */
export async function save({ onward = false } = {}) {
  if (!draft) return;
  noteChange();
  const { key, base, lastSaved } = now;
  const fields = draft.read();
  object();
  if (!fields.spans) {
    object(data.words.noWords);
    return;
  }
  if (underWay.has(key)) return;
  const item = list.items.get(key);
  now.lastSaved = { ...fields };
  const posted = session.post(item?.address ?? data.newAddress, sent(fields));
  await inTurn(key, "save", async () => {
    if (onward) goOn(key);
    try {
      const answer = await posted;
      if (answer.refused) {
        now.lastSaved = lastSaved;
        refuse(key, fields, base, answer);
        return;
      }
      copies.saved(key);
      takeIn(answer);
      now.lastSaved = list.items.get(answer.saved)?.fields ?? now.lastSaved;
      remember({ does: "save", key, to: answer.saved, before: item?.state === "open" ? null : item?.fields ?? null, after: fields });
      if (now.key === key) afterSaving(key, answer.saved, fields);
    } catch (error) {
      now.lastSaved = lastSaved;
      if (error.gone && isQuote(key)) await rescue(key, fields);
      else {
        copies.enter(key, isSame(fields, base) ? null : fields);
        if (now.key !== key && list.row(key)) list.focus(key);
      }
      complain(error);
    }
  });
}

/** The statement saved is shown; the form is free for the next one, unless somebody has typed on meanwhile. */
function afterSaving(key, saved, fields) {
  if (!isSame(draft.read(), fields)) {
    keep();
    return;
  }
  if (isQuote(key)) {
    choose(saved);
    return;
  }
  choose(NEW);
  const row = list.row(saved);
  for (const other of list.rows.querySelectorAll(".just-saved")) other.classList.remove("just-saved");
  row?.classList.add("just-saved");
  row?.scrollIntoView({ block: "nearest" });
}

/** Somebody has deleted the quote meanwhile: what was entered becomes a new one, unless another new one is being entered. */
async function rescue(key, fields) {
  if (copies.entered(NEW)) {
    copies.enter(key, fields);
    return;
  }
  copies.enter(NEW, { ...fields, seen: "" });
  copies.enter(key, null);
  await refresh();
  choose(NEW);
}

/** What the server did not save is in the form again, with the reasons beside the fields. */
function refuse(key, fields, base, { errors = {}, overlaps = [], conflict, theirs, said }) {
  copies.enter(key, fields);
  if (now.key !== key) list.focus(key);
  if (now.key !== key) choose(key);
  clearSaid();
  tellAll(said);
  const general = [];
  for (const [name, sentences] of Object.entries(errors)) {
    const field = draft.field(name);
    const place = (field instanceof RadioNodeList ? field[0] : field)?.closest(".form-row");
    if (!place || name === "__all__" || ["spans", "passage"].includes(name)) {
      general.push(...sentences);
    } else {
      place.prepend(made("ul", { className: "errorlist" }, ...sentences.map((sentence) => made("li", {}, sentence))));
      place.closest("details")?.setAttribute("open", "");
    }
  }
  byId("annotation-overlaps").replaceChildren(...overlaps.map(caution));
  const all = byId("annotation-all-the-same");
  all.hidden = overlaps.length === 0;
  if (overlaps.length) all.querySelector("input").focus();
  object(...general);
  if (conflict) showConflict(key, { mine: fields, theirs, base, conflict });
}

// The list

/** The list, the text and what is said follow what an act has changed. */
export function takeIn(answer) {
  const focused = document.activeElement?.closest?.("[data-item]")?.dataset.item;
  const taken = list.take(answer);
  for (const key of taken) {
    const row = list.row(key);
    keys.hint(row);
    row.classList.toggle("entered", Boolean(copies.entered(key)));
    row.classList.toggle("pending", underWay.has(key));
  }
  list.mark(now.key);
  if (taken.includes(focused)) list.focus(focused);
  // Who decided whom a name means has done so for the one that is in the form by now, too.
  if (draft && taken.includes(now.key) && isSame(draft.read(), now.base)) choose(now.key);
  tellAll(answer.said);
  paintText();
  renewBar();
}

/** What is said of the work on the article follows its acts, after a moment of calm. */
function renewBar() {
  const bar = document.querySelector(".queue-bar");
  if (!bar) return;
  clearTimeout(calm);
  calm = setTimeout(async () => {
    try {
      const { html } = await session.ask(data.addresses.bar);
      if (bar.contains(document.activeElement)) return;
      byId("annotation-work").innerHTML = html;
      keys.hint(byId("annotation-work"));
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
    }
  }, CALM);
}

/** Asks for the whole list; what is chosen or typed meanwhile stays as it is. */
export async function refresh() {
  const answer = await session.ask(data.itemsAddress);
  if (!answer.read) {
    awaitSuggestions();
    return;
  }
  byId("suggestions-awaited")?.remove();
  const there = new Set(answer.items.map(({ data: item }) => item.key));
  const focused = document.activeElement?.dataset?.item;
  takeIn({ ...answer, gone: list.keys.filter((key) => !there.has(key)) });
  if (focused) list.focus(focused);
}

/** Asks from time to time until the machine has read the text. */
export function awaitSuggestions(delay = WAIT.first) {
  setTimeout(async () => {
    try {
      const answer = await session.ask(data.itemsAddress);
      if (answer.read) {
        await refresh();
        return;
      }
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
    }
    awaitSuggestions(Math.min(WAIT.longest, delay * WAIT.growth));
  }, delay);
}

/** The next suggestion left to decide, or none. */
function goOn(key) {
  const to = list.beside(key, 1, { open: true }) ?? list.beside(key, -1, { open: true });
  if (to) list.focus(to);
  else if (form) {
    choose(NEW);
    byId("suggestions").focus();
  }
}

// Decisions

export function accept() {
  const item = list.items.get(now.key);
  if (!item || item.state !== "open") {
    if (draft && !isSame(draft.read(), now.base)) save();
    else if (!item) object(data.words.nothingChosen);
    return;
  }
  const fields = draft.read();
  const isNamed = fields.speaker || fields.speaker_organization || fields.speaker_not_identified || fields.add_new_speaker;
  if (!isNamed) {
    tellText(data.words.asksForSpeaker, "warning");
    if (item.adds) form.querySelector("#id_add_new_speaker").focus();
    else openField("speaker");
    return;
  }
  save({ onward: true });
}

/** Rejects the suggestion, or deletes the quote. */
export function reject() {
  performIn(now.key, "reject", "delete");
}

export function submit() {
  performIn(now.key, "submit");
}

function performIn(key, ...does) {
  const asked = list.row(key)?.querySelector(does.map((one) => `form[data-does="${one}"]`).join());
  if (asked) perform(asked);
  else object(data.words.nothingChosen);
}

/** Sends a form of a row: reject, reopen, delete, submit. Whether that did it; undefined if it was sent already. */
export async function perform(asked, { remembered = true } = {}) {
  const { does } = asked.dataset;
  const row = asked.closest("li[id]");
  const key = row.closest("[data-item]")?.dataset.item ?? row.id;
  const item = list.items.get(key);
  return inTurn(key, does, async () => {
    try {
      const posted = session.post(asked.action, new FormData(asked));
      if (does === "reject") goOn(key);
      const answer = await posted;
      takeIn(answer);
      const done = answer.gone.includes(key);
      const entered = copies.entered(key);
      // What was entered goes with the item, and comes back with it.
      if (done) copies.enter(key, null);
      if (remembered && done) rememberAct(does, { key, entered }, item, answer);
      goOnAfter(does, key, answer);
      return done;
    } catch (error) {
      if (now.key !== key && item) list.focus(key);
      complain(error);
      return false;
    }
  });
}

function rememberAct(does, what, item, { items }) {
  if (does === "reject") remember({ does, ...what, named: namedIn(item.fields.spans) });
  if (does === "delete") remember({ does, ...what, from: items[0]?.data.key ?? NEW, fields: item.fields });
}

function goOnAfter(does, key, { gone }) {
  if (gone.includes(now.key)) {
    if (does === "delete") choose(NEW);
    else goOn(key);
  } else if (now.key === key) {
    choose(key);
    list.focus(key);
  }
}

/** The quote in the form reports a statement that is on record: it joins that one. */
export async function attach(twin) {
  const { key } = now;
  const { spans, kind, attribution, passage } = draft.read();
  const fields = { to: twin.id, seen: twin.seen, spans, kind, attribution, passage };
  if (isSuggestion(key)) fields.suggestion = numberOf(key);
  try {
    const answer = await session.post(data.addresses.attach, Object.entries(fields));
    if (answer.reason) {
      object(answer.reason);
      return;
    }
    copies.enter(key, null);
    await refresh();
    tellText(data.words.attached, "success");
    goOn(key);
  } catch (error) {
    complain(error);
  }
}

/** Has the article finished once all that was decided has arrived. */
export async function finish() {
  await session.last;
  const asked = document.querySelector('.queue-bar form[action*="finish"]');
  if (!asked) return;
  asked.elements.outcome.value = list.rows.querySelector(".statement") ? "annotated" : "no_statements";
  asked.requestSubmit();
}
