/** What somebody has selected in the text: by mouse, by typing its words, or with the word cursor. Code points. */
import { findWords } from "./finding.js";

export class Selecting {
  constructor(pane, node, offsets) {
    Object.assign(this, { pane, node, offsets });
    /** The last selection made in the text; choosing a button must not lose it. */
    this.range = null;
    /** What was typed to be found last, and the unit at which it was found. */
    this.found = { typed: "", start: -1 };
    document.addEventListener("selectionchange", () => {
      const { anchorNode, isCollapsed } = document.getSelection();
      if (isCollapsed && anchorNode && pane.contains(anchorNode)) this.range = null;
      else this.range = this.current();
    });
  }

  /**
   * The selection as code points. Where the mouse left the text before it was let go, the last selection that lay in
   * the text counts, not everything up to the text's end.
   */
  current() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return this.range;
    const range = selection.getRangeAt(0);
    if (!this.pane.contains(range.startContainer) && !this.pane.contains(range.endContainer)) return this.range;
    const start = this.offsets.toPoint(this.unitIn(range.startContainer, range.startOffset));
    const end = this.offsets.toPoint(this.unitIn(range.endContainer, range.endOffset));
    const strays = range.startContainer !== this.node || range.endContainer !== this.node;
    if (strays && this.range && (this.range[0] === start || this.range[1] === end)) return this.range;
    return [start, end];
  }

  /** A selection may begin or end outside the one text node: beyond it counts as its end, before it as its start. */
  unitIn(container, offset) {
    if (container === this.node) return offset;
    const point = document.createRange();
    point.setStart(container, offset);
    return point.comparePoint(this.node, 0) < 0 ? this.node.data.length : 0;
  }

  /** Selects the words that were typed, from the last ones found on, so that Enter goes from place to place; whether they stand in the text. */
  select(typed) {
    const from = this.found.typed === typed ? this.found.start + 1 : 0;
    const units = findWords(this.node.data, typed, from) ?? findWords(this.node.data, typed, 0);
    if (!units) return false;
    this.found = { typed, start: units[0] };
    this.take(units.map((unit) => this.offsets.toPoint(unit)));
    return true;
  }

  /** Selects a range of code points, and brings it into sight. */
  take(range) {
    const [start, end] = range.map((point) => this.offsets.toUnit(point));
    document.getSelection().setBaseAndExtent(this.node, start, this.node, end);
    this.range = range;
    this.reveal(range, { always: true });
  }

  /** Brings a range into sight, unless it is. */
  reveal([start, end], { always = false } = {}) {
    const range = document.createRange();
    range.setStart(this.node, this.offsets.toUnit(start));
    range.setEnd(this.node, this.offsets.toUnit(Math.min(end, start + 80)));
    const place = range.getBoundingClientRect();
    const frame = this.pane.getBoundingClientRect();
    const below = place.top - frame.top - frame.height / 3;
    const third = frame.height / 3;
    if (always || below < -third || below > third * 1.5) this.pane.scrollTop += below;
  }
}
