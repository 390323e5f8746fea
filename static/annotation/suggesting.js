/** The machine's suggestions: painted dotted in the text, gone through and decided by key, awaited where they are made. */
import { Trouble } from "./session.js";

const KINDS = ["direct", "indirect", "mixed"];
/** Milliseconds between two questions whether the machine is done; each is longer than the one before. */
const WAIT = { first: 700, longest: 10000, growth: 1.3 };

export class Suggestions {
  /** `list` is replaced by what the server sends; `reveal` scrolls the text to a range of code points. */
  constructor(list, data, { painting, reveal }) {
    this.list = list;
    this.data = data;
    this.painting = painting;
    this.reveal = reveal;
    this.shown = data.suggestions;
  }

  start(session) {
    this.paint();
    document.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("focusin", () => this.follow());
    this.list.addEventListener("focusout", () => this.painting.paint("focused", [], 3));
    this.focus(document.getElementById(`suggestion-${this.data.at}`));
    this.focusNamed();
    window.addEventListener("hashchange", () => this.focusNamed());
    if (document.getElementById("suggestions-awaited")) this.fetch(session);
  }

  paint() {
    for (const kind of KINDS) {
      const meant = this.shown.filter((one) => one.kind === kind && one.id !== this.data.correcting);
      this.painting.paint(`suggested-${kind}`, meant.flatMap((one) => one.spans), 2);
    }
  }

  /** The one that has the focus, or holds what has it. */
  get current() {
    return document.activeElement?.closest?.("[data-suggestion]");
  }

  get items() {
    return [...this.list.querySelectorAll("[data-suggestion]")];
  }

  /** Its words in the text are shown with it. */
  follow() {
    const item = this.current;
    const one = item && this.shown.find(({ id }) => String(id) === item.dataset.suggestion);
    this.painting.paint("focused", one ? one.spans : [], 3);
    if (one) this.reveal(one.spans[0]);
  }

  /** The suggestion at this character of the text. */
  focusAt(point) {
    const one = this.shown.find(({ spans }) => spans.some(([start, end]) => start <= point && point < end));
    if (one) this.focus(document.getElementById(`suggestion-${one.id}`));
  }

  /** The one that the address names behind its #, as a link of the list of suggestions does. */
  focusNamed() {
    if (location.hash.startsWith("#suggestion")) this.focus(document.getElementById(location.hash.slice(1)));
  }

  focus(item) {
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || isTyping(event.target)) return;
    const key = letterOf(event);
    if (key === "j" || key === "k") {
      event.preventDefault();
      this.step(key === "j" ? 1 : -1);
      return;
    }
    const scope = key === "u" ? this.list : this.current;
    const button = scope?.querySelector(`[data-key="${key}"]`);
    if (!button || event.repeat) return;
    event.preventDefault();
    button.click();
  }

  step(by) {
    const { items } = this;
    if (!items.length) return;
    const at = items.indexOf(this.current);
    const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by));
    this.focus(items[next]);
  }

  /** Asks from time to time until the machine has read the text; what is chosen or typed meanwhile stays as it is. */
  fetch(session, delay = WAIT.first) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(async () => {
      try {
        const { html, suggestions } = await session.ask(this.data.suggestionsAddress);
        if (html) {
          const focused = this.current?.id;
          this.list.innerHTML = html;
          this.shown = suggestions;
          this.paint();
          if (focused) this.focus(document.getElementById(focused));
          return;
        }
      } catch (error) {
        if (!(error instanceof Trouble)) throw error;
      }
      this.fetch(session, Math.min(WAIT.longest, delay * WAIT.growth));
    }, delay);
  }
}

/** Whether what is typed goes into a field. */
function isTyping(element) {
  return element.isContentEditable || element.matches?.("input, textarea, select, [role=combobox], [role=searchbox]");
}

/** The Latin letter on the key, whichever alphabet the keyboard is set to. */
function letterOf({ key, code }) {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : "";
}
