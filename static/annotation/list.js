/** The list of statements and suggestions: one of them is chosen, others come and go as the server says. */

/** Milliseconds between two questions whether the machine is done; each is longer than the one before. */
export const WAIT = { first: 700, longest: 10000, growth: 1.3 };

export class List {
  constructor(root, items) {
    this.root = root;
    this.rows = document.getElementById("annotation-items");
    this.rejected = document.getElementById("annotation-rejected");
    this.left = document.getElementById("suggestions-left");
    /** What each row's form shows and the text is painted with, by key. */
    this.items = new Map(items.map((item) => [item.key, item]));
  }

  row(key) {
    return key ? document.getElementById(key) : null;
  }

  /** The keys in the order of the text. */
  get keys() {
    return [...this.rows.children].map((row) => row.dataset.item);
  }

  focus(key) {
    const row = this.row(key);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
    return Boolean(row);
  }

  /** Shows which one is chosen. */
  mark(key) {
    this.rows.querySelector("[aria-current]")?.removeAttribute("aria-current");
    this.row(key)?.setAttribute("aria-current", "true");
  }

  /** The key that comes `by` places after one; of suggestions only, if `open`. Null at the end. */
  beside(key, by, { open = false } = {}) {
    const keys = this.keys;
    let at = keys.indexOf(key);
    if (at < 0) at = by > 0 ? -1 : keys.length;
    for (at += by; at >= 0 && at < keys.length; at += by) {
      if (!open || (keys[at].startsWith("suggestion-") && !this.row(keys[at]).classList.contains("pending"))) return keys[at];
    }
    return null;
  }

  /** Takes in what an act has changed: rows that are `gone`, rows that are new or other than before. Answers with the latter's keys. */
  take({ items = [], gone = [], rejected = [] }) {
    for (const key of gone) {
      this.items.delete(key);
      this.row(key)?.remove();
    }
    const taken = items.map(({ html, data }) => {
      this.items.set(data.key, data);
      const row = rowOf(html);
      const there = this.row(data.key);
      if (there) there.replaceWith(row);
      else this.insert(row, data);
      return data.key;
    });
    for (const { key, html } of rejected) {
      if (!this.row(key)) this.rejected?.querySelector("ul").append(rowOf(html));
    }
    this.count();
    return taken;
  }

  insert(row, { spans }) {
    const before = [...this.rows.children].find((other) => {
      const item = this.items.get(other.dataset.item);
      return item && item.spans[0][0] > spans[0][0];
    });
    this.rows.insertBefore(row, before ?? null);
  }

  count() {
    const left = this.rows.querySelectorAll(".suggestion").length;
    if (this.left) this.left.textContent = String(left);
    const none = document.getElementById("suggestions-none");
    if (none) none.hidden = left > 0 || Boolean(document.getElementById("suggestions-awaited"));
    if (this.rejected) {
      const number = this.rejected.querySelectorAll("li").length;
      this.rejected.hidden = number === 0;
      this.rejected.querySelector(".count").textContent = String(number);
    }
  }
}

function rowOf(html) {
  const made = document.createElement("template");
  made.innerHTML = html.trim();
  return made.content.firstElementChild;
}
