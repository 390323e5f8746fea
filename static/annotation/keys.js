/** Every key of the annotation page: what it does by default, how it is pressed, shown and changed. */
import { isTyping, letterOf } from "../keyboard/keyboard.js";

/**
 * `where`: "page" is silent while a field has the focus, "text" works only while the word cursor is in the text,
 * "always" works in fields, too. `again`: holding the key down repeats it. What it does in words comes translated.
 */
export const KEYS = [
  { id: "next", key: "J", again: true },
  { id: "previous", key: "K", again: true },
  { id: "next-open", key: "N", again: true },
  { id: "accept", key: "A" },
  { id: "correct", key: "C" },
  { id: "reject", key: "X" },
  { id: "direct", key: "Q" },
  { id: "indirect", key: "W" },
  { id: "mixed", key: "M" },
  { id: "end-shrink", key: "[", again: true },
  { id: "end-grow", key: "]", again: true },
  { id: "start-grow", key: "{", again: true },
  { id: "start-shrink", key: "}", again: true },
  { id: "cursor", key: "V" },
  { id: "quote", key: "Enter", where: "text" },
  { id: "part", key: "+" },
  { id: "part-less", key: "-" },
  { id: "passage", key: "P" },
  { id: "attribution", key: "Y" },
  { id: "find", key: "/" },
  { id: "speaker", key: "S" },
  { id: "date", key: "D" },
  { id: "meeting", key: "E" },
  { id: "not-named", key: "O" },
  { id: "topic", key: "T" },
  { id: "label", key: "L" },
  { id: "new", key: "Shift+N" },
  { id: "undo", key: "U", again: true },
  { id: "redo", key: "Shift+U", again: true },
  { id: "save", key: "Ctrl+Enter", where: "always" },
  { id: "submit", key: "G" },
  { id: "finish", key: "F" },
  { id: "body-start", key: "<" },
  { id: "body-end", key: ">" },
  { id: "begin", key: "Alt+B", where: "always" },
  { id: "skip", key: "Alt+N", where: "always" },
  { id: "next-article", key: "Alt+ArrowRight", where: "always" },
  { id: "help", key: "?" },
];
/** What everybody's fingers know besides. */
const ALSO = { "Ctrl+Z": "undo", "Ctrl+Shift+Z": "redo", "Ctrl+Y": "redo" };
/** Keys whose names are shown otherwise than browsers write them. */
const SHOWN = { ArrowRight: "→", ArrowLeft: "←", ArrowUp: "↑", ArrowDown: "↓" };
/** The marks on a Latin keyboard, by the place of the key. */
const MARKS = {
  BracketLeft: "[{", BracketRight: "]}", Slash: "/?", Equal: "=+", Minus: "-_", Comma: ",<", Period: ".>", Semicolon: ";:", Quote: "'\"",
};
const ALONE = new Set(["Control", "Shift", "Alt", "Meta", "CapsLock", "AltGraph"]);

export class Keys {
  /** `does` maps ids to functions; `words` their descriptions; `cursor` says whether the word cursor is in the text. */
  constructor(user, does, words, { cursor, leave }) {
    // Of this browser: keys go with the keyboard that is in front of one.
    this.store = `skazano.${user}.keys`;
    this.does = does;
    this.words = words;
    this.inText = cursor;
    this.leave = leave;
    this.changed = read(this.store);
  }

