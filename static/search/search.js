/* What htmx leaves to the page: where the focus goes, which folded parts stay open, and what to do when no answer comes.
   Without this file, and without htmx, every link and the form lead to the same addresses. */
"use strict";

(() => {
  const ANSWERS = "answers";
  let asked = null; // the element that the last question came from
  let unfolded = [];

  document.addEventListener("htmx:beforeRequest", (event) => {
    asked = event.detail.requestConfig.elt;
  });

  document.addEventListener("htmx:beforeSwap", () => {
    unfolded = [...document.querySelectorAll(`#${ANSWERS} .facets, #${ANSWERS} .chart-table`)].filter((part) => part.open);
    unfolded = unfolded.map((part) => part.className);
  });

  document.addEventListener("htmx:afterSwap", () => {
    for (const part of document.querySelectorAll(`#${ANSWERS} details`)) {
      if (unfolded.includes(part.className)) part.open = true;
    }
    unfolded = [];
  });

  document.addEventListener("htmx:afterSettle", () => {
    const heading = document.getElementById("found");
    const isTurned = asked?.closest?.(".pager");
    if (heading && (isTurned || !document.activeElement || document.activeElement === document.body)) {
      heading.focus({ preventScroll: !isTurned });
      if (isTurned) heading.scrollIntoView();
    }
    asked = null;
  });

  // htmx takes over only links of HTML, not those of a picture.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(`#${ANSWERS} svg a`);
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    window.htmx.ajax("GET", link.getAttribute("href"), { source: document.getElementById(ANSWERS) });
  });

  // The browser itself says best what is wrong with the network or the site.
  for (const trouble of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(trouble, (event) => {
      window.location.assign(event.detail.requestConfig.path);
    });
  }
})();
