/** Buttons that copy a text of the page. Without scripts, or where the browser has no clipboard, they stay hidden. */

const SHOWN_FOR = 2000; // milliseconds

if (navigator.clipboard) {
  const status = document.getElementById("cite-status");
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const text = document.getElementById(button.dataset.copy).textContent.trim();
    const label = [...button.childNodes];
    let restoring = 0;
    button.hidden = false;
    button.addEventListener("click", async () => {
      let said = button.dataset.copied;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        select(button.dataset.copy);
        said = button.dataset.refused;
      }
      button.textContent = said;
      status.textContent = said;
      clearTimeout(restoring);
      restoring = setTimeout(() => {
        button.replaceChildren(...label);
        status.textContent = "";
      }, SHOWN_FOR);
    });
  }
}

/** Where the browser refuses, the text is selected, so that the reader's own keys copy it. */
function select(id) {
  getSelection().selectAllChildren(document.getElementById(id));
}
