// A choice in a filter is applied at once; typed text when it is left or on Enter.
for (const form of document.querySelectorAll("form[data-filters]")) {
  form.addEventListener("change", () => form.requestSubmit());
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

// On paper everything that explains a deadline is open.
window.addEventListener("beforeprint", () => {
  for (const why of document.querySelectorAll("details.why")) why.open = true;
});
