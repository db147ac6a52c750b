// The theme changes at once; the form's answer keeps the choice in a cookie.
const form = document.querySelector("form[data-theme-switch]");
form?.addEventListener("submit", (event) => {
  const theme = event.submitter?.value;
  if (!theme) return;
  event.preventDefault();
  document.documentElement.dataset.theme = theme;
  for (const button of form.querySelectorAll("button")) {
    if (button === event.submitter) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    button.removeAttribute("aria-disabled");
  }
  delete form.dataset.sending;
  const body = new URLSearchParams(new FormData(form));
  body.set("theme", theme);
  fetch(form.action, { method: "POST", body, redirect: "manual" });
  document.dispatchEvent(new Event("theme"));
});
