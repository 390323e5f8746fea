/**
 * What was entered and not saved, by the item's key. It lies on the server, where every browser of the same person finds
 * it; what the server does not have yet lies in this browser, and goes there once it can.
 */
import { isSame } from "./draft.js";
import { Trouble } from "./session.js";

/** Milliseconds after the last change until it is sent, and between two tries while that fails. */
const CALM = 600;
const AGAIN = 5000;
/** Milliseconds after which the page is here to stay, although it was about to be left. */
const STAYING = 10000;

export class Copies {
  /**
   * `kept` are the copies that the server gave with the page. `told` is called with what becomes of them: "kept",
   * "here" (in this browser only), "loggedOut", or "" (nothing is unsaved); `overtaken` with a key, the content that
   * another tab has sent meanwhile, if any, and the reason in words.
   */
  constructor({ session, address, user, snapshot, kept, told, overtaken }) {
    Object.assign(this, { session, address, told, overtaken });
    this.prefix = `skazano.${user}.${snapshot}.unsent.`;
    this.copies = new Map(kept.map(({ of, ...copy }) => [of.replace(":", "-"), copy]));
    for (const [key, copy] of this.unsent()) this.copies.set(key, { ...copy, waits: true });
    window.addEventListener("online", () => this.send());
    // Whoever comes back from another tab may have logged in there.
    window.addEventListener("focus", () => this.send());
    document.addEventListener("visibilitychange", () => this.send());
    window.addEventListener("beforeunload", () => this.leave());
  }

  /** Says what is unsaved, and sends what this browser alone has. */
  begin() {
    this.tell();
    this.send();
  }

  /** What was entered for an item and not saved, or null. */
  entered(key) {
    return this.copies.get(key)?.content ?? null;
  }

  /** Whether somebody has saved the item since that was entered. */
  isOutdated(key) {
    return Boolean(this.copies.get(key)?.changed);
  }

  /** The keys of all that is unsaved. */
  get keys() {
    return [...this.copies.keys()].filter((key) => this.entered(key));
  }

  /** Whether the server has all of it. */
  get isSent() {
    return ![...this.copies.values()].some(({ waits }) => waits);
  }

  /** This is entered for an item now; null: what was entered is given up. */
  enter(key, content) {
    const copy = this.copies.get(key) ?? { version: 0, content: null };
    if (JSON.stringify(copy.content) === JSON.stringify(content)) return;
    Object.assign(copy, { content, waits: true });
    this.copies.set(key, copy);
    this.write(key, copy);
    this.later(CALM);
  }

  /** What was entered is saved; the server has forgotten its copy with that. */
  saved(key) {
    const copy = this.copies.get(key);
    if (!copy) return;
    copy.isSaved = true;
    this.copies.delete(key);
    this.write(key, null);
    this.tell();
  }

  /** The state before the one entered, or the one that was undone last, of which the server keeps some; null where there is none. */
  async step(key, does) {
    const copy = this.copies.get(key);
    if (!copy?.version || !copy[does]) return null;
    const answer = await this.session.post(`${this.addressOf(key)}${does}/`, [["version", copy.version]]);
    if (answer.overtaken) {
      this.yield(key, copy, answer);
      return null;
    }
    Object.assign(copy, answer);
    return answer.content;
  }

  later(delay) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.send(), delay);
  }

  /** Sends what the server does not have, one after the other. */
  async send() {
    clearTimeout(this.waiting);
    if (this.sending || this.isSent) return;
    this.sending = true;
    try {
      for (const [key, copy] of [...this.copies]) if (copy.waits) await this.deliver(key, copy);
      this.sending = false;
      this.tell();
      if (!this.isSent) this.later(CALM);
    } catch (error) {
      this.sending = false;
      if (!(error instanceof Trouble)) throw error;
      this.told(error.loggedOut ? "loggedOut" : "here");
      this.later(AGAIN);
    }
  }

  async deliver(key, copy) {
    const { content, version } = copy;
    const address = this.addressOf(key);
    if (content === null) {
      await this.session.delete(address);
      if (copy.content === null) this.copies.delete(key);
      Object.assign(copy, { version: 0 });
    } else {
      const answer = await this.session.put(address, { content, version, fingerprint: content.seen });
      // Saved while this was under way: the server may have got it after that.
      if (copy.isSaved) {
        await this.session.delete(address);
        return;
      }
      if (answer.overtaken) {
        this.yield(key, copy, answer);
        return;
      }
      // What it does not take, this browser keeps.
      if (answer.refused) {
        copy.waits = false;
        return;
      }
      Object.assign(copy, { version: answer.version, undo: answer.undo, redo: answer.redo });
    }
    if (copy.content !== content) return;
    copy.waits = false;
    // That something was given up is said once: by then it may have been entered anew elsewhere.
    if (!this.leaving || content === null) this.write(key, null);
  }

  /**
   * The page that comes next may have been written before the server got the last of it, and this one told so before it
   * went: what lies in this browser is left there for it.
   */
  leave() {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => {
      this.leaving = null;
      for (const [key, copy] of this.copies) if (!copy.waits) this.write(key, null);
    }, STAYING);
  }

  /** Another tab has gone on. What is entered here stays until somebody chooses; entering on makes it the newest state there, too. */
  yield(key, copy, { copy: theirs, reason }) {
    const ours = copy.content;
    const isOurs = theirs?.content && ours ? isSame(theirs.content, ours) : (theirs?.content ?? null) === ours;
    copy.version = theirs?.version ?? 0;
    copy.waits = !theirs && ours !== null;
    this.write(key, isOurs ? null : ours && copy);
    if (!isOurs) this.overtaken(key, theirs?.content ?? null, reason);
  }

  tell() {
    if (this.isSent) this.told(this.keys.length ? "kept" : "");
  }

  addressOf(key) {
    return `${this.address}${key.replace("-", ":")}/`;
  }

  // This browser's own memory

  unsent() {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
      return names.map((name) => [name.slice(this.prefix.length), JSON.parse(localStorage.getItem(name))]);
    } catch {
      return [];
    }
  }

  write(key, copy) {
    try {
      if (copy === null) localStorage.removeItem(this.prefix + key);
      else localStorage.setItem(this.prefix + key, JSON.stringify({ content: copy.content, version: copy.version }));
    } catch {
      // A browser that keeps nothing, or no more: the server gets it in a moment, and the page asks before it is left.
    }
  }
}
