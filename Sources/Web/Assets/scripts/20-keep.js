// What is typed into a form is kept in this tab until the form has been accepted, so that a lost
// session, a conflict or a closed page loses no text. Files and passwords cannot be kept. A draft
// belongs to one person and is forgotten when they sign out.
const person = document.body.dataset.person;
const kept = "draft:";
const refused = ["sign-in", "fault", "conflict"];

const keyOf = (form) => `${kept}${person}:${form.getAttribute("action")}#${form.id}`;

const controlsOf = (form) =>
  [...form.elements].filter(
    (control) => control.name && !["hidden", "file", "password", "submit"].includes(control.type));

const isTicked = ({ type }) => type === "checkbox" || type === "radio";
const valueOf = (control) => (isTicked(control) ? control.checked : control.value);

function untouched(control) {
  if (isTicked(control)) return control.defaultChecked;
  if (control.tagName !== "SELECT") return control.defaultValue;
  const options = [...control.options];
  return (options.find((option) => option.defaultSelected) ?? options[0])?.value;
}

// What somebody changed, by name, each in its place among those of the same name. What they left as it
// was is the page's to say.
function read(form) {
  const values = {};
  for (const control of controlsOf(form)) {
    const value = valueOf(control);
    (values[control.name] ??= []).push(value === untouched(control) ? null : value);
  }
  return values;
}

// Another catalogue or another kind asks other things: what it asks too is put back.
function restore(form, draft) {
  const met = {};
  let isOther = false;
  for (const control of controlsOf(form)) {
    const index = (met[control.name] = (met[control.name] ?? -1) + 1);
    const value = draft.values[control.name]?.[index] ?? null;
    if (value === null || value === valueOf(control)) continue;
    if (isTicked(control)) control.checked = value;
    else control.value = value;
    isOther = true;
  }
  if (!isOther) return;
  const box = form.closest("details");
  if (box) box.open = true;
  const revision = form.elements.revision;
  const isOlder = draft.revision && revision && draft.revision !== revision.value;
  // Where the form is the thing itself, what was typed goes on from what its writer saw, so that the
  // server puts it together with what others have saved since.
  if (isOlder && form.dataset.keep === "content") revision.value = draft.revision;
  announce(form, isOlder);
}

// Says that something stands there which nobody has saved, and lets it go.
function announce(form, isOlder) {
  const notice = document.getElementById("kept").content.cloneNode(true);
  if (!isOlder) notice.querySelector("[data-older]").remove();
  notice.querySelector("button").addEventListener("click", () => {
    sessionStorage.removeItem(keyOf(form));
    location.reload();
  });
  form.prepend(notice);
}

function keep(form, sent) {
  const draft = { values: read(form), revision: form.elements.revision?.value, sent };
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage takes the draft away, never the form.
  }
}

function drafts() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(kept));
}

// A page that is no refusal means that what was sent has been taken; what was refused waits for its
// form to be shown again.
const isRefusal = refused.includes(document.body.dataset.page);
const returned = [...document.querySelectorAll("form[data-returned]")].map(keyOf);
for (const key of drafts()) {
  const draft = JSON.parse(sessionStorage.getItem(key));
  if (!draft.sent) continue;
  if (isRefusal || returned.includes(key)) {
    sessionStorage.setItem(key, JSON.stringify({ ...draft, sent: false }));
  } else {
    sessionStorage.removeItem(key);
  }
}

for (const form of person ? document.querySelectorAll("form[data-keep]") : []) {
  const draft = sessionStorage.getItem(keyOf(form));
  if (draft && !("returned" in form.dataset)) restore(form, JSON.parse(draft));
  form.addEventListener("input", () => keep(form, false));
  form.addEventListener("submit", () => keep(form, true));
}

for (const form of document.querySelectorAll("form[data-forget]")) {
  form.addEventListener("submit", () => drafts().forEach((key) => sessionStorage.removeItem(key)));
}
