/** Tells the server from time to time that somebody is at this article, and shows who else is, and at what. */
import { Trouble } from "./session.js";

/** Milliseconds between two tellings; of something else sooner. */
const HERE = 10000;
const ELSEWHERE = 2500;

/** `current` gives the key of what is in the form, `words` the sentence; the names are shown in `place`. */
export function bePresent(session, address, place, { current, words }) {
  let at = null;
  let toldAt = 0;
  const tell = async () => {
    if (at === current() && performance.now() - toldAt < HERE) return;
    at = current();
    toldAt = performance.now();
    try {
      const { others = [] } = await session.send("POST", address, [["of", at.replace("-", ":")]]);
      const told = others.map(({ name, editing }) => (editing ? `${name}: «${editing}»` : name)).join("; ");
      place.textContent = told && `${words.alsoHere}: ${told}`;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
    }
  };
  tell();
  setInterval(tell, ELSEWHERE);
  window.addEventListener("pagehide", () => {
    navigator.sendBeacon(address, new URLSearchParams({ left: "1", csrfmiddlewaretoken: session.token }));
  });
}
