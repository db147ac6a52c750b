// What cannot be undone is asked once more, before anything else hears of it.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (!question || confirm(question)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// A second click on a button that is already at work sends nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // What brings a file leaves the page as it is.
  if (form.method !== "post" || event.submitter?.dataset.again !== undefined) return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "yes";
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    button.setAttribute("aria-disabled", "true");
  }
});

// Coming back by the browser's button finds the form ready again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) {
    delete form.dataset.sending;
    for (const button of form.querySelectorAll("[aria-disabled]")) {
      button.removeAttribute("aria-disabled");
    }
  }
});
