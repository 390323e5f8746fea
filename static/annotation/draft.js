/** What the form holds, as plain data that can be compared, kept and put back: the shape in which the server gives items. */

const TEXTS = ["attribution", "spoken", "spoken_known", "spoken_evidence", "label", "new_speaker", "spans", "passage", "seen"];
const RECORDS = ["speaker", "speaker_organization", "meeting", "tenure"];
const CHECKS = ["speaker_not_identified", "occasion_not_named", "add_new_speaker", "accept_warnings"];
const EMPTY = {
  kind: "direct", topics: [],
  ...Object.fromEntries(TEXTS.map((name) => [name, ""])),
  ...Object.fromEntries(RECORDS.map((name) => [name, null])),
  ...Object.fromEntries(CHECKS.map((name) => [name, false])),
};

/** All fields, those that are not given being empty. */
export function completed(fields = {}) {
  return Object.fromEntries(Object.keys(EMPTY).map((name) => [name, fields[name] ?? EMPTY[name]]));
}

export function isSame(one, other) {
  return JSON.stringify(completed(one)) === JSON.stringify(completed(other));
}

/** The fields as a form sends them. */
export function sent(fields) {
  const pairs = [["kind", fields.kind]];
  for (const name of TEXTS) pairs.push([name, fields[name]]);
  for (const name of RECORDS) pairs.push([name, fields[name]?.[0] ?? ""]);
  for (const name of CHECKS) if (fields[name]) pairs.push([name, "on"]);
  for (const [number] of fields.topics) pairs.push(["topics", number]);
  return pairs;
}

export function ranges(text) {
  return text ? text.split(",").map((part) => part.split("-").map(Number)) : [];
}

export function written(spans) {
  return spans.map((span) => span.join("-")).join(",");
}

export class Draft {
  constructor(form) {
    this.form = form;
    this.was = {};
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  read() {
    const fields = { kind: this.field("kind").value };
    for (const name of TEXTS) fields[name] = this.field(name)?.value ?? "";
    for (const name of RECORDS) fields[name] = chosen(this.field(name))[0] ?? null;
    for (const name of CHECKS) fields[name] = this.field(name)?.checked ?? false;
    fields.topics = chosen(this.field("topics"));
    return completed(fields);
  }

  /** Only what differs is touched: fields that search are slow to change. */
  write(given) {
    const wanted = completed(given);
    const now = this.read();
    if (now.kind !== wanted.kind) this.field("kind").value = wanted.kind;
    for (const name of TEXTS) if (now[name] !== wanted[name] && this.field(name)) this.field(name).value = wanted[name];
    for (const name of CHECKS) if (this.field(name)) this.field(name).checked = wanted[name];
    for (const name of RECORDS) if (!alike(now[name], wanted[name])) choose(this.field(name), wanted[name] ? [wanted[name]] : []);
    if (!alike(now.topics, wanted.topics)) choose(this.field("topics"), wanted.topics);
  }
}

function alike(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Number and name of what a field that searches has. */
function chosen(select) {
  return [...(select?.selectedOptions ?? [])].filter((option) => option.value).map((option) => [Number(option.value), option.text.trim()]);
}

function choose(select, records) {
  if (!select) return;
  for (const option of select.options) option.selected = false;
  for (const [number, name] of records) {
    const there = [...select.options].find((option) => option.value === String(number));
    if (there) there.selected = true;
    else select.add(new Option(name, number, true, true));
  }
  if (!records.length && !select.multiple) select.value = "";
  window.django?.jQuery?.(select).trigger("change.select2");
}
