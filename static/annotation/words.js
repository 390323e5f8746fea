/** The words of a text and the places where a span may sensibly begin and end. All are code points. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:(?:[-‑'’]|(?<=\d)[.,](?=\d))[\p{L}\p{N}\p{M}]+)*/gu;
/** What closes a sentence belongs to it, if one wants. */
const CLOSING = /[.!?…]+/uy;

export class Words {
  constructor(text, offsets) {
    this.starts = [];
    this.ends = [];
    /** Where a span may end: behind each word, and behind the mark that closes a sentence. */
    this.stops = [];
    for (const match of text.matchAll(WORD)) {
      const end = match.index + match[0].length;
      this.starts.push(offsets.toPoint(match.index));
      this.ends.push(offsets.toPoint(end));
      this.stops.push(offsets.toPoint(end));
      CLOSING.lastIndex = end;
      const closing = CLOSING.exec(text);
      if (closing) this.stops.push(offsets.toPoint(end + closing[0].length));
    }
  }

  get count() {
    return this.starts.length;
  }

  /** The number of the word that holds the point, else of the next one, else of the last one. */
  at(point) {
    return Math.min(this.count - 1, firstAbove(this.ends, point));
  }

  /** The span with one of its ends a word further out (`by` 1) or in (-1), within [low, high); null where it can't go. */
  resized([start, end], side, by, [low, high]) {
    if (side === "end") {
      const stop = by > 0 ? this.stops[firstAbove(this.stops, end)] : this.stops[firstAbove(this.stops, end - 1) - 1];
      return stop > start && stop <= high ? [start, stop] : null;
    }
    const place = by > 0 ? this.starts[firstAbove(this.starts, start - 1) - 1] : this.starts[firstAbove(this.starts, start)];
    return place >= low && place < end ? [place, end] : null;
  }
}

/** The index of the first number above the bound; the list's length if there is none. */
function firstAbove(numbers, bound) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
