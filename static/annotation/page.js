/** What the annotation page is made of: what the server has given, the elements, and the parts that work on them. */
import { Draft } from "./draft.js";
import { List } from "./list.js";
import { Offsets } from "./offsets.js";
import { Painting } from "./painting.js";
import { Selecting } from "./selecting.js";
import { Session } from "./session.js";
import { Words } from "./words.js";

export const byId = (id) => document.getElementById(id);
export const data = JSON.parse(byId("annotation-data").textContent);
export const pane = byId("annotation-text");
export const node = pane.firstChild;
export const offsets = new Offsets(node.data);
export const painting = new Painting(node, offsets);
export const selecting = new Selecting(pane, node, offsets);
export const words = new Words(node.data, offsets);
export const session = new Session(data.tokenAddress, data.words, data.user);
export const list = new List(byId("suggestion-list"), data.items);
/** Null for those who only look. */
export const form = byId("annotation-form");
export const draft = form ? new Draft(form) : null;
/** What stands for the key of an item in a form that makes a new quote. */
export const NEW = "new";

/** The text of a range of code points. */
export function textOf([start, end]) {
  return node.data.slice(offsets.toUnit(start), offsets.toUnit(end));
}

/** Whether a key is one of a suggestion that waits to be decided on. */
export function isSuggestion(key) {
  return key.startsWith("suggestion-");
}

/** Whether a key is one of a quote that was saved. */
export function isQuote(key) {
  return key.startsWith("quote-");
}

/** The number or public id in an item's key. */
export function numberOf(key) {
  return key.slice(key.indexOf("-") + 1);
}

export function paintBody([start, end]) {
  painting.paint("outside", [[0, start], [end, data.length]].filter(([from, to]) => from < to));
}

export function paintText() {
  paintBody(data.body);
  painting.paintItems(list.items.values());
}

export function paintChosen(spans, passage) {
  painting.paint("chosen", spans, 4);
  painting.paint("passage", passage, 5);
}
