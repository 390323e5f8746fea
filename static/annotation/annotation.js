/** The annotation page: text, list and form as one; every act goes to the server without leaving the page. */
import { Assist, findSpeakers } from "./assist.js";
import { Cursor } from "./cursor.js";
import { Draft, completed, isSame, ranges, sent, written } from "./draft.js";
import { Handles } from "./handles.js";
import { Keeping } from "./keeping.js";
import { Keys } from "./keys.js";
import { List, WAIT } from "./list.js";
import { Offsets } from "./offsets.js";
import { Painting } from "./painting.js";
import { isWithin, overlaps } from "./placing.js";
import { Selecting } from "./selecting.js";
import { Session, Trouble } from "./session.js";
import { Words } from "./words.js";

const data = JSON.parse(document.getElementById("annotation-data").textContent);
const byId = (id) => document.getElementById(id);
const pane = byId("annotation-text");
const node = pane.firstChild;
const offsets = new Offsets(node.data);
const painting = new Painting(node, offsets);
const selecting = new Selecting(pane, node, offsets);
const session = new Session(data.tokenAddress, data.words);
const keeping = new Keeping(data.user, data.snapshot);
const list = new List(byId("suggestion-list"), data.items);
const form = byId("annotation-form");
const draft = form ? new Draft(form) : null;
const problem = byId("annotation-problem");
const warning = byId("annotation-warning");
const words = new Words(node.data, offsets);
const cursor = new Cursor(pane, node, words, {
  offsets, painting, reveal: (range) => selecting.reveal(range), moved: followCursor,
});
const NEW = "new";
/** Milliseconds after the last change, until the server is asked who has these words already. */
const CALM = 500;
/** Characters of the words that what is said names an act by. */
const NAMED = 40;

/** What the form is filled in from: the key of an item, or "new". */
let current = NEW;
/** What it held when it was filled in, and when it was last looked at. */
let base = completed();
let last = completed();
let lastSaved = data.defaults;
let history = keeping.history;
const sending = new Set();
let calm = null;
let assist = null;
let handles = null;

// What is said

function fill(template, values) {
  return template.replace(/%\((\w+)\)s/g, (_whole, name) => values[name]);
}

function textOf([start, end]) {
  return node.data.slice(offsets.toUnit(start), offsets.toUnit(end));
}

function named(spans) {
  const whole = spans.map(textOf).join(" […] ");
  return whole.length > NAMED ? `${whole.slice(0, NAMED)}…` : whole;
}

/** Shows the text, with a link behind it where there is somewhere to go; a link opens beside the form, not instead. */
function say(element, text, address, follow) {
  if (!element) return;
  element.textContent = text;
  if (address) element.append(" ", link(address, follow));
}

function link(address, text) {
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.target = "_blank";
  anchor.textContent = text;
  return anchor;
}

/** What has just happened, below all panes; `html` is the server's own. */
function tell(html, level = "info") {
  const said = byId("annotation-said");
  said.className = `annotation-status ${level}`;
  said.innerHTML = html;
}

function tellText(text, level) {
  tell("", level);
  byId("annotation-said").textContent = text;
}

function tellAll(said = []) {
  if (said.length) tell(said.map(({ html }) => html).join(" "), said.at(-1).level);
}

/** Says what went wrong; what is no Trouble is a defect of ours and goes on to the console. */
function complain(trouble) {
  if (!(trouble instanceof Trouble)) throw trouble;
  say(problem, trouble.message, trouble.loggedOut && data.loginAddress, data.words.logIn);
  problem?.scrollIntoView({ block: "nearest" });
}

function warn(overlapping) {
  warning?.replaceChildren(
    ...overlapping.map(({ sentence, address }) => {
      const paragraph = document.createElement("p");
      say(paragraph, sentence, address, data.words.thatQuote);
      return paragraph;
    }),
  );
}

function clearSaid() {
  say(problem, "");
  warn([]);
  if (!form) return;
  for (const old of form.querySelectorAll(".errorlist")) old.remove();
  byId("annotation-overlaps").replaceChildren();
  byId("annotation-all-the-same").hidden = true;
  byId("annotation-conflict").hidden = true;
}

// What is painted

