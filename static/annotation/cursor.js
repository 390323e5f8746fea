/** A cursor on the words of the text: moved, marked with and read out by key, so that no mouse is needed to select. */

export class Cursor {
  /** `moved` is told the range of code points under the cursor, or null once it has left the text. */
  constructor(pane, node, words, { offsets, painting, reveal, moved }) {
    Object.assign(this, { pane, node, words, offsets, painting, reveal, moved });
    this.active = false;
    this.head = 0;
    /** The word where marking began; null while a single word is under the cursor. */
    this.mark = null;
    this.pinned = false;
    pane.addEventListener("keydown", (event) => this.press(event));
    pane.addEventListener("blur", () => this.rest());
  }

  /** Goes into the text, to the word at the point. */
  enter(point) {
    if (!this.words.count) return;
    this.active = true;
    this.pinned = false;
    this.mark = null;
    this.head = this.words.at(point);
    this.pane.focus({ preventScroll: true });
    this.pane.classList.add("has-cursor");
    this.show();
  }

  leave() {
    this.rest();
    this.painting.paint("cursor", [], 5);
    this.moved(null);
  }

  /** Away for a moment; what is marked stays so. */
  rest() {
    this.active = false;
    this.pane.classList.remove("has-cursor");
  }

  get range() {
    const [first, last] = [this.head, this.mark ?? this.head].sort((one, other) => one - other);
    return [this.words.starts[first], this.words.ends[last]];
  }

  show() {
    this.painting.paint("cursor", [this.range], 5);
    this.painting.paint("cursor-word", [[this.words.starts[this.head], this.words.ends[this.head]]], 6);
    this.reveal([this.words.starts[this.head], this.words.ends[this.head]]);
    this.moved(this.range, this.mark !== null);
  }

  press(event) {
    if (event.key === "Enter" && !this.active && !event.ctrlKey) {
      event.preventDefault();
      this.enter(this.words.starts[this.head] ?? 0);
      return;
    }
    if (!this.active || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === " ") {
      event.preventDefault();
      this.pinned = !this.pinned;
      this.mark = this.pinned ? this.head : null;
      this.show();
      return;
    }
    const to = this.target(event);
    if (to === null) return;
    event.preventDefault();
    if (event.shiftKey) this.mark ??= this.head;
    else if (!this.pinned) this.mark = null;
    this.head = Math.max(0, Math.min(this.words.count - 1, to));
    this.show();
  }

  target({ key, code }) {
    if (key === "ArrowRight" || code === "KeyL") return this.head + 1;
    if (key === "ArrowLeft" || code === "KeyH") return this.head - 1;
    if (key === "ArrowDown" || code === "KeyJ") return this.line(1);
    if (key === "ArrowUp" || code === "KeyK") return this.line(-1);
    if (key === "PageDown") return this.paragraph(1);
    if (key === "PageUp") return this.paragraph(-1);
    if (key === "End") return this.ofLine(1);
    if (key === "Home") return this.ofLine(-1);
    return null;
  }

  place(number) {
    const range = document.createRange();
    range.setStart(this.node, this.offsets.toUnit(this.words.starts[number]));
    range.setEnd(this.node, this.offsets.toUnit(this.words.ends[number]));
    return range.getClientRects()[0] ?? range.getBoundingClientRect();
  }

  /** The word above or below, nearest to where this one stands. */
  line(by) {
    const from = this.place(this.head);
    const middle = (from.left + from.right) / 2;
    let best = this.head;
    let top = null;
    for (let number = this.head + by; number >= 0 && number < this.words.count; number += by) {
      const place = this.place(number);
      if (Math.abs(place.top - from.top) < from.height / 2) continue;
      top ??= place.top;
      if (Math.abs(place.top - top) > from.height / 2) break;
      const distance = (rect) => Math.abs((rect.left + rect.right) / 2 - middle);
      if (best === this.head || distance(place) < distance(this.place(best))) best = number;
    }
    return best;
  }

  /** The first word of this line (-1), or its last one. */
  ofLine(by) {
    const { top, height } = this.place(this.head);
    let last = this.head;
    while (this.words.starts[last + by] !== undefined && Math.abs(this.place(last + by).top - top) < height / 2) last += by;
    return last;
  }

  paragraph(by) {
    const text = this.node.data;
    const unit = this.offsets.toUnit(this.words.starts[this.head]);
    if (by > 0) {
      const end = text.indexOf("\n", unit);
      return end < 0 ? this.words.count - 1 : this.words.at(this.offsets.toPoint(end + 1));
    }
    const start = text.lastIndexOf("\n", unit - 1);
    const own = this.words.at(this.offsets.toPoint(start + 1));
    return own < this.head ? own : this.words.at(this.offsets.toPoint(text.lastIndexOf("\n", start - 1) + 1));
  }
}
