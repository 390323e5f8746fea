/** Talking to the server with a form that must not be lost: whoever was logged out meanwhile is told, and stays here. */

/** What went wrong, in words that the page may show; `kept` is what the server said of it, if it said anything. */
export class Trouble extends Error {
  constructor(words, { loggedOut = false, kept = null } = {}) {
    super(words);
    this.loggedOut = loggedOut;
    this.kept = kept;
  }
}

export class Session {
  constructor(tokenAddress, words) {
    this.tokenAddress = tokenAddress;
    this.words = words;
    this.last = Promise.resolve();
    this.waiting = 0;
  }

  /** What the server says at an address, as data. Raises Trouble. */
  async ask(address, options = {}) {
    const response = await this.fetch(address, options);
    if (response.status !== 200 && response.status !== 422) throw new Trouble(this.words.unreachable);
    return response.json();
  }

  /**
   * Sends the fields and answers with what the server says, as data; what it refuses (422) has `refused` set. One
   * after the other, in the order in which they were asked for. Whoever has logged in anew gets a new token: the first
   * try with the old one is refused, so there is a second one. Raises Trouble.
   */
  post(address, fields) {
    // At once where nothing is on its way: what the page shows meanwhile is shown while the server works.
    const sent = this.waiting ? this.last.then(() => this.send(address, fields)) : this.send(address, fields);
    this.waiting += 1;
    this.last = sent.catch(() => {}).finally(() => (this.waiting -= 1));
    return sent;
  }

  async send(address, fields) {
    const body = () => {
      const form = new FormData();
      for (const [name, value] of fields) if (name !== "csrfmiddlewaretoken") form.append(name, value);
      form.append("csrfmiddlewaretoken", this.token);
      return form;
    };
    let response = await this.fetch(address, { method: "POST", body: body() });
    if (response.status === 403) {
      await this.renew();
      response = await this.fetch(address, { method: "POST", body: body() });
    }
    if (response.status !== 200 && response.status !== 422) throw new Trouble(this.words.unreachable);
    return { ...(await response.json()), refused: response.status === 422 };
  }

  async fetch(address, options) {
    let response;
    try {
      response = await fetch(address, { ...options, headers: { Accept: "application/json" } });
    } catch {
      throw new Trouble(this.words.unreachable);
    }
    // Somebody who is logged out is sent to another page.
    if (response.redirected) throw new Trouble(this.words.loggedOut, { loggedOut: true });
    return response;
  }

  get token() {
    return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  /** Gives the page's forms a new token. Raises Trouble where nobody is logged in any more. */
  async renew() {
    const { token } = await this.ask(this.tokenAddress);
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  }
}
