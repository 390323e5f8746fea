/** The annotation page: a selection in the text becomes a span of the form; what is marked is painted. */
import { Offsets } from "./offsets.js";
import { Painting } from "./painting.js";
import { findWords } from "./finding.js";
import { isWithin, overlaps } from "./placing.js";
import { Session, Trouble } from "./session.js";
import { Suggestions } from "./suggesting.js";

const data = JSON.parse(document.getElementById("annotation-data").textContent);
const pane = document.getElementById("annotation-text");
const node = pane.firstChild;
const offsets = new Offsets(node.data);
const painting = new Painting(node, offsets);
const problem = document.getElementById("annotation-problem");
const warning = document.getElementById("annotation-warning");
const list = document.getElementById("annotation-words");
const form = document.getElementById("annotation-form");
const session = new Session(data.tokenAddress, data.words);

/** The spans of the quote being written, in text order, and its passage: pairs of code points. */
let spans = readField("spans");
let passage = readField("passage");
/** The last selection made in the text; choosing a button must not lose it. */
let selected = null;
/** What was typed to be found last, and the unit at which it was found. */
let lastFound = { typed: "", start: -1 };
/** The form that is on its way to the server. */
let sending = null;
const suggestions = new Suggestions(document.getElementById("suggestion-list"), data, { painting, reveal });

function readField(name) {
  const field = form?.elements.namedItem(name);
  if (!field?.value) return [];
  return field.value.split(",").map((part) => part.split("-").map(Number));
}

function writeField(name, ranges) {
  form.elements.namedItem(name).value = ranges.map((range) => range.join("-")).join(",");
}

function textOf([start, end]) {
  return node.data.slice(offsets.toUnit(start), offsets.toUnit(end));
}

/** Shows the text, with a link behind it where there is somewhere to go; a link opens beside the form, not instead. */
function say(element, text, address, follow) {
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

/** Says what went wrong; what is no Trouble is a defect of ours and goes on to the console. */
function complain(trouble) {
  if (!(trouble instanceof Trouble)) throw trouble;
  say(problem, trouble.message, trouble.loggedOut && data.loginAddress, data.words.logIn);
  problem.scrollIntoView({ block: "nearest" });
}

function warn(overlapping) {
  warning.replaceChildren(
    ...overlapping.map(({ sentence, address }) => {
      const paragraph = document.createElement("p");
      say(paragraph, sentence, address, data.words.thatQuote);
      return paragraph;
    }),
  );
}

function fill(template, values) {
  return template.replace(/%\((\w+)\)s/g, (_whole, name) => values[name]);
}

/**
 * The selection as code points. Where the mouse left the text before it was let go, the last selection that lay in the
 * text counts, not everything up to the text's end.
 */
function currentSelection() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return selected;
  const range = selection.getRangeAt(0);
  if (!pane.contains(range.startContainer) && !pane.contains(range.endContainer)) return selected;
  const start = offsets.toPoint(unitIn(range.startContainer, range.startOffset));
  const end = offsets.toPoint(unitIn(range.endContainer, range.endOffset));
  const strays = range.startContainer !== node || range.endContainer !== node;
  if (strays && selected && (selected[0] === start || selected[1] === end)) return selected;
  return [start, end];
}

/** A selection may begin or end outside the one text node: beyond it counts as its end, before it as its start. */
function unitIn(container, offset) {
  if (container === node) return offset;
  const point = document.createRange();
  point.setStart(container, offset);
  return point.comparePoint(node, 0) < 0 ? node.data.length : 0;
}

async function anchorOf(range) {
  const address = new URL(data.anchorAddress, location.href);
  address.searchParams.set("start", range[0]);
  address.searchParams.set("end", range[1]);
  address.searchParams.set("quote", data.editing);
  return session.ask(address);
}

/**
 * Asks the server what the selection would become, and gives it to `use` if it can be quoted. `use` answers with the
 * reason where it does not fit to what was chosen before.
 */
async function choose(use) {
  say(problem, "");
  say(warning, "");
  if (!selected) {
    say(problem, data.words.nothingSelected);
    return;
  }
  try {
    const found = await anchorOf(selected);
    const refusal = found.reason ?? use([found.start, found.end]);
    if (refusal) {
      say(problem, refusal);
      return;
    }
    warn(found.overlaps);
    tellOfStrayPassage();
  } catch (error) {
    complain(error);
  }
  show();
}

/** A passage outside the quote's words can't be saved; it stays listed, so that its words are not lost. */
function tellOfStrayPassage() {
  if (passage.some((range) => !isWithin(spans, range))) say(problem, data.words.passageOutside);
}

function show() {
  writeField("spans", spans);
  writeField("passage", passage);
  list.replaceChildren(...spans.map(spanRow), ...passage.map(passageRow));
  painting.paint("chosen", spans, 4);
  painting.paint("passage", passage, 5);
}

function spanRow(span) {
  return row(textOf(span), span, "", () => {
    spans = spans.filter((other) => other !== span);
  });
}

function passageRow(range) {
  return row(`${data.words.passage}: ${textOf(range)}`, range, "passage", () => {
    passage = [];
  });
}

function row(text, [start, end], kind, remove) {
  const item = document.createElement("div");
  const words = document.createElement("p");
  words.className = kind;
  words.textContent = text;
  const where = document.createElement("span");
  where.className = "offsets";
  where.textContent = fill(data.words.characters, { start, end });
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = data.words.remove;
  button.addEventListener("click", () => {
    remove();
    say(problem, "");
    tellOfStrayPassage();
    show();
  });
  item.append(words, where, " ", button);
  return item;
}

