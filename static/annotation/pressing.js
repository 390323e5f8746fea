/** What each key and button of the annotation page does. */
import { accept, finish, perform, reject, save, submit } from "./acting.js";
import { change, choose, now } from "./filling.js";
import { Keys } from "./keys.js";
import { cursor, dropPart, enterText, markAttribution, markPart, markPassage, markQuote, moveBody, resize } from "./marking.js";
import { byId, data, draft, form, isSuggestion, list, NEW, selecting } from "./page.js";
import { object } from "./saying.js";
import { redo, undo } from "./undoing.js";

/** Milliseconds within which a field that searches takes the focus back when it closes. */
const AFTER_SELECT2 = 10;

/** Leads into a field; letters typed right after the key are letters. */
export function openField(name) {
  const field = draft?.field(name);
  if (!field) return;
  field.closest("details")?.setAttribute("open", "");
  if (field.matches("select.admin-autocomplete")) {
    window.django.jQuery(field).select2("open");
    document.querySelector(".select2-container--open .select2-search__field")?.focus();
  } else {
    field.focus();
    field.select?.();
  }
}

function move(by, options) {
  const to = list.beside(now.key === NEW ? null : now.key, by, options);
  if (to) list.focus(to);
}

function setKind(kind) {
  if (draft) change({ kind });
}

/** Presses what stands in the bar above the panes, if it stands there now. */
function pressInBar(id) {
  document.querySelector(`.queue-bar [data-press="${id}"]`)?.click();
}

const forWriters = (act) => () => draft && act();

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
  cursor: enterText,
  quote: forWriters(markQuote),
  part: forWriters(markPart),
  "part-less": forWriters(dropPart),
  passage: forWriters(markPassage),
  attribution: forWriters(markAttribution),
  find: () => byId("annotation-sought")?.focus(),
  speaker: () => openField("speaker"),
  date: () => openField("spoken"),
  meeting: () => openField("meeting"),
  "not-named": forWriters(() => change({ occasion_not_named: !draft.field("occasion_not_named").checked, meeting: null })),
  topic: () => openField("topics"),
  label: () => openField("label"),
  new: forWriters(() => {
    choose(NEW);
    byId("annotation-new").scrollIntoView({ block: "nearest" });
  }),
  undo,
  redo,
  save: () => save({ onward: isSuggestion(now.key) }),
  submit,
  finish,
  "body-start": () => moveBody("start"),
  "body-end": () => moveBody("end"),
  begin: () => pressInBar("begin"),
  skip: () => {
    const reason = document.querySelector("#skip-reason");
    reason?.closest("details").setAttribute("open", "");
    reason?.focus();
  },
  "next-article": () => pressInBar("next-article"),
  help: () => keys.show(),
};

/** Esc leads out of whatever one is in, back to the list. */
function leave(event) {
  if (cursor.active) cursor.leave();
  if (event.target.closest?.(".select2-container, .select2-dropdown")) leaveSearch();
  else leaveForm();
}

/** Back to the list, where keys are keys. */
function leaveForm() {
  document.activeElement.blur();
  if (!list.focus(now.key)) byId("suggestions").focus();
}

/** The same, once a field that searches has closed and would have the focus back. */
export function leaveSearch() {
  setTimeout(leaveForm, AFTER_SELECT2);
}

export const keys = new Keys(data.user, does, data.keys, { cursor: () => cursor.active, leave });

/** Buttons and the forms of the rows do what the keys do. */
export function takePresses() {
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-press]");
    if (!pressed || pressed.matches("[type=submit], a.plain")) return;
    event.preventDefault();
    // The mouse means the row it is on, whichever one is in the form.
    const key = pressed.closest("[data-item]")?.dataset.item;
    if (key && key !== now.key) list.focus(key);
    does[pressed.dataset.press]?.();
  });
  // The suggestions and their forms may come later than the page.
  document.addEventListener("submit", (event) => {
    const asked = event.target;
    if (asked.matches("#annotation-form, #annotation-find, #annotation-body, form[data-does]")) event.preventDefault();
    if (asked === form) save();
    else if (asked.id === "annotation-find") find(asked.elements.namedItem("annotation-sought").value);
    else if (asked.dataset.does === "take") {
      list.focus(asked.closest("[data-item]").dataset.item);
      accept();
    } else if (asked.dataset.does === "accept") acceptWith(asked);
    else if (asked.dataset.does) perform(asked);
  });
}

/** Accepts with another speaker than the machine proposed; what else was entered counts, too. */
function acceptWith({ dataset: { chosen, record, name }, parentElement }) {
  list.focus(parentElement.closest("[data-item]").dataset.item);
  const nobody = { speaker: null, speaker_organization: null, speaker_not_identified: false, add_new_speaker: false };
  change({ ...nobody, [chosen]: [Number(record), name] });
  accept();
}

function find(typed) {
  object();
  if (!selecting.select(typed)) object(data.words.notInText);
}
