/** Talking to the server with a form that must not be lost: whoever was logged out meanwhile is told, and stays here. */

/** What went wrong, in words that the page may show. */
export class Trouble extends Error {
  constructor(words, { loggedOut = false } = {}) {
    super(words);
    this.loggedOut = loggedOut;
  }
}

export class Session {
  constructor(tokenAddress, words) {
    this.tokenAddress = tokenAddress;
    this.words = words;
  }

  /** What the server says at an address, as data. Raises Trouble. */
  async ask(address, options) {
    let response;
    try {
      response = await fetch(address, options);
    } catch {
      throw new Trouble(this.words.unreachable);
    }
    // Somebody who is logged out is sent to another page.
    if (response.redirected) throw new Trouble(this.words.loggedOut, { loggedOut: true });
    if (response.status !== 200 && response.status !== 422) throw new Trouble(this.words.unreachable);
    return response.json();
  }

  /**
   * Makes the page's forms ready to be sent: whoever logs in anew gets a new token, and a form with the old one would
   * be refused. Raises Trouble where nobody is logged in any more.
   */
  async renew() {
    const { token } = await this.ask(this.tokenAddress);
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  }
}
