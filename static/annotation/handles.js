/** Handles at both ends of the article's body: dragged to where it starts and ends. */

export class Handles {
  /** `body` gives the bounds, `preview` paints others, `move` asks the server for them; `words` are the handles' names. */
  constructor(pane, node, offsets, { words, body, preview, move, names }) {
    Object.assign(this, { pane, node, offsets, words, body, preview, move });
    this.handles = ["start", "end"].map((side, index) => {
      const handle = document.createElement("div");
      handle.className = `annotation-handle ${side}`;
      handle.title = names[index];
      handle.setAttribute("aria-hidden", "true");
      handle.addEventListener("pointerdown", (event) => this.drag(event, index));
      pane.append(handle);
      return handle;
    });
    new ResizeObserver(() => this.place()).observe(pane);
    this.place();
  }

  place(bounds = this.body()) {
    const frame = this.pane.getBoundingClientRect();
    for (const [index, handle] of this.handles.entries()) {
      const range = document.createRange();
      const unit = this.offsets.toUnit(bounds[index]);
      range.setStart(this.node, Math.max(0, unit - index));
      range.setEnd(this.node, Math.min(this.node.length, unit + 1 - index));
      const place = range.getBoundingClientRect();
      handle.style.top = `${(index ? place.bottom : place.top) - frame.top + this.pane.scrollTop - (index ? 0 : 4)}px`;
    }
  }

  drag(event, index) {
    event.preventDefault();
    const handle = this.handles[index];
    const bounds = [...this.body()];
    handle.setPointerCapture(event.pointerId);
    const follow = ({ clientX, clientY }) => {
      const point = this.at(clientX, clientY);
      if (point === null) return;
      const number = this.words.at(point);
      const to = index ? this.words.ends[number] : this.words.starts[number];
      if (index ? to <= bounds[0] : to >= bounds[1]) return;
      bounds[index] = to;
      this.preview(bounds);
      this.place(bounds);
    };
    const done = () => {
      handle.removeEventListener("pointermove", follow);
      if (bounds[index] !== this.body()[index]) this.move(bounds).then(() => this.place());
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("pointerup", done, { once: true });
  }

  /** The code point of the text under the mouse. */
  at(x, y) {
    const frame = this.pane.getBoundingClientRect();
    const inside = [Math.min(frame.right - 20, Math.max(frame.left + 12, x)), Math.min(frame.bottom - 4, Math.max(frame.top + 4, y))];
    for (const handle of this.handles) handle.style.pointerEvents = "none";
    const caret = document.caretPositionFromPoint?.(...inside);
    for (const handle of this.handles) handle.style.pointerEvents = "";
    return caret?.offsetNode === this.node ? this.offsets.toPoint(caret.offset) : null;
  }
}
