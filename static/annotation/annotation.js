/** The annotation page: text, list and form as one. Here it begins; each part says what it does. */
import { attach, awaitSuggestions, isActing } from "./acting.js";
import { Assist, findSpeakers } from "./assist.js";
import { completed, isSame } from "./draft.js";
import { change, choose, copies, keep, look, noteChange, now, offerLost, show } from "./filling.js";
import { showHandles } from "./marking.js";
import { byId, data, draft, form, list, NEW, node, offsets, painting, paintText, pane, selecting, session } from "./page.js";
import { bePresent } from "./presence.js";
import { keys, leaveSearch, takePresses } from "./pressing.js";
import { note, object } from "./saying.js";

/** From now on the page does what it is asked to; "scripted" says so, to its style and to whoever waits for it. */
function start() {
  showHandles();
  if (!painting.able) note(data.words.noPainting);
  for (const bar of document.querySelectorAll(".annotation-bar, .annotation-find")) bar.hidden = false;
  paintText();
  for (const key of copies.keys) list.row(key)?.classList.add("entered");
  followFocus();
  followClicks();
  takePresses();
  if (byId("suggestions-awaited")) awaitSuggestions();
  if (form) startForm();
  else list.focus(data.at && `suggestion-${data.at}`);
  document.body.classList.add("scripted");
  keys.listen();
}

/** What has the focus in the list is what the form is about. */
function followFocus() {
  // A row that opens under the mouse moves the button that is being pressed.
  let isPressing = false;
  list.rows.addEventListener("pointerdown", (event) => {
    isPressing = Boolean(event.target.closest("button, a, summary"));
  });
  list.rows.addEventListener("focusin", (event) => {
    const { item: key } = event.target.closest("[data-item]").dataset;
    if ((key !== now.key || !form) && !isPressing) choose(key);
    isPressing = false;
  });
}

/** A click on words in the text leads to their item; of several to the shortest. */
function followClicks() {
  pane.addEventListener("click", () => {
    const { anchorNode, anchorOffset, isCollapsed } = document.getSelection();
    if (!isCollapsed || anchorNode !== node) return;
    const point = offsets.toPoint(anchorOffset);
    const at = [...list.items.values()].filter(({ spans }) => spans.some(([from, to]) => from <= point && point < to));
    const length = ({ spans }) => spans.at(-1)[1] - spans[0][0];
    const [closest] = at.sort((one, other) => length(one) - length(other));
    if (closest) list.focus(closest.key);
  });
}

function startForm() {
  const $ = window.django?.jQuery;
  $?.(form).on("change", noteChange);
  // Who has chosen goes on by key.
  $?.(form).on("select2:select", "select:not([multiple])", leaveSearch);
  // What is typed is kept while it is typed, not only once the field is left.
  form.addEventListener("input", keepTyped);
  const reaches = { read: () => draft.read(), put: change, attach };
  findSpeakers(draft.field("speaker"), data.addresses.speakers, reaches);
  nameFields();
  fillFirst();
  now.assist = new Assist(session, data.addresses, data.words, reaches);
  look();
  copies.begin();
  offerLost();
  bePresent(session, data.addresses.here, byId("annotation-others"), { current: () => now.key, words: data.words });
  // What nobody saved is not left by a stray click, though it is kept.
  window.addEventListener("beforeunload", (event) => {
    noteChange();
    if (isSame(draft.read(), now.base) && !isActing()) return;
    keep();
    event.preventDefault();
  });
}

/** Letters count as one change once the field is left; until then they are only kept. */
function keepTyped() {
  const typed = draft.read();
  if (!isSame(typed, now.base)) copies.enter(now.key, typed);
}

/** The item that the address names, else a new quote; what the server has refused stays as it was sent. */
function fillFirst() {
  const first = data.editing ? `quote-${data.editing}` : data.correcting ? `suggestion-${data.correcting}` : NEW;
  if (data.refused) {
    now.key = first;
    now.base = completed(list.items.get(first)?.fields);
    now.last = draft.read();
    list.mark(first);
    show();
    return;
  }
  const meant = data.at ? `suggestion-${data.at}` : location.hash.slice(1);
  if (!list.row(meant) || !list.focus(meant)) choose(first);
  if (data.correcting) list.focus(first);
}

/** What a field that searches is called, it does not say by itself. */
function nameFields() {
  for (const select of form.querySelectorAll("select.admin-autocomplete")) {
    const name = select.labels[0]?.textContent.trim();
    const shown = select.parentElement.querySelector(".select2-container");
    for (const part of shown?.querySelectorAll('[role="combobox"], [role="textbox"], input') ?? []) part.setAttribute("aria-label", name);
  }
}

/** The words that a reviewer's return points at: `#at-START-END`, in code points. */
function selectNamed() {
  const range = location.hash.match(/^#at-(\d+)-(\d+)$/)?.slice(1).map(Number);
  if (range && range[0] < range[1] && range[1] <= data.length) selecting.take(range);
}

if (offsets.points === data.length) {
  // The admin's own scripts make the fields that search first: no key before that.
  (window.django?.jQuery ?? ((act) => act()))(() => {
    start();
    selectNamed();
  });
  window.addEventListener("hashchange", selectNamed);
} else {
  object(data.words.otherText);
}
