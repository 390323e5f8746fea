// Boxes that search as one types are drawn by a library that gives them no name: they get their field's.

function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    const said = label?.textContent.trim().replace(/:$/, "") || select.getAttribute("aria-label");
    if (!box || !said) continue;
    box.setAttribute("aria-label", said);
    box.querySelector("[role=textbox]")?.setAttribute("aria-label", said);
  }
}

// The library draws them in the same queue, before.
window.django?.jQuery?.(nameBoxes);
document.addEventListener("formset:added", () => setTimeout(nameBoxes));
