/** Keys pressed before the annotation page's script is ready: kept for it, so that none is lost. Runs in the page's head. */
(() => {
  const pressed = [];
  const keep = (event) => {
    if (!event.target.matches?.("input, textarea, select")) pressed.push(event);
  };
  document.addEventListener("keydown", keep);
  window.skazanoEarly = {
    /** What was pressed; nothing is kept any more. */
    end() {
      document.removeEventListener("keydown", keep);
      return pressed;
    },
  };
})();
