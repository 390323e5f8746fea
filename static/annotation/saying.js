/** What the annotation page says: what has happened, what went wrong, and what should be looked at before saving. */
import { ranges } from "./draft.js";
import { byId, data, form, textOf } from "./page.js";
import { Trouble } from "./session.js";

/** Characters of the words that what is said names an act by. */
const NAMED = 40;
const problem = byId("annotation-problem");
const warning = byId("annotation-warning");

/** The template with its %(names)s filled in. */
export function fill(template, values) {
  return template.replace(/%\((\w+)\)s/g, (_whole, name) => values[name]);
}

/** The beginning of the words of the spans. */
export function named(spans) {
  const whole = spans.map(textOf).join(" […] ");
  return whole.length > NAMED ? `${whole.slice(0, NAMED)}…` : whole;
}

/** The beginning of the words that a form's field of spans means. */
export function namedIn(written) {
  return named(ranges(written));
}

export function made(tag, properties = {}, ...content) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...content);
  return element;
}

export function button(text, act) {
  const pressed = made("button", { type: "button", className: "button", textContent: text });
  pressed.addEventListener("click", act);
  return pressed;
}

/** A link that opens beside the form, not instead. */
export function link(address, text) {
  return made("a", { href: address, target: "_blank", textContent: text });
}

/** A paragraph that warns, with a link behind it where there is somewhere to go. */
export function caution({ sentence, address }) {
  const paragraph = made("p", { className: "annotation-warning" }, sentence);
  if (address) paragraph.append(" ", link(address, data.words.thatQuote));
  return paragraph;
}

/** What has just happened, below all panes; `html` is the server's own. */
export function tell(html, level = "info") {
  const said = byId("annotation-said");
  said.className = `annotation-status ${level}`;
  said.innerHTML = html;
}

export function tellText(text, level) {
  tell("", level);
  byId("annotation-said").textContent = text;
}

export function tellAll(said = []) {
  if (said.length) tell(said.map(({ html }) => html).join(" "), said.at(-1).level);
}

/** Why something was not done, above the form; nothing takes it away. */
export function object(...reasons) {
  problem.replaceChildren(reasons.filter(Boolean).join(" "));
  if (problem.textContent) problem.scrollIntoView({ block: "nearest" });
}

/** Says what went wrong; what is no Trouble is a defect of ours and goes on to the console. */
export function complain(trouble) {
  if (!(trouble instanceof Trouble)) throw trouble;
  object(trouble.message);
  if (trouble.loggedOut) problem.append(" ", link(data.loginAddress, data.words.logIn));
}

/** A sentence beside the form that hinders nothing. */
export function note(sentence, ...more) {
  warning.replaceChildren(sentence, ...more);
}

/** What is to be looked at before saving. */
export function warn(overlapping) {
  warning.replaceChildren(...overlapping.map(caution));
}

/** Nothing that was said of the form's last content stays. */
export function clearSaid() {
  object();
  warn([]);
  if (!form) return;
  for (const old of form.querySelectorAll(".errorlist")) old.remove();
  byId("annotation-overlaps").replaceChildren();
  byId("annotation-all-the-same").hidden = true;
  byId("annotation-conflict").hidden = true;
}
