/** Two versions of a quote side by side: what was entered here, and what somebody has saved meanwhile. Nobody's is lost. */
import { save } from "./acting.js";
import { completed } from "./draft.js";
import { change, now } from "./filling.js";
import { byId, data, draft, list } from "./page.js";
import { button, fill, made, object, tellText } from "./saying.js";

/** What is shown side by side, field by field. */
let places = [];

/** The choices follow what the form holds, whoever has changed it. */
export function followForm(fields) {
  for (const place of places) place.follow(fields);
}

/**
 * Field by field one of both is chosen: first the one that was changed, where only one of both was. `conflict` has the
 * differences in the server's words; `mine`, `theirs` and `base`, from which mine was made, have the fields.
 */
export function showConflict(key, { mine, theirs, base, conflict }) {
  const { words } = data;
  list.items.set(key, theirs);
  now.base = completed(theirs.fields);
  places = conflict.fields.map(({ name, ...told }) => choiceOf(name, told, mine[name], now.base[name], {
    isMine: !isAlike(mine[name], base[name]) || isAlike(now.base[name], base[name]),
  }));
  change({ seen: theirs.fields.seen, ...Object.assign({}, ...places.map(({ chosen }) => chosen)) });
  followForm(draft.read());
  if (!places.length) {
    object();
    tellText(words.sameSaved, "success");
    return;
  }
  const all = (side) => {
    for (const place of places) place.press(side);
  };
  const place = byId("annotation-conflict");
  place.replaceChildren(
    made("p", {}, fill(words.savedBy, { who: conflict.who || "?", when: conflict.when })),
    made("table", {}, made("thead", {}, headOf(words.yours, words.theirs)), made("tbody", {}, ...places.map(({ row }) => row))),
    made("p", { className: "annotation-tools" },
      button(words.keepMine, () => all("mine")), button(words.takeTheirs, () => all("theirs")),
      button(words.saveChosen, () => save())),
  );
  place.hidden = false;
  place.querySelector("input").focus();
}

/** A row with both versions of one field: `chosen` is what the form gets now, `press` chooses a side, `follow` shows what the form has. */
function choiceOf(name, { label, stored, yours }, mine, theirs, { isMine }) {
  const values = { mine, theirs };
  const inputs = {};
  const cell = (side, text) => {
    inputs[side] = made("input", { type: "radio", name: `version-${name}` });
    inputs[side].addEventListener("change", () => change({ [name]: values[side] }));
    return made("td", {}, made("label", {}, inputs[side], " ", text || data.words.nothing));
  };
  const row = made("tr", {}, made("th", { scope: "row", textContent: label }), cell("mine", yours), cell("theirs", stored));
  const side = isMine ? "mine" : "theirs";
  const follow = (fields) => {
    for (const one of ["mine", "theirs"]) inputs[one].checked = isAlike(fields[name], values[one]);
  };
  return { row, follow, chosen: { [name]: values[side] }, press: (other) => inputs[other].click() };
}

function headOf(...texts) {
  return made("tr", {}, made("td"), ...texts.map((textContent) => made("th", { scope: "col", textContent })));
}

function isAlike(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