function paintRecord() {
  const [start, end] = data.body;
  painting.paint("outside", [[0, start], [end, data.length]].filter(([from, to]) => from < to));
  for (const kind of ["direct", "indirect", "mixed"]) {
    const ranges = data.quotes.filter((quote) => quote.kind === kind && quote.id !== data.editing);
    painting.paint(kind, ranges.flatMap((quote) => quote.spans), 1);
  }
}

/** Selects the words that were typed, from the last ones found on, so that Enter goes from place to place. */
function selectTyped(event) {
  event.preventDefault();
  say(problem, "");
  const typed = event.target.elements.namedItem("annotation-sought").value;
  const from = lastFound.typed === typed ? lastFound.start + 1 : 0;
  const range = findWords(node.data, typed, from) ?? findWords(node.data, typed, 0);
  if (!range) {
    selected = null;
    document.getSelection().removeAllRanges();
    say(problem, data.words.notInText);
    return;
  }
  document.getSelection().setBaseAndExtent(node, range[0], node, range[1]);
  pane.scrollTop += belowTheUpperThird(range);
  selected = range.map((unit) => offsets.toPoint(unit));
  lastFound = { typed, start: range[0] };
}

/** Brings a range of code points into sight, unless it is. */
function reveal([start, end]) {
  const units = [offsets.toUnit(start), offsets.toUnit(end)];
  const below = belowTheUpperThird(units);
  const third = pane.clientHeight / 3;
  if (below < -third || below > third * 1.5) pane.scrollTop += below;
}

/** How far the words lie below the upper third of the pane, in pixels. */
function belowTheUpperThird([start, end]) {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  const place = range.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  return place.top - frame.top - frame.height / 3;
}

const acts = {
  quote: () => choose((span) => { spans = [span]; }),
  part: () => choose((span) => {
    if (overlaps(spans, span)) return data.words.partsOverlap;
    spans = [...spans, span].sort((one, other) => one[0] - other[0]);
  }),
  passage: () => choose((range) => {
    if (!isWithin(spans, range)) return data.words.passageOutside;
    passage = [range];
  }),
  attribution: () => {
    if (selected) form.elements.namedItem("attribution").value = textOf(selected).trim();
    else say(problem, data.words.nothingSelected);
  },
  "body-start": (button) => moveBody(button, [selected?.[0], data.body[1]]),
  "body-end": (button) => moveBody(button, [data.body[0], selected?.[1]]),
};

async function moveBody(button, [start, end]) {
  say(problem, "");
  if (!selected) {
    say(problem, data.words.nothingSelected);
    return;
  }
  try {
    await session.renew();
    const bounds = new FormData(button.form);
    bounds.set("start", start);
    bounds.set("end", end);
    const moved = await session.ask(button.form.action, { method: "POST", body: bounds });
    if (moved.reason) {
      say(problem, moved.reason);
      return;
    }
    data.body = moved.body;
    paintRecord();
    say(warning, moved.said);
    suggestions.fetch(session);
  } catch (error) {
    complain(error);
  }
}

/** Sends a form of the page, once, if somebody is still logged in; else it stays as it was filled in. */
async function send(event) {
  event.preventDefault();
  const asked = event.target;
  if (sending || (asked.dataset.confirm && !window.confirm(asked.dataset.confirm))) return;
  sending = asked;
  say(problem, "");
  try {
    await session.renew();
    asked.submit();
  } catch (error) {
    sending = null;
    complain(error);
  }
}

// The suggestions and their forms may come later than the page.
document.addEventListener("submit", (event) => {
  if (event.target.matches(".annotation form[method=post]")) send(event);
});

// A page that the browser takes out of its memory again (the Back button) has sent nothing.
window.addEventListener("pageshow", () => {
  sending = null;
});

/** What the form holds; tokens aside, which change by themselves. */
function filledIn() {
  return JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
}

if (offsets.points !== data.length) {
  say(problem, data.words.otherText);
} else {
  if (!painting.able) say(warning, data.words.noPainting);
  paintRecord();
  pane.addEventListener("click", () => {
    const { anchorNode, anchorOffset, isCollapsed } = document.getSelection();
    if (isCollapsed && anchorNode === node) suggestions.focusAt(offsets.toPoint(anchorOffset));
  });
  suggestions.start(session);
  document.addEventListener("selectionchange", () => {
    const { anchorNode, isCollapsed } = document.getSelection();
    if (isCollapsed && anchorNode && pane.contains(anchorNode)) selected = null;
    else selected = currentSelection();
  });
  for (const button of document.querySelectorAll("[data-act]")) {
    button.addEventListener("click", () => acts[button.dataset.act](button));
  }
  document.getElementById("annotation-find")?.addEventListener("submit", selectTyped);
  if (form) {
    show();
    // Whoever came here by key goes on by key: first to what is asked of them.
    if (data.correcting) (form.querySelector("#id_accept_warnings, #id_add_new_speaker") ?? form.querySelector("[type=submit]")).focus();
    const saved = data.refused ? null : filledIn();
    // A quote that nobody saved is not left by a stray click.
    window.addEventListener("beforeunload", (event) => {
      if (sending === form || filledIn() === saved) return;
      event.preventDefault();
      sending = null;
    });
  }
}
