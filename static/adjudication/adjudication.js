/** The page where two readings are settled: keys for the difference at hand. Each presses a button or follows a link. */
import { isForPage, letterOf, turnsList } from "../keyboard/keyboard.js";

const items = [...document.querySelectorAll("[data-difference]")];
let current = items.find((item) => item.matches(".current"));

if (current) show(current, { focus: location.hash === `#${current.id}` });

document.addEventListener("keydown", (event) => {
  if (!isForPage(event) || turnsList(event, document.getElementById("adjudication-keys"))) return;
  const key = keyOf(event);
  if (key === "j" || key === "k") {
    event.preventDefault();
    const to = items[items.indexOf(current) + (key === "j" ? 1 : -1)];
    if (to) show(to, { focus: true });
    return;
  }
  const target = find(current, key) ?? find(document.getElementById("settle"), key);
  if (!target) return;
  event.preventDefault();
  target.click();
});

/** The button in `place` that the key presses. */
function find(place, key) {
  return key && [...(place?.querySelectorAll("[data-keys]") ?? [])].find((one) => one.dataset.keys.split(" ").includes(key));
}

/** Makes the difference the one at hand, and scrolls the text to its words. */
function show(item, { focus }) {
  current?.classList.remove("current");
  current?.removeAttribute("aria-current");
  current = item;
  item.classList.add("current");
  item.setAttribute("aria-current", "true");
  if (focus) {
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }
  const pane = document.querySelector(".review-text");
  const words = document.getElementById(`text-${item.dataset.difference}`);
  for (const old of pane.querySelectorAll(".at-hand")) old.classList.remove("at-hand");
  if (!words) return;
  words.classList.add("at-hand");
  pane.scrollTop = words.offsetTop - pane.clientHeight / 3;
}

/** The digit or Latin letter on the key, whichever alphabet is set; with shift, “shift+e”. */
function keyOf(event) {
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
  if (digit) return event.shiftKey ? "" : digit[1];
  const letter = letterOf(event);
  return letter && event.shiftKey ? `shift+${letter}` : letter;
}
