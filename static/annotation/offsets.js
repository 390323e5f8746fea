/**
 * Offsets in code points, as the archive counts them, and in UTF-16 units, as the browser does.
 * They differ after each character beyond the basic plane (an emoji takes two units).
 */
export class Offsets {
  constructor(text) {
    /** Where, in units, the characters of two units begin. */
    this.wide = [];
    for (let unit = 0; unit < text.length; unit += 1) {
      if (text.codePointAt(unit) > 0xffff) {
        this.wide.push(unit);
        unit += 1;
      }
    }
    this.points = text.length - this.wide.length;
  }

  /** The code point that the unit belongs to. */
  toPoint(unit) {
    return unit - this.countBelow((index) => this.wide[index] < unit);
  }

  /** The unit at which the code point begins. */
  toUnit(point) {
    return point + this.countBelow((index) => this.wide[index] - index < point);
  }

  /** How many of the wide characters the condition holds for; it holds for the first ones only. */
  countBelow(holds) {
    let low = 0;
    let high = this.wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
