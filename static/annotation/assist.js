/** What the server knows of what is being entered: the office then, the date as it is understood, twins, namesakes. */
import { button, link, made } from "./saying.js";
import { Trouble } from "./session.js";

/** Milliseconds after the last change, until the server is asked. */
const CALM = 350;

export class Assist {
  /** `read` gives the form's fields, `put` changes some, `attach` joins the quote to a statement on record. */
  constructor(session, addresses, words, { read, put, attach }) {
    Object.assign(this, { session, addresses, words, read, put, attach });
    this.asked = new Map();
  }

  /** Looks at the form after a while without changes. Only what differs from the last time is asked about. */
  look({ adds, isNew, name = "" }) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const fields = this.read();
      const speaker = fields.speaker?.[0] ?? "";
      const { spoken, attribution, spans } = fields;
      this.ask("office", { speaker, spoken, attribution }, speaker && spoken, (answer) => this.showOffice(answer));
      this.ask("date", { text: spoken }, spoken, (answer) => this.showDate(answer));
      const body = fields.speaker_organization?.[0] ?? "";
      const twins = { spans, speaker, speaker_organization: body, spoken };
      this.ask("twins", twins, isNew && spans && (speaker || body), (answer) => this.showTwins(answer));
      this.ask("resembling", { name: fields.new_speaker || name }, adds && fields.new_speaker, (answer) => this.showResembling(answer));
    }, CALM);
  }

  async ask(what, query, worth, show) {
    const place = document.getElementById(`annotation-${what}`);
    if (!place) return;
    const key = worth ? JSON.stringify(query) : "";
    if (this.asked.get(what) === key) return;
    this.asked.set(what, key);
    if (!worth) {
      place.replaceChildren();
      return;
    }
    try {
      const answer = await this.session.ask(`${this.addresses[what]}?${new URLSearchParams(query)}`);
      if (this.asked.get(what) === key) place.replaceChildren(...show(answer));
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      this.asked.delete(what);
    }
  }

  showOffice({ offices = [], warnings = [] }) {
    const told = offices.map(({ name, period }) => paragraph(`${this.words.officeThen}: ${name}${period ? ` (${period})` : ""}`));
    return [...told, ...warnings.map((sentence) => paragraph(sentence, "annotation-warning"))];
  }

  showDate({ told = "", note = "", reason = "" }) {
    if (reason) return [paragraph(reason, "annotation-warning")];
    return [paragraph([told, note].filter(Boolean).join(". "))];
  }

  showTwins({ results = [] }) {
    return results.slice(0, 3).map((twin) => {
      const row = paragraph(`${this.words.sameStatement}: «${twin.words}» `, "annotation-warning");
      row.append(link(twin.address, twin.said || twin.name), " ", button(this.words.attach, () => this.attach(twin)));
      return row;
    });
  }

  showResembling({ results = [] }) {
    return results.slice(0, 3).map((one) => {
      const row = paragraph(`${this.words.onRecord}: `, "annotation-warning");
      const named = [one.name, one.about].filter(Boolean).join(", ");
      row.append(link(one.address, named), " ", button(this.words.takeThisOne, () => {
        const field = one.type === "organization" ? "speaker_organization" : "speaker";
        this.put({ [field]: [one.id, one.name], add_new_speaker: false });
      }));
      return row;
    });
  }
}

/** A field that finds speakers by any name, form of it or office, people and organizations alike. */
export function findSpeakers(select, address, { read, put }) {
  const $ = window.django?.jQuery;
  if (!$ || !select?.matches(".admin-autocomplete")) return;
  // The address in the field's own attribute would win.
  $(select).select2("destroy").removeData();
  select.setAttribute("data-ajax--url", address);
  $(select).select2({
    ajax: {
      url: address,
      data: ({ term }) => ({ term: term ?? "", spoken: read().spoken }),
      processResults: ({ results }) => ({
        results: results.map(({ type, id, name, about, offices }) => ({
          id: type === "organization" ? `organization-${id}` : id,
          text: [name, about, ...(offices ?? []).map((office) => office.name ?? office)].filter(Boolean).join(" · "),
          name,
        })),
      }),
    },
  });
  $(select).on("select2:select", ({ params }) => {
    const { id, name } = params.data;
    const body = /^organization-(\d+)$/.exec(id);
    if (body) put({ speaker: null, speaker_organization: [Number(body[1]), name], speaker_not_identified: false });
    else put({ speaker: [Number(id), name], speaker_organization: null, speaker_not_identified: false });
  });
}

function paragraph(text, kind = "annotation-note") {
  return made("p", { className: kind, textContent: text });
}
