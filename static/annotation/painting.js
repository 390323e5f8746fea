/** Paints ranges of one text node by name, with the CSS Custom Highlight API: the text itself stays untouched. */
const KINDS = ["direct", "indirect", "mixed"];
/** How the line under the words of a state is drawn. */
const LINES = { open: "dotted", draft: "dashed", returned: "wavy", submitted: "solid", published: "solid", withdrawn: "double" };
/** As many lines under the same words are told apart; what comes on top of these shares the last one. */
const LAYERS = 3;

export class Painting {
  constructor(node, offsets) {
    this.node = node;
    this.offsets = offsets;
    this.able = "highlights" in CSS;
    if (this.able) document.adoptedStyleSheets = [...document.adoptedStyleSheets, linesUnderWords()];
    this.painted = new Map();
  }

  /** Paints the spans, pairs of code points, in the style `::highlight(name)`; what was painted so before goes. */
  paint(name, spans, priority = 0) {
    if (!this.able) return;
    const wanted = JSON.stringify(spans);
    if (this.painted.get(name) === wanted) return;
    this.painted.set(name, wanted);
    const highlight = new Highlight(...spans.map(([start, end]) => this.range(start, end)));
    highlight.priority = priority;
    CSS.highlights.set(name, highlight);
  }

  /** Paints items, each with `kind`, `state` and `spans`: filled once saved, underlined by state, overlaps one below the other. */
  paintItems(items) {
    const spans = new Map();
    const put = (name, span) => spans.set(name, [...(spans.get(name) ?? []), span]);
    const ends = [];
    for (const item of [...items].sort((one, other) => one.spans[0][0] - other.spans[0][0])) {
      const start = item.spans[0][0];
      let layer = ends.findIndex((end) => end <= start);
      if (layer < 0) layer = Math.min(ends.length, LAYERS - 1);
      ends[layer] = Math.max(ends[layer] ?? 0, item.spans.at(-1)[1]);
      for (const span of item.spans) {
        if (item.state !== "open") put(item.kind, span);
        put(`${LINES[item.state] ?? "dashed"}-${item.kind}-${layer}`, span);
      }
    }
    for (const kind of KINDS) {
      this.paint(kind, spans.get(kind) ?? [], 1);
      for (const line of new Set(Object.values(LINES))) {
        for (let layer = 0; layer < LAYERS; layer += 1) {
          this.paint(`${line}-${kind}-${layer}`, spans.get(`${line}-${kind}-${layer}`) ?? [], 2);
        }
      }
    }
  }

  range(start, end) {
    return new StaticRange({
      startContainer: this.node,
      startOffset: this.offsets.toUnit(start),
      endContainer: this.node,
      endOffset: this.offsets.toUnit(end),
    });
  }
}

function linesUnderWords() {
  const rules = [];
  for (const kind of KINDS) {
    for (const line of new Set(Object.values(LINES))) {
      for (let layer = 0; layer < LAYERS; layer += 1) {
        rules.push(
          `::highlight(${line}-${kind}-${layer}) { text-decoration: underline ${line} 2px var(--line-${kind});`
            + ` text-underline-offset: ${2 + layer * 4}px; }`,
        );
      }
    }
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules.join("\n"));
  return sheet;
}