function paintBody([start, end]) {
  painting.paint("outside", [[0, start], [end, data.length]].filter(([from, to]) => from < to));
}

function paintText() {
  paintBody(data.body);
  painting.paintItems(list.items.values());
}

function paintChosen(spans, passage) {
  painting.paint("chosen", spans, 4);
  painting.paint("passage", passage, 5);
}

// The form and what it is filled in from

/** Fills the form in from an item, or with nothing; what was entered for it and not saved comes back. */
function choose(key) {
  const item = list.items.get(key);
  list.mark(key);
  if (item) selecting.reveal(item.spans[0]);
  if (!form) {
    paintChosen(item?.spans ?? [], []);
    return;
  }
  current = key;
  clearSaid();
  base = completed(withLast(key, item?.fields));
  const entered = keeping.entered(key);
  last = completed(entered ?? base);
  draft.write(last);
  if (entered) tellText(data.words.restored);
  frame(item);
  show();
}

/** A statement that nobody has dated yet was probably made when and where the one saved last was. */
function withLast(key, fields = {}) {
  if (key.startsWith("quote-")) return fields;
  const { meeting, occasion_not_named, spoken, spoken_known, spoken_evidence } = lastSaved;
  const filled = { ...fields };
  if (meeting || occasion_not_named) Object.assign(filled, { meeting, occasion_not_named });
  if (spoken) Object.assign(filled, { spoken, spoken_known, spoken_evidence });
  return filled;
}

/** What stands around the fields: which item it is, and what it asks. */
function frame(item) {
  const { words: said } = data;
  byId("annotation-new").textContent = !item ? said.newQuote : item.state === "open" ? said.correct : said.change;
  byId("annotation-published").hidden = item?.state !== "published";
  const asLast = byId("annotation-as-last");
  asLast.hidden = current.startsWith("quote-") || !(lastSaved.spoken || lastSaved.meeting || lastSaved.occasion_not_named);
  asLast.textContent = lastSaved.from ?? said.asLast;
  form.querySelector(".new-speaker").hidden = !item?.adds;
  const more = form.querySelector("details");
  if (last.speaker_organization || last.speaker_not_identified || last.tenure) more.open = true;
  form.querySelector(".annotation-cancel")?.remove();
}

/** The list of chosen words, and their paint. */
function show() {
  const spans = ranges(draft.field("spans").value);
  const passage = ranges(draft.field("passage").value);
  byId("annotation-words").replaceChildren(
    ...spans.map((span) => wordsRow(textOf(span), span, "", { spans: written(spans.filter((other) => other !== span)) })),
    ...passage.map((span) => wordsRow(`${data.words.passage}: ${textOf(span)}`, span, "passage", { passage: "" })),
  );
  byId("annotation-none").hidden = spans.length > 0;
  form.querySelector(".annotation-ends").hidden = spans.length === 0;
  paintChosen(spans, passage);
  if (passage.some((range) => !isWithin(spans, range))) say(problem, data.words.passageOutside);
  look();
}

/** Has the server asked what it knows of what the form holds now. */
function look() {
  assist?.look({ adds: list.items.get(current)?.adds, isNew: !current.startsWith("quote-") });
}

/** The quote in the form reports a statement that is on record: it joins that one. */
async function attach(twin) {
  const key = current;
  const { spans, kind, attribution, passage } = draft.read();
  const sentFields = { to: twin.id, seen: twin.seen, spans, kind, attribution, passage };
  if (key.startsWith("suggestion-")) sentFields.suggestion = key.slice("suggestion-".length);
  try {
    const answer = await session.post(data.addresses.attach, Object.entries(sentFields));
    if (answer.reason) {
      say(problem, answer.reason);
      return;
    }
    keeping.enter(key, null);
    await refresh();
    tellText(data.words.attached, "success");
    goOn(key);
  } catch (error) {
    complain(error);
  }
}

function wordsRow(text, [start, end], kind, without) {
  const item = document.createElement("div");
  const shown = document.createElement("p");
  shown.className = kind;
  shown.textContent = text;
  const where = document.createElement("span");
  where.className = "offsets";
  where.textContent = fill(data.words.characters, { start, end });
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "button";
  remove.textContent = data.words.remove;
  remove.addEventListener("click", () => {
    say(problem, "");
    change(without);
  });
  item.append(shown, where, " ", remove);
  return item;
}

