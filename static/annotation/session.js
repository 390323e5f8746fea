/** Talking to the server with a form that must not be lost: whoever was logged out meanwhile is told, and stays here. */

/** Answers that say something: done; overtaken by somebody else; refused, with the reason. */
const ANSWERS = [200, 409, 422];

/** What went wrong, in words that the page may show. */
export class Trouble extends Error {
  constructor(words, { loggedOut = false, gone = false } = {}) {
    super(words);
    this.loggedOut = loggedOut;
    this.gone = gone;
  }
}

export class Session {
  /** `user` is the number of the one for whom the page was made: nobody else's log-in sends what is entered here. */
  constructor(tokenAddress, words, user) {
    Object.assign(this, { tokenAddress, words, user });
    this.last = Promise.resolve();
    this.waiting = 0;
  }

  /** What the server says at an address, as data. Raises Trouble. */
  async ask(address) {
    return answerOf(await this.fetch(address, {}), this.words);
  }

  /**
   * Sends the fields and answers with what the server says, as data; what it refuses (422) has `refused` set. One
   * after the other, in the order in which they were asked for. Raises Trouble.
   */
  post(address, fields) {
    const send = () => this.send("POST", address, fields);
    // At once where nothing is on its way: what the page shows meanwhile is shown while the server works.
    const sent = this.waiting ? this.last.then(send) : send();
    this.waiting += 1;
    this.last = sent.catch(() => {}).finally(() => (this.waiting -= 1));
    return sent;
  }

  /** Has the server keep `data` at an address; its answer, with `overtaken` set where somebody else was faster. Raises Trouble. */
  put(address, data) {
    return this.send("PUT", address, data);
  }

  /** Has the server forget what is at an address. Raises Trouble. */
  delete(address) {
    return this.send("DELETE", address, null);
  }

  /** Whoever has logged in anew gets a new token: the first try with the old one is refused, so there is a second one. */
  async send(method, address, content) {
    const options = () => ({ method, body: bodyOf(method, content), headers: { "X-CSRFToken": this.token } });
    let response = await this.fetch(address, options());
    if (response.status === 403) {
      await this.renew();
      response = await this.fetch(address, options());
    }
    return answerOf(response, this.words);
  }

  async fetch(address, { headers, ...options }) {
    let response;
    try {
      response = await fetch(address, { ...options, headers: { ...headers, Accept: "application/json" } });
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

  /** Gives the page's forms a new token. Raises Trouble where nobody is logged in any more, or somebody else. */
  async renew() {
    const { token, user } = await this.ask(this.tokenAddress);
    if (user !== this.user) throw new Trouble(this.words.somebodyElse, { loggedOut: true });
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  }
}

async function answerOf(response, words) {
  if (response.status === 404) throw new Trouble(words.gone, { gone: true });
  if (!ANSWERS.includes(response.status)) throw new Trouble(words.unreachable);
  return { ...(await response.json()), refused: response.status === 422, overtaken: response.status === 409 };
}

function bodyOf(method, content) {
  if (method === "DELETE") return null;
  if (method === "PUT") return JSON.stringify(content);
  const form = new FormData();
  for (const [name, value] of content) if (name !== "csrfmiddlewaretoken") form.append(name, value);
  return form;
}
