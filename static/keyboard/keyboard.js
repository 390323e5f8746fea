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

/** Whether the press is meant for the page: no combination, no repetition, nothing typed into a field. */
export function isForPage(event) {
  return !(event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented || isTyping(event.target));
}

/** Opens or closes the list of keys, a <details>, where the press asks for it by “?”; whether it did. */
export function turnsList({ key, code, shiftKey }, list) {
  if (key !== "?" && !(code === "Slash" && shiftKey)) return false;
  list.open = !list.open;
  if (list.open) list.querySelector("summary").focus();
  return true;
}
