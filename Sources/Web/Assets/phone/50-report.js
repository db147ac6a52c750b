// The form of a report: it asks what the chosen kind asks, and puts the report into the outbox. What is
// being written is kept as well, with its photographs.
const form = find("form");
let editing;

const kindOf = (code) => taken?.data.kinds.find((kind) => kind.code === code);

function choice(field, one, type) {
  const control = document.createElement("input");
  Object.assign(control, {
    type, name: `fields.${field.code}`, value: one.code, id: `phone-${field.code}-${one.code}`,
    required: type === "radio" && field.required,
  });
  const label = element("label", "", one.name);
  label.htmlFor = control.id;
  return element("div", "choice", control, label);
}

function control(field) {
  if (field.type === "choice") {
    const list = document.createElement("select");
    list.append(new Option(words.nothing, ""), ...field.choices.map((one) => new Option(one.name, one.code)));
    return list;
  }
  if (field.type === "text" && field.longest > 200) return document.createElement("textarea");
  const line = document.createElement("input");
  line.type = field.type;
  if (field.type === "number") Object.assign(line, { step: "any", inputMode: "decimal" });
  if (field.longest) line.maxLength = field.longest;
  return line;
}

function asked(field) {
  const label = element(field.type === "choices" ? "legend" : "label", "", field.name);
  if (field.required) {
    const star = element("span", "required", "*");
    star.setAttribute("aria-hidden", "true");
    label.append(star);
  }
  if (field.type === "choices") {
    return element("div", "field", element(
      "fieldset", "", label, ...field.choices.map((one) => choice(field, one, "checkbox"))));
  }
  const made = control(field);
  Object.assign(made, { name: `fields.${field.code}`, id: `phone-${field.code}`, required: field.required });
  label.htmlFor = made.id;
  return element("div", "field", label, made);
}

const needed = (kind, field) => (field === "attachments" ? kind?.before : kind?.after) ?? 0;

// What the kind asks; answers to what another kind asks too stay.
function askAll() {
  const kind = kindOf(form.elements.kind.value);
  const before = values();
  for (const list of box.querySelectorAll("[data-fields]")) {
    const isReport = list.dataset.fields === "report";
    const fields = (kind?.fields ?? []).filter((field) => (field.stage === "report") === isReport);
    list.replaceChildren(...fields.map(asked));
  }
  find("spot").hidden = !kind?.onTheSpot;
  if (!kind?.onTheSpot) form.elements.spot.checked = false;
  for (const note of box.querySelectorAll("[data-needed]")) {
    const count = needed(kind, note.dataset.needed);
    note.textContent = count ? fill(words.needed, { needed: count }) : "";
  }
  put(before);
  askSpot();
}

function askSpot() {
  const isDone = form.elements.spot.checked;
  const part = find("spot-part");
  part.hidden = !isDone;
  // What is not seen is neither wanted nor sent.
  for (const one of part.querySelectorAll("input, select, textarea")) one.disabled = !isDone;
}

const values = () => [...new FormData(form)].filter(([, value]) => typeof value === "string" && value);

function put(pairs) {
  const left = new Map();
  for (const [name, value] of pairs) left.set(name, [...(left.get(name) ?? []), value]);
  for (const one of form.elements) {
    const given = left.get(one.name);
    if (!given) continue;
    if (one.type === "checkbox" || one.type === "radio") one.checked = given.includes(one.value);
    else if (one.type !== "file") one.value = given[0];
  }
}

let noted;
// Written a moment after the last key, and at once when the page goes.
function noteDraft() {
  clearTimeout(noted);
  noted = setTimeout(writeDraft, 300);
}

function writeDraft() {
  clearTimeout(noted);
  noted = undefined;
  return keepDraft({ values: values(), shots, here, editing }).catch(() => {});
}

