/**
 * Whether the parts of a quote and its passage lie as the archive takes them: what the server would refuse on saving is
 * told at once. All are pairs of code points, the end exclusive.
 */

/** Whether the range shares characters with one of the parts. */
export function overlaps(parts, [start, end]) {
  return parts.some(([from, to]) => start < to && from < end);
}

/** Whether one of the parts holds the whole range. */
export function isWithin(parts, [start, end]) {
  return parts.some(([from, to]) => from <= start && end <= to);
}
