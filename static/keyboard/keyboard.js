/** What pages worked by key have to know of a pressed key: whether it is a letter for a field, and which one it is. */
const FIELDS = "input:not([type=radio]):not([type=checkbox]), textarea, select, [role=combobox][aria-expanded=true], [role=searchbox]";

/** Whether what is typed goes into a field. */
export function isTyping(element) {
  return Boolean(element.isContentEditable || element.matches?.(FIELDS));
}

/** The Latin letter on the key, small, whichever alphabet the keyboard is set to; empty for any other key. */
export function letterOf({ key, code }) {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : "";
}
