// A choice in a filter is applied at once. Typed text, a day, and what is chosen by the keyboard
// are applied when they are left or on Enter: arrow keys pass over every choice on their way, and a
// year is typed figure by figure.
for (const form of document.querySelectorAll("form[data-filters]")) {
  let byKeys = false;
  let waits = false;
  form.addEventListener("keydown", (event) => {
    byKeys = true;
    if (event.key === "Enter" && event.target.tagName === "SELECT" && waits) form.requestSubmit();
  });
  form.addEventListener("pointerdown", () => { byKeys = false; });
  form.addEventListener("change", ({ target }) => {
    if (target.type !== "date" && !(byKeys && target.tagName === "SELECT")) form.requestSubmit();
    else waits = true;
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    // Whoever goes on to the form's own button presses it.
    if (waits && relatedTarget?.type !== "submit") form.requestSubmit();
  });
  // Empty filters stay out of the address.
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) {
      if (value === "") event.formData.delete(name);
    }
  });
}

// The error summary is read first.
document.querySelector("[data-focus]")?.focus();

// A link to a form that is folded away opens it.
function unfold() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  const box = target && target.closest("details");
  if (box) box.open = true;
}
window.addEventListener("hashchange", unfold);
unfold();

// A menu closes when something else is clicked, or on Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// On paper a chart's table stands in its place. Of the deadlines those are explained that the
// reader has opened.
window.addEventListener("beforeprint", () => {
  for (const table of document.querySelectorAll("details[data-chart-table]")) table.open = true;
});
