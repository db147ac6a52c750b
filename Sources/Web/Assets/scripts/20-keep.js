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

function read(form) {
  return controlsOf(form).map((control) => {
    if (control.type === "checkbox" || control.type === "radio") return control.checked;
    return control.value;
  });
}

function restore(form, draft) {
  const controls = controlsOf(form);
  // Another catalogue, another form: what does not fit is not put back.
  if (draft.names.join() !== controls.map((control) => control.name).join()) return;
  if (JSON.stringify(draft.values) === JSON.stringify(read(form))) return;
  controls.forEach((control, index) => {
    const value = draft.values[index];
    if (typeof value === "boolean") control.checked = value;
    else control.value = value;
  });
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
  const names = controlsOf(form).map((control) => control.name);
  const draft = { names, values: read(form), revision: form.elements.revision?.value, sent };
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
