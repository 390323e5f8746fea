/** The review page: keys for the verdict, and a selection in the text that a comment points at. */
import { isForPage, letterOf, turnsList } from "../keyboard/keyboard.js";

const field = (name) => document.querySelector(`form.return [name="${name}"]`);

for (const pane of document.querySelectorAll(".review-text")) {
  const words = pane.querySelector(".pointed, mark.words");
  if (words && !location.hash) pane.scrollTop = words.offsetTop - pane.clientHeight / 3;
}

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!field("words") || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const pane = paneOf(range.startContainer);
  if (!pane || pane !== paneOf(range.endContainer)) return;
  const chosen = range.toString();
  const words = chosen.trim();
  if (!words) return;
  const before = document.createRange();
  before.setStart(pane, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const skipped = chosen.slice(0, chosen.indexOf(words));
  // Code points, as the archive counts.
  const start = [...(before.toString() + skipped)].length;
  field("words").value = words;
  field("at").value = `${pane.dataset.snapshot}:${start}`;
});

document.addEventListener("keydown", (event) => {
  if (!isForPage(event) || turnsList(event, document.getElementById("review-keys"))) return;
  const key = letterOf(event);
  const target = key === "r" ? field("reason") : document.querySelector(`[data-key="${key}"]`);
  if (!target) return;
  event.preventDefault();
  if (key === "r") target.focus();
  else target.click();
});

function paneOf(node) {
  return (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".review-text");
}
