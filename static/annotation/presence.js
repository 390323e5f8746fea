/** Tells the server from time to time that somebody is at this article, and shows who else is, and at what. */
import { Trouble } from "./session.js";

/** Milliseconds between two tellings. */
const HERE = 10000;

/** `current` gives the key of what is in the form, `words` the sentence; the names are shown in `place`. */
export function bePresent(session, address, place, { current, words }) {
  const tell = async () => {
    try {
      const { others = [] } = await session.send("POST", address, [["of", current().replace("-", ":")]]);
      const told = others.map(({ name, editing }) => (editing ? `${name}: «${editing}»` : name)).join("; ");
      place.textContent = told && `${words.alsoHere}: ${told}`;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
    }
    setTimeout(tell, HERE);
  };
  tell();
  window.addEventListener("pagehide", () => {
    navigator.sendBeacon(address, new URLSearchParams({ left: "1", csrfmiddlewaretoken: session.token }));
  });
}