/** Changes some fields, as a person would. */
function change(fields) {
  draft.write({ ...draft.read(), ...fields });
  noteChange();
  show();
}

/** What was entered is kept beside the page at once, and can be undone. */
function noteChange() {
  const now = draft.read();
  if (isSame(now, last)) return;
  remember({ does: "edit", key: current, before: last, after: now });
  last = now;
  keep();
  look();
}

function keep() {
  const dirty = !isSame(last, base);
  keeping.enter(current, dirty ? last : null);
  list.row(current)?.classList.toggle("entered", dirty);
}

function askForOverlaps() {
  clearTimeout(calm);
  calm = setTimeout(async () => {
    const [span] = ranges(draft.field("spans").value);
    try {
      if (span) warn((await anchorOf(span)).overlaps ?? []);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
    }
  }, CALM);
}

async function anchorOf(range) {
  const address = new URL(data.anchorAddress, location.href);
  address.searchParams.set("start", range[0]);
  address.searchParams.set("end", range[1]);
  address.searchParams.set("quote", current.startsWith("quote-") ? current.slice("quote-".length) : "");
  return session.ask(address);
}

// Words of the text become parts of the form

/**
 * Asks the server what the selection would become, and gives it to `use` if it can be quoted. `use` answers with the
 * reason where it does not fit to what was chosen before.
 */
async function take(use) {
  say(problem, "");
  warn([]);
  const { range } = selecting;
  if (!range) {
    say(problem, data.words.nothingSelected);
    if (!cursor.active) cursor.enter(ranges(draft.field("spans").value)[0]?.[0] ?? data.body[0]);
    return;
  }
  try {
    const found = await anchorOf(range);
    const refusal = found.reason ?? use([found.start, found.end]);
    if (refusal) {
      say(problem, refusal);
      return;
    }
    warn(found.overlaps);
  } catch (error) {
    complain(error);
  }
}

function useAsQuote(span) {
  const spans = ranges(draft.field("spans").value);
  // Words elsewhere than those of the chosen item are another statement.
  if (current !== NEW && !overlaps(spans, span)) choose(NEW);
  change({ spans: written([span]) });
}

function addPart(span) {
  const spans = ranges(draft.field("spans").value);
  if (overlaps(spans, span)) return data.words.partsOverlap;
  change({ spans: written([...spans, span].sort((one, other) => one[0] - other[0])) });
}

function usePassage(range) {
  if (!isWithin(ranges(draft.field("spans").value), range)) return data.words.passageOutside;
  change({ passage: written([range]) });
}

