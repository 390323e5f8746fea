/** Paints ranges of one text node by name, with the CSS Custom Highlight API: the text itself stays untouched. */
export class Painting {
  constructor(node, offsets) {
    this.node = node;
    this.offsets = offsets;
    this.able = "highlights" in CSS;
  }

  /** Paints the spans, pairs of code points, in the style `::highlight(name)`; what was painted so before goes. */
  paint(name, spans, priority = 0) {
    if (!this.able) return;
    const highlight = new Highlight(...spans.map(([start, end]) => this.range(start, end)));
    highlight.priority = priority;
    CSS.highlights.set(name, highlight);
  }

  range(start, end) {
    const range = new StaticRange({
      startContainer: this.node,
      startOffset: this.offsets.toUnit(start),
      endContainer: this.node,
      endOffset: this.offsets.toUnit(end),
    });
    return range;
  }
}