  /** From now on keys are pressed and shown; those pressed while the page was still loading come first. */
  listen() {
    this.hint(document);
    const early = window.skazanoEarly?.end() ?? [];
    document.addEventListener("keydown", (event) => this.press(event));
    // On its way down: a field that searches keeps the key to itself.
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) this.leave(event);
    }, true);
    // Where the focus has gone meanwhile: a key for the text is one for the text.
    for (const event of early) document.activeElement.dispatchEvent(new KeyboardEvent("keydown", event));
  }

  /** The key of an id as it is now. */
  of(id) {
    return this.changed[id] ?? KEYS.find((one) => one.id === id).key;
  }

  press(event) {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const typing = isTyping(event.target);
    const names = namesOf(event);
    const found = names.map((name) => this.idAt(name)).find(Boolean);
    const entry = KEYS.find((one) => one.id === found);
    if (!entry || (typing && entry.where !== "always") || (entry.where === "text" && !this.inText())) return;
    if (event.repeat && !entry.again) return;
    event.preventDefault();
    this.does[entry.id]?.();
  }

  idAt(name) {
    return KEYS.find((one) => this.of(one.id) === name)?.id ?? ALSO[name];
  }

  /** Shows the keys on the buttons below `root` that press the same. Screen readers are told of them, not read them out. */
  hint(root) {
    for (const place of root.querySelectorAll("[data-press], [data-field]")) {
      const id = place.dataset.press ?? place.dataset.field;
      if (!KEYS.some((one) => one.id === id)) continue;
      const shown = document.createElement("kbd");
      shown.textContent = shownAs(this.of(id));
      shown.setAttribute("aria-hidden", "true");
      place.querySelector(":scope > kbd")?.remove();
      // Beside a label, not in it: the field's name stays what it is.
      if (place.matches(".form-row")) place.querySelector("label")?.after(" ", shown);
      else place.append(" ", shown);
      if (place.matches("button, a")) place.setAttribute("aria-keyshortcuts", this.of(id).replace("Ctrl", "Control"));
    }
  }

  /** All keys, in a dialog where each can be changed. */
  show() {
    const dialog = document.createElement("dialog");
    dialog.className = "annotation-keys";
    dialog.setAttribute("aria-labelledby", "annotation-keys-title");
    const title = document.createElement("h2");
    title.id = "annotation-keys-title";
    title.textContent = this.words.title;
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    told.textContent = this.words.silent;
    const table = document.createElement("table");
    for (const { id } of KEYS) table.append(this.row(id, told));
    const foot = document.createElement("p");
    foot.append(
      button(this.words.close, () => dialog.close()),
      " ",
      button(this.words.defaults, () => {
        this.changed = {};
        this.keep();
        table.replaceChildren(...KEYS.map(({ id }) => this.row(id, told)));
      }),
    );
    dialog.append(title, told, table, foot);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  row(id, told) {
    const row = document.createElement("tr");
    const does = document.createElement("th");
    does.scope = "row";
    does.textContent = this.words.does[id];
    const key = document.createElement("kbd");
    key.textContent = shownAs(this.of(id));
    const change = button(this.words.change, () => {
      told.textContent = this.words.pressKey;
      change.addEventListener("keydown", (event) => this.take(id, event, key, told), { once: false, signal: taking(change) });
    });
    change.setAttribute("aria-label", `${this.words.change}: ${this.words.does[id]}`);
    const cells = [key, change].map((content) => {
      const cell = document.createElement("td");
      cell.append(content);
      return cell;
    });
    row.append(does, ...cells);
    return row;
  }

  /** The next key pressed is the new one, unless it has something to do already. */
  take(id, event, shown, told) {
    if (ALONE.has(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    event.target.taking?.abort();
    if (event.key === "Escape" || event.key === "Tab") {
      told.textContent = this.words.silent;
      return;
    }
    const name = namesOf(event)[0];
    const taken = name && this.idAt(name);
    if (!name || (taken && taken !== id)) {
      told.textContent = this.words.taken.replace("%(what)s", this.words.does[taken] ?? "");
      return;
    }
    this.changed[id] = name;
    this.keep();
    shown.textContent = shownAs(name);
    told.textContent = this.words.silent;
  }

  keep() {
    try {
      localStorage.setItem(this.store, JSON.stringify(this.changed));
    } catch {
      // A browser that keeps nothing: the keys hold until the page is left.
    }
    this.hint(document);
  }
}

function shownAs(name) {
  return name.replace(/Arrow\w+/, (arrow) => SHOWN[arrow] ?? arrow);
}

function taking(element) {
  element.taking?.abort();
  element.taking = new AbortController();
  return element.taking.signal;
}

function read(store) {
  try {
    return JSON.parse(localStorage.getItem(store)) ?? {};
  } catch {
    return {};
  }
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

/** The names that a pressed key may be known by: what it writes, and what a Latin keyboard would write in its place. */
function namesOf(event) {
  const { key, code, shiftKey } = event;
  if (ALONE.has(key)) return [];
  // The right Alt key of many layouts only helps to write a sign.
  const isWriting = event.getModifierState("AltGraph");
  const control = (event.ctrlKey || event.metaKey) && !isWriting ? "Ctrl+" : "";
  const held = `${control}${event.altKey && !isWriting ? "Alt+" : ""}`;
  const shift = shiftKey ? "Shift+" : "";
  const names = [];
  if (/^[a-z]$/i.test(key)) names.push(`${held}${shift}${key.toUpperCase()}`);
  else if (/^[!-~]$/.test(key)) names.push(`${held}${key}`);
  else if (key.length > 1) names.push(`${held}${shift}${key}`);
  const letter = letterOf({ code });
  if (letter) names.push(`${held}${shift}${letter.toUpperCase()}`);
  else if (MARKS[code]) names.push(`${held}${MARKS[code][shiftKey ? 1 : 0]}`);
  return names;
}
