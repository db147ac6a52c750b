// Ctrl and Enter send the form in which somebody writes.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const form = event.target.form;
  if (!form || form.method !== "post") return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[type=submit]"));
});

// Alt and a letter lead to a field, and tick a box. Browsers do so by themselves, each with other keys
// beside Alt; here it is the same in all of them, by where the key lies and not by what it writes.
const keyed = new Map();
for (const control of document.querySelectorAll("[accesskey]")) {
  keyed.set(`Key${control.accessKey}`, control);
  control.removeAttribute("accesskey");
}
document.addEventListener("keydown", (event) => {
  const control = event.altKey && !event.ctrlKey && !event.metaKey && keyed.get(event.code);
  if (!control) return;
  event.preventDefault();
  control.focus();
  if (control.type === "checkbox") control.click();
});

// Where typing is all that a page is for, it begins at once; not on a phone, where it would open the
// keyboard, nor where a mistake or a draft is to be read first.
for (const form of document.querySelectorAll("form[data-begin]")) {
  if (!matchMedia("(pointer: fine)").matches || document.querySelector("[data-focus]")) continue;
  form.querySelector("[data-begin-here], .field input, .field select, .field textarea")?.focus();
}