function resize(side, by) {
  const spans = ranges(draft?.field("spans").value);
  if (!spans.length) {
    say(problem, data.words.nothingChosen);
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

function followCursor(range, marked) {
  if (range) {
    selecting.range = range;
    tellText(fill(marked ? data.words.marked : data.words.cursor, { words: named([range]) }));
  }
}

// Acts: each goes to the server, and the list takes in what it answers

function remember(act) {
  history = { done: [...history.done, act].slice(-200), undone: [] };
  keeping.history = history;
}

/** Saves what the form holds; what was only suggested becomes a statement. Whoever decides fast is already at the next one. */
async function save({ onward = false } = {}) {
  if (!draft) return;
  noteChange();
  const key = current;
  const item = list.items.get(key);
  const fields = draft.read();
  say(problem, "");
  if (!fields.spans) {
    say(problem, data.words.noWords);
    return;
  }
  if (sending.has(key)) return;
  sending.add(key);
  const before = base;
  const row = list.row(key);
  row?.classList.add("pending");
  const lastBefore = lastSaved;
  lastSaved = { ...fields };
  if (onward) goOn(key);
  try {
    const answer = await session.post(item?.address ?? data.newAddress, sent(fields));
    if (answer.refused) {
      lastSaved = lastBefore;
      refuse(key, fields, answer);
      return;
    }
    keeping.enter(key, null);
    takeIn(answer);
    lastSaved = list.items.get(answer.saved)?.fields ?? lastSaved;
    remember({ does: "save", key, to: answer.saved, before: item?.state === "open" ? null : item?.fields ?? null, after: fields });
    if (current === key) afterSaving(key, answer.saved, fields);
    else if (!before) choose(current);
  } catch (error) {
    keeping.enter(key, isSame(fields, before) ? null : fields);
    if (current !== key && list.row(key)) list.focus(key);
    complain(error);
  } finally {
    sending.delete(key);
    list.row(key)?.classList.remove("pending");
  }
}

/** The statement saved is shown; the form is free for the next one, unless somebody has typed on meanwhile. */
function afterSaving(key, saved, fields) {
  const same = isSame(draft.read(), fields);
  if (key === NEW || key.startsWith("suggestion-")) {
    if (same) choose(NEW);
    const row = list.row(saved);
    for (const other of list.rows.querySelectorAll(".just-saved")) other.classList.remove("just-saved");
    row?.classList.add("just-saved");
    row?.scrollIntoView({ block: "nearest" });
  } else if (same) {
    choose(saved);
  }
}

/** What the server did not save is in the form again, with the reasons beside the fields. */
function refuse(key, fields, { errors = {}, overlaps: overlapping = [], changed, theirs, said }) {
  keeping.enter(key, fields);
  if (current !== key) list.focus(key);
  if (current !== key) choose(key);
  clearSaid();
  tellAll(said);
  for (const [name, sentences] of Object.entries(errors)) {
    const field = draft.field(name);
    const place = (field instanceof RadioNodeList ? field[0] : field)?.closest(".form-row");
    if (!place || name === "__all__" || ["spans", "passage"].includes(name)) {
      say(problem, [problem.textContent, ...sentences].filter(Boolean).join(" "));
    } else {
      const listed = document.createElement("ul");
      listed.className = "errorlist";
      listed.append(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
      place.prepend(listed);
      place.closest("details")?.setAttribute("open", "");
    }
  }
  byId("annotation-overlaps").replaceChildren(
    ...overlapping.map(({ sentence, address }) => {
      const paragraph = document.createElement("p");
      paragraph.className = "annotation-warning";
      say(paragraph, sentence, address, data.words.thatQuote);
      return paragraph;
    }),
  );
  const all = byId("annotation-all-the-same");
  all.hidden = overlapping.length === 0;
  if (overlapping.length) all.querySelector("input").focus();
  if (changed && theirs) showConflict(key, fields, theirs);
  problem.scrollIntoView({ block: "nearest" });
}

/** Both versions side by side: the one entered here, and the one that somebody has saved meanwhile. */
function showConflict(key, mine, theirs) {
  const place = byId("annotation-conflict");
  const table = document.createElement("table");
  const row = (cells, tag) => {
    const made = document.createElement("tr");
    made.append(...cells.map((text) => Object.assign(document.createElement(tag), { textContent: text })));
    return made;
  };
  table.append(row(["", data.words.yours, data.words.theirs], "th"));
  for (const [name, value] of Object.entries(completed(theirs.fields))) {
    if (["seen", "new_speaker"].includes(name) || JSON.stringify(value) === JSON.stringify(mine[name])) continue;
    table.append(row([labelOf(name), inWords(name, mine[name]), inWords(name, value)], "td"));
  }
  const keepMine = act(data.words.keepMine, () => {
    list.items.set(key, theirs);
    base = completed(theirs.fields);
    change({ seen: theirs.fields.seen });
    save();
  });
  const takeTheirs = act(data.words.takeTheirs, () => {
    list.items.set(key, theirs);
    keeping.enter(key, null);
    choose(key);
    paintText();
  });
  place.replaceChildren(table, keepMine, " ", takeTheirs);
  place.hidden = false;
}

function act(text, does) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = text;
  made.addEventListener("click", does);
  return made;
}

function labelOf(name) {
  const field = draft.field(name);
  const label = field instanceof RadioNodeList ? form.querySelector(".kinds legend") : field?.labels?.[0];
  return label?.firstChild.textContent.trim() ?? { spans: byId("annotation-words").ariaLabel, passage: data.words.passage }[name] ?? name;
}

function inWords(name, value) {
  if (name === "spans" || name === "passage") return ranges(value).map(textOf).join(" […] ");
  if (name === "topics") return value.map(([, text]) => text).join(", ");
  if (Array.isArray(value)) return value[1];
  if (typeof value === "boolean") return value ? "✓" : "";
  const field = draft.field(name);
  const option = field?.options && [...field.options].find((one) => one.value === value);
  const radio = field instanceof RadioNodeList && [...field].find((one) => one.value === value);
  return option?.text ?? (radio ? radio.labels[0].textContent.trim() : value ?? "");
}

function takeIn(answer) {
  const focused = document.activeElement?.closest?.("[data-item]")?.dataset.item;
  const taken = list.take(answer);
  for (const key of taken) {
    const row = list.row(key);
    keys.hint(row);
    row.classList.toggle("entered", Boolean(keeping.entered(key)));
  }
  list.mark(current);
  if (taken.includes(focused)) list.focus(focused);
  // Who decided whom a name means has done so for the one that is in the form by now, too.
  if (draft && taken.includes(current) && isSame(draft.read(), base)) choose(current);
  tellAll(answer.said);
  paintText();
  renewBar();
}

/** What is said of the work on the article follows its acts, after a moment of calm. */
function renewBar() {
  const bar = document.querySelector(".queue-bar");
  if (!bar) return;
  clearTimeout(renewBar.waiting);
  renewBar.waiting = setTimeout(async () => {
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

/** The next suggestion left to decide, or none. */
function goOn(key) {
  const to = list.beside(key, 1, { open: true }) ?? list.beside(key, -1, { open: true });
  if (to) list.focus(to);
  else if (form) {
    current = NEW;
    choose(NEW);
    byId("suggestions").focus();
  }
}

function accept() {
  const item = list.items.get(current);
  if (!item || item.state !== "open") {
    if (draft && !isSame(draft.read(), base)) save();
    else if (!item) say(problem, data.words.nothingChosen);
    return;
  }
  const fields = draft.read();
  const isNamed = fields.speaker || fields.speaker_organization || fields.speaker_not_identified || fields.add_new_speaker;
  if (!isNamed) {
    tellText(data.words.asksForSpeaker, "warning");
    if (item.adds) form.querySelector("#id_add_new_speaker").focus();
    else byId("id_speaker") && openField("speaker");
    return;
  }
  save({ onward: true });
}

function reject() {
  const row = list.row(current);
  const asked = row?.querySelector('form[data-does="reject"], form[data-does="delete"]');
  if (asked) perform(asked);
  else say(problem, data.words.nothingChosen);
}

/** Sends a form of a row: reject, reopen, delete, submit, accept with another speaker. */
async function perform(asked, { remembered = true } = {}) {
  const { does } = asked.dataset;
  const row = asked.closest("li[id]");
  const key = row.closest("[data-item]")?.dataset.item ?? row.id;
  const item = list.items.get(key);
  if (sending.has(key)) return false;
  sending.add(key);
  row.classList.add("pending");
  if (does === "reject") goOn(key);
  try {
    const answer = await session.post(asked.action, new FormData(asked));
    takeIn(answer);
    if (answer.asks) {
      list.focus(`suggestion-${answer.asks}`);
      accept();
      return false;
    }
    const done = answer.gone.includes(key) || answer.saved;
    if (remembered && done && does === "reject") remember({ does, key, named: named(item.spans) });
    if (remembered && done && does === "delete") remember({ does, key, from: answer.items[0]?.data.key ?? NEW, fields: item.fields });
    if (remembered && answer.saved) {
      lastSaved = list.items.get(answer.saved).fields;
      remember({ does: "save", key, to: answer.saved, before: null, after: list.items.get(answer.saved).fields });
    }
    if (answer.gone.includes(current)) {
      if (does === "delete") choose(NEW);
      else goOn(key);
    } else if (current === key) {
      choose(key);
      list.focus(key);
    }
    return done;
  } catch (error) {
    complain(error);
    return false;
  } finally {
    sending.delete(key);
    list.row(key)?.classList.remove("pending");
  }
}

// Undo and redo

async function step(from, to, turn, nothing, said) {
  noteIfOpen();
  const entry = history[from].at(-1);
  if (!entry) {
    tellText(nothing);
    return;
  }
  const rest = history[from].slice(0, -1);
  if (!(await turn(entry))) return;
  history = { ...history, [from]: rest, [to]: [...history[to], entry] };
  keeping.history = history;
  tellText(fill(said, { what: inShort(entry) }));
}

function noteIfOpen() {
  if (draft) noteChange();
}

function inShort(entry) {
  const spans = entry.after?.spans ?? entry.fields?.spans ?? "";
  const told = { words: entry.named ?? named(ranges(spans)) };
  const sentence = { edit: "wasEdited", save: "wasSaved", reject: "wasRejected", delete: "wasDeleted" }[entry.does];
  return fill(data.words[sentence], told);
}

const takeBack = {
  edit: (entry) => putInForm(entry.key, entry.before),
  async save(entry) {
    if (entry.before) return putOnRecord(entry.to, entry.before);
    const asked = list.row(entry.to)?.querySelector('form[data-does="delete"]');
    if (!asked || !(await perform(asked, { remembered: false }))) return impossible();
    keeping.enter(entry.key, isSame(entry.after, list.items.get(entry.key)?.fields) ? null : entry.after);
    if (!list.focus(entry.key)) choose(entry.key);
    return true;
  },
  async reject(entry) {
    const asked = list.row(entry.key.replace("suggestion-", "rejected-"))?.querySelector("form");
    if (!asked || (await perform(asked, { remembered: false })) === false) return impossible();
    list.focus(entry.key);
    return true;
  },
  async delete(entry) {
    return putOnRecord(entry.from, entry.fields, entry);
  },
};

const repeat = {
  edit: (entry) => putInForm(entry.key, entry.after),
  save: (entry) => putOnRecord(entry.key, entry.after, entry),
  async reject(entry) {
    const asked = list.row(entry.key)?.querySelector('form[data-does="reject"]');
    return asked ? perform(asked, { remembered: false }) : impossible();
  },
  async delete(entry) {
    const asked = list.row(entry.key)?.querySelector('form[data-does="delete"]');
    return asked ? perform(asked, { remembered: false }) : impossible();
  },
};

function impossible() {
  tellText(data.words.cannotUndo, "warning");
  return false;
}

function putInForm(key, fields) {
  if (key !== NEW && !list.row(key)) return impossible();
  if (current !== key && !list.focus(key)) choose(key);
  draft.write({ ...fields, seen: base.seen });
  last = draft.read();
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
    const answer = await session.post(item?.address ?? data.newAddress, sent({ ...completed(fields), seen, accept_warnings: true, add_new_speaker: false }));
    if (answer.refused) return impossible();
    takeIn(answer);
    if (entry) rename(entry.does === "delete" ? entry.key : entry.to, answer.saved);
    keeping.enter(key, null);
    list.focus(answer.saved);
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

function rename(was, now) {
  for (const entry of [...history.done, ...history.undone]) {
    for (const name of ["key", "to"]) if (entry[name] === was) entry[name] = now;
  }
}

// Keys and buttons

function openField(name) {
  const field = draft?.field(name);
  if (!field) return;
  field.closest("details")?.setAttribute("open", "");
  if (field.matches("select.admin-autocomplete")) {
    window.django.jQuery(field).select2("open");
    // At once: what is typed next are letters, not keys.
    document.querySelector(".select2-container--open .select2-search__field")?.focus();
  }
  else {
    field.focus();
    field.select?.();
  }
}

function setKind(kind) {
  if (draft) change({ kind });
}

function move(by, options) {
  const to = list.beside(current === NEW ? null : current, by, options);
  if (to) list.focus(to);
}

async function moveBody(side) {
  say(problem, "");
  const { range } = selecting;
  if (!range) {
    say(problem, data.words.nothingSelected);
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
      say(problem, moved.reason);
      return;
    }
    data.body = moved.body;
    handles?.place();
    paintText();
    say(warning, moved.said);
    await refresh();
  } catch (error) {
    complain(error);
  }
}

const does = {
  next: () => move(1),
  previous: () => move(-1),
  "next-open": () => move(1, { open: true }),
  accept,
  correct: () => form?.querySelector("[name=kind]:checked").focus(),
  reject,
  direct: () => setKind("direct"),
  indirect: () => setKind("indirect"),
  mixed: () => setKind("mixed"),
  "end-shrink": () => resize("end", -1),
  "end-grow": () => resize("end", 1),
  "start-grow": () => resize("start", 1),
  "start-shrink": () => resize("start", -1),
  cursor: () => cursor.enter((draft && ranges(draft.field("spans").value)[0]?.[0]) ?? data.body[0]),
  quote: () => draft && take(useAsQuote),
  part: () => draft && take(addPart),
  "part-less": () => {
    const spans = ranges(draft?.field("spans").value ?? "");
    if (spans.length > 1) change({ spans: written(spans.slice(0, -1)) });
  },
  passage: () => draft && take(usePassage),
  attribution: () => {
    if (selecting.range) change({ attribution: textOf(selecting.range).trim() });
    else say(problem, data.words.nothingSelected);
  },
  find: () => byId("annotation-sought")?.focus(),
  speaker: () => openField("speaker"),
  date: () => openField("spoken"),
  meeting: () => openField("meeting"),
  "not-named": () => draft && change({ occasion_not_named: !draft.field("occasion_not_named").checked, meeting: null }),
  topic: () => openField("topics"),
  label: () => openField("label"),
  new: () => {
    choose(NEW);
    byId("annotation-new").scrollIntoView({ block: "nearest" });
  },
  undo: () => step("done", "undone", (entry) => takeBack[entry.does](entry), data.words.nothingToUndo, data.words.undone),
  redo: () => step("undone", "done", (entry) => repeat[entry.does](entry), data.words.nothingToRedo, data.words.redone),
  save: () => save({ onward: current.startsWith("suggestion-") }),
  submit: () => {
    const asked = list.row(current)?.querySelector('form[data-does="submit"]');
    if (asked) perform(asked);
    else say(problem, data.words.nothingChosen);
  },
  finish: async () => {
    clearTimeout(renewBar.waiting);
    await session.last;
    const asked = document.querySelector('.queue-bar form[action*="finish"]');
    if (!asked) return;
    asked.elements.outcome.value = list.rows.querySelector(".statement") ? "annotated" : "no_statements";
    asked.requestSubmit();
  },
  "body-start": () => moveBody("start"),
  "body-end": () => moveBody("end"),
  help: () => keys.show(),
};

/** Esc leads out of whatever one is in, back to the list. */
function leave(event) {
  if (cursor.active) cursor.leave();
  else if (event.target.closest?.(".select2-container--open")) return;
  event.target.blur?.();
  if (!list.focus(current)) byId("suggestions").focus();
}

const keys = new Keys(does, data.keys, { cursor: () => cursor.active, leave });

/** Asks from time to time until the machine has read the text; what is chosen or typed meanwhile stays as it is. */
async function refresh() {
  const answer = await session.ask(data.itemsAddress);
  if (!answer.read) {
    await_(WAIT.first);
    return;
  }
  byId("suggestions-awaited")?.remove();
  const there = new Set(answer.items.map(({ data: item }) => item.key));
  const focused = document.activeElement?.dataset?.item;
  takeIn({ ...answer, gone: list.keys.filter((key) => !there.has(key)) });
  if (focused) list.focus(focused);
}

function await_(delay) {
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
    await_(Math.min(WAIT.longest, delay * WAIT.growth));
  }, delay);
}

function start() {
  document.body.classList.add("scripted");
  if (byId("annotation-body")) {
    handles = new Handles(pane, node, offsets, {
      words, body: () => data.body, preview: paintBody, names: [data.words.bodyStart, data.words.bodyEnd],
      move: async (bounds) => {
        await setBody(bounds);
        paintText();
      },
    });
  }
  if (!painting.able) say(warning, data.words.noPainting);
  for (const bar of document.querySelectorAll(".annotation-bar, .annotation-find")) bar.hidden = false;
  paintText();
  for (const key of list.keys) if (keeping.entered(key)) list.row(key).classList.add("entered");
  // A chosen row grows: were it chosen while the pointer is down, its button would be gone before the click.
  let isPressed = false;
  list.rows.addEventListener("pointerdown", () => { isPressed = true; });
  for (const over of ["pointerup", "pointercancel"]) document.addEventListener(over, () => { isPressed = false; });
  list.rows.addEventListener("focusin", (event) => {
    const { item: key } = event.target.closest("[data-item]").dataset;
    const follow = () => { if (key !== current || !form) choose(key); };
    if (isPressed) document.addEventListener("pointerup", () => setTimeout(follow), { once: true });
    else follow();
  });
  pane.addEventListener("click", () => {
    const { anchorNode, anchorOffset, isCollapsed } = document.getSelection();
    if (!isCollapsed || anchorNode !== node) return;
    const point = offsets.toPoint(anchorOffset);
    const at = [...list.items.values()].filter(({ spans }) => spans.some(([from, to]) => from <= point && point < to));
    const length = ({ spans }) => spans.at(-1)[1] - spans[0][0];
    const [closest] = at.sort((one, other) => length(one) - length(other));
    if (closest) list.focus(closest.key);
  });
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-press]");
    if (!pressed || pressed.matches("[type=submit]")) return;
    if (pressed.matches("a.plain")) return;
    event.preventDefault();
    does[pressed.dataset.press]?.();
  });
  // The suggestions and their forms may come later than the page.
  document.addEventListener("submit", (event) => {
    const asked = event.target;
    if (asked.matches("#annotation-form, #annotation-find, #annotation-body, form[data-does]")) event.preventDefault();
    if (asked === form) save({ onward: false });
    else if (asked.id === "annotation-find") {
      say(problem, "");
      if (!selecting.select(asked.elements.namedItem("annotation-sought").value)) say(problem, data.words.notInText);
    } else if (asked.dataset.does === "take") {
      list.focus(asked.closest("[data-item]").dataset.item);
      accept();
    } else if (asked.dataset.does) perform(asked);
  });
  if (byId("suggestions-awaited")) await_(WAIT.first);
  if (form) startForm();
  else list.focus(data.at && `suggestion-${data.at}`);
}

