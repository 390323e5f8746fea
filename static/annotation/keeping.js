/** What must outlive the page: what was entered and not saved, and what can be undone. By user and text, in this browser. */

export class Keeping {
  constructor(user, snapshot) {
    this.prefix = `skazano.${user}.${snapshot}`;
  }

  /** What was entered for an item and not saved, or null. */
  entered(key) {
    return this.read(localStorage, `entered.${key}`);
  }

  enter(key, fields) {
    this.write(localStorage, `entered.${key}`, fields);
  }

  get history() {
    return this.read(sessionStorage, "history") ?? { done: [], undone: [] };
  }

  set history(acts) {
    this.write(sessionStorage, "history", acts);
  }

  read(store, name) {
    try {
      return JSON.parse(store.getItem(`${this.prefix}.${name}`));
    } catch {
      return null;
    }
  }

  write(store, name, value) {
    try {
      if (value === null) store.removeItem(`${this.prefix}.${name}`);
      else store.setItem(`${this.prefix}.${name}`, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing, or no more: the page works on, and asks before it is left.
    }
  }
}