function show(report) {
  form.reset();
  put(report.values);
  askAll();
  put(report.values);
  askSpot();
  shots = report.shots ?? [];
  here = report.here ?? here;
  editing = report.editing;
  find("editing").hidden = !editing;
  showShots();
  showHere();
}

function clear() {
  find("wrong").hidden = true;
  show({ values: [] });
}

const isPlace = ([name]) => !["channel", "latitude", "longitude", "accuracy"].includes(name);

function edit(report) {
  const given = Object.fromEntries(report.values);
  const place = given.latitude && {
    latitude: Number(given.latitude), longitude: Number(given.longitude),
    accuracy: Number(given.accuracy),
  };
  here = undefined;
  find("here").textContent = "";
  show({
    values: report.values.filter(isPlace), shots: report.photos, here: place,
    editing: { order: report.order, key: report.key, made: report.made },
  });
  noteDraft();
  box.querySelector(".phone-report").open = true;
  complain([[report.reason, form.elements.title]]);
}

// What is wrong, each with the control that it is about.
function complain(wrong) {
  const summary = find("wrong");
  const list = document.createElement("ul");
  for (const [text, at] of wrong) {
    const link = element("a", "", text);
    link.href = `#${at.id || "phone-form"}`;
    list.append(element("li", "", link));
  }
  summary.replaceChildren(list);
  summary.hidden = wrong.length === 0;
  if (wrong.length) summary.focus();
}

function mistakes(kind) {
  const wrong = [];
  const fields = form.elements.spot.checked ? ["attachments", "spot.attachments"] : ["attachments"];
  for (const field of fields) {
    const count = shots.filter((shot) => shot.field === field).length;
    const least = needed(kind, field);
    const at = box.querySelector(`[data-shoot="${field}"]`);
    if (count < least) wrong.push([fill(words.tooFew, { needed: least, count }), at]);
  }
  const { place, area } = form.elements;
  const isKnown = here && here.accuracy <= rough;
  if (!isKnown && !area.value && !place.value.trim()) wrong.push([words.noPlace, place]);
  return wrong;
}

function report(kind) {
  const isSpot = form.elements.spot.checked;
  const channel = isSpot && kind.channels.includes("self") ? "self" : kind.channels[0];
  const pairs = [...values(), ["channel", channel]];
  if (here) {
    pairs.push(
      ["latitude", here.latitude.toFixed(6)], ["longitude", here.longitude.toFixed(6)],
      ["accuracy", String(Math.round(here.accuracy))]);
  }
  const made = {
    key: editing?.key ?? newKey(), made: editing?.made ?? Date.now(), state: "waits",
    title: form.elements.title.value.trim(), kindName: kind.name, values: pairs,
    photos: shots.filter((shot) => isSpot || shot.field === "attachments"),
  };
  // What was changed keeps its place in the order.
  return editing ? { ...made, order: editing.order } : made;
}

async function keep() {
  const kind = kindOf(form.elements.kind.value);
  if (!kind) return;
  const wrong = mistakes(kind);
  complain(wrong);
  if (wrong.length) return;
  const made = report(kind);
  try {
    await keepReport(made);
  } catch {
    complain([[words.full, form.elements.title]]);
    return;
  }
  clearTimeout(noted);
  here = undefined;
  clear();
  find("here").textContent = "";
  await keepDraft(undefined);
  await showOutbox();
  find("state").textContent = fill(words.kept, made);
  find("outbox").scrollIntoView({ block: "nearest" });
  send();
}

function showQuick() {
  const codes = [...new Set([...(taken?.data.recent ?? []), ...(taken?.data.nearby ?? [])])];
  const chips = codes.map(kindOf).filter(Boolean).map((kind) =>
    button(kind.name, () => {
      form.elements.kind.value = kind.code;
      form.elements.kind.dispatchEvent(new Event("change", { bubbles: true }));
      form.elements.title.focus();
    }));
  find("quick").replaceChildren(...chips);
  find("quick").hidden = chips.length === 0;
}
