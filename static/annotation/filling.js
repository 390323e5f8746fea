/** The form: which item it is filled in from, what was entered there, and how it looks. */
import { followForm } from "./conflict.js";
import { Copies } from "./copies.js";
import { completed, isSame, ranges, written } from "./draft.js";
import { byId, data, draft, form, isQuote, list, NEW, paintChosen, selecting, session, textOf } from "./page.js";
import { isWithin } from "./placing.js";
import { button, clearSaid, fill, link, made, namedIn, note, object, tellText } from "./saying.js";
import { remember } from "./undoing.js";

/** What the form is about now. */
export const now = {
  /** The key of an item, or "new". */
  key: NEW,
  /** What the form held when it was filled in, and when it was last looked at. */
  base: completed(),
  last: completed(),
  /** What was saved last, whose date and occasion the next one probably has. */
  lastSaved: data.defaults,
  /** Asks the server about what is entered; null until the form is ready. */
  assist: null,
};

export const copies = new Copies({
  session, address: data.addresses.copies, user: data.user, snapshot: data.snapshot, kept: data.copies, told: tellKept, overtaken,
});

/** Where what is entered lies, as long as it is unsaved. */
function tellKept(state) {
  const place = byId("annotation-kept");
  if (!place) return;
  const { words } = data;
  const sentences = { kept: words.kept, here: words.keptHere, loggedOut: words.keptLoggedOut, "": "" };
  if (place.dataset.state === state) return;
  place.dataset.state = state;
  place.replaceChildren(sentences[state]);
  if (state === "loggedOut") place.append(" ", link(data.loginAddress, words.logIn));
}

/** Another tab of the same person has gone on with the same form; which version stays, is theirs to say. */
function overtaken(key, content, reason) {
  if (key !== now.key) return;
  const take = button(data.words.takeOther, () => {
    note("");
    change(content);
  });
  note(reason, " ", ...(content ? [take] : []));
}

/** What was entered for an item that is no longer in the list can become a new quote, or be given up. */
export function offerLost() {
  const [key] = copies.keys.filter((one) => one !== NEW && !list.items.has(one));
  if (!key) return;
  const entered = copies.entered(key);
  const take = button(data.words.asNewQuote, () => {
    note("");
    choose(NEW);
    change({ ...entered, seen: "" });
    copies.enter(key, null);
  });
  const giveUp = button(data.words.giveUp, () => {
    copies.enter(key, null);
    note("");
    offerLost();
  });
  note(fill(data.words.lost, { words: namedIn(entered.spans) }), " ", take, " ", giveUp);
}

/** Fills the form in from an item, or with nothing; what was entered for it and not saved comes back. */
export function choose(key) {
  const item = list.items.get(key);
  list.mark(key);
  if (item) selecting.reveal(item.spans[0]);
  if (!form) {
    paintChosen(item?.spans ?? [], []);
    return;
  }
  now.key = key;
  clearSaid();
  now.base = completed(withLast(key, item?.fields));
  const entered = copies.entered(key);
  now.last = completed(entered ?? now.base);
  draft.write(now.last);
  if (entered) tellText(copies.isOutdated(key) ? data.words.restoredOutdated : data.words.restored);
  frame(item);
  show();
}

/** A statement that nobody has dated yet was probably made when and where the one saved last was. */
function withLast(key, fields = {}) {
  if (isQuote(key)) return fields;
  const { meeting, occasion_not_named, spoken, spoken_known, spoken_evidence } = now.lastSaved;
  const filled = { ...fields };
  if (meeting || occasion_not_named) Object.assign(filled, { meeting, occasion_not_named });
  if (spoken) Object.assign(filled, { spoken, spoken_known, spoken_evidence });
  return filled;
}

/** What stands around the fields: which item it is, and what it asks. */
function frame(item) {
  const { words } = data;
  const { lastSaved } = now;
  byId("annotation-new").textContent = !item ? words.newQuote : item.state === "open" ? words.correct : words.change;
  byId("annotation-published").hidden = item?.state !== "published";
  const asLast = byId("annotation-as-last");
  asLast.hidden = isQuote(now.key) || !(lastSaved.spoken || lastSaved.meeting || lastSaved.occasion_not_named);
  asLast.textContent = lastSaved.from ?? words.asLast;
  form.querySelector(".new-speaker").hidden = !item?.adds;
  const { speaker_organization, speaker_not_identified, tenure } = now.last;
  if (speaker_organization || speaker_not_identified || tenure) form.querySelector("details").open = true;
  form.querySelector(".annotation-cancel")?.remove();
}

/** The list of chosen words, and their paint. */
export function show() {
  const spans = ranges(draft.field("spans").value);
  const passage = ranges(draft.field("passage").value);
  byId("annotation-words").replaceChildren(
    ...spans.map((span) => wordsRow(textOf(span), span, "", { spans: written(spans.filter((other) => other !== span)) })),
    ...passage.map((span) => wordsRow(`${data.words.passage}: ${textOf(span)}`, span, "passage", { passage: "" })),
  );
  byId("annotation-none").hidden = spans.length > 0;
  form.querySelector(".annotation-ends").hidden = spans.length === 0;
  paintChosen(spans, passage);
  if (passage.some((range) => !isWithin(spans, range))) object(data.words.passageOutside);
  look();
}

function wordsRow(text, [start, end], kind, without) {
  const remove = button(data.words.remove, () => {
    object();
    change(without);
  });
  const where = made("span", { className: "offsets", textContent: fill(data.words.characters, { start, end }) });
  return made("div", {}, made("p", { className: kind, textContent: text }), where, " ", remove);
}

/** Has the server asked what it knows of what the form holds now. */
export function look() {
  now.assist?.look({ adds: list.items.get(now.key)?.adds, isNew: !isQuote(now.key) });
}

/** Changes some fields, as a person would. */
export function change(fields) {
  draft.write({ ...draft.read(), ...fields });
  noteChange();
  show();
}

/** What was entered is kept at once, and can be undone. */
export function noteChange() {
  if (!draft) return;
  const read = draft.read();
  if (isSame(read, now.last)) return;
  remember({ does: "edit", key: now.key, before: now.last, after: read });
  now.last = read;
  followForm(read);
  keep();
  look();
}

/** What the form holds and was not saved is kept. */
export function keep() {
  const dirty = !isSame(now.last, now.base);
  copies.enter(now.key, dirty ? now.last : null);
  list.row(now.key)?.classList.toggle("entered", dirty);
}