/** What a field that searches is called, it does not say by itself. */
function nameFields() {
  for (const select of form.querySelectorAll("select.admin-autocomplete")) {
    const name = select.labels[0]?.textContent.trim();
    const shown = select.parentElement.querySelector(".select2-container");
    for (const part of shown?.querySelectorAll('[role="combobox"], [role="textbox"], input') ?? []) part.setAttribute("aria-label", name);
  }
}

function startForm() {
  window.django?.jQuery?.(form).on("change", noteChange);
  window.django?.jQuery?.(form).on("select2:select", "select:not([multiple])", () => list.focus(current));
  window.django?.jQuery?.(form).on("select2:close", "select:not([multiple])", () => setTimeout(() => {
    // Who has chosen goes on by key; who has clicked elsewhere stays there.
    if (document.activeElement.matches("body, .select2-selection")) list.focus(current);
  }));
  const reaches = { read: () => draft.read(), put: change, attach, current: () => current };
  findSpeakers(draft.field("speaker"), data.addresses.speakers, reaches);
  nameFields();
  current = data.editing ? `quote-${data.editing}` : data.correcting ? `suggestion-${data.correcting}` : NEW;
  if (data.refused) {
    base = completed(list.items.get(current)?.fields);
    last = draft.read();
    list.mark(current);
    show();
  } else {
    const meant = data.at ? `suggestion-${data.at}` : location.hash.slice(1);
    if (!list.row(meant) || !list.focus(meant)) choose(current);
    if (data.correcting) list.focus(current);
  }
  assist = new Assist(session, data.addresses, data.words, reaches);
  look();
  // What nobody saved is not left by a stray click, though it would be kept.
  window.addEventListener("beforeunload", (event) => {
    if (isSame(draft.read(), base) && !sending.size) return;
    keep();
    event.preventDefault();
  });
}

/** The words that a reviewer's return points at: `#at-START-END`, in code points. */
function selectNamed() {
  const named = location.hash.match(/^#at-(\d+)-(\d+)$/)?.slice(1).map(Number);
  if (named && named[0] < named[1] && named[1] <= data.length) selecting.take(named);
}

if (offsets.points === data.length) {
  // The admin's own scripts make the fields that search first: no key before that.
  (window.django?.jQuery ?? ((act) => act()))(() => {
    start();
    selectNamed();
  });
  window.addEventListener("hashchange", selectNamed);
} else {
  say(problem, data.words.otherText);
}
