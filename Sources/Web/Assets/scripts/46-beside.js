// While a report is taken down, what belongs to it is shown beside it: what may be the same, what the
// caller reported before, what happened at the same place. Whether something is the same is for
// people to say. Without scripts the page of the case says it afterwards.
function piece(tag, text, name) {
  const piece = document.createElement(tag);
  piece.textContent = text;
  if (name) piece.className = name;
  return piece;
}

function earlier({ url, number, title, kind, state, reportedAt, why }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  // What was typed stays in this tab.
  Object.assign(link, { href: url, target: "_blank", rel: "noopener" });
  link.append(piece("span", number, "number"), ` ${title}`);
  const head = document.createElement("p");
  head.append(link);
  item.append(head, piece("p", `${kind} · ${state} · ${reportedAt}`, "under"));
  if (why.length) {
    const reasons = piece("ul", "", "why-same");
    reasons.append(...why.map((reason) => piece("li", reason)));
    item.append(reasons);
  }
  return item;
}

class Beside {
  static about = ["title", "description", "place", "longitude", "latitude", "area", "reporter.phone"];

  constructor(box) {
    this.box = box;
    this.form = document.getElementById("case");
    this.asked = 0;
    box.hidden = false;
    const soon = ({ target }) => {
      if (!Beside.about.includes(target.name)) return;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.ask(), 400);
    };
    this.form.addEventListener("input", soon);
    this.form.addEventListener("change", soon);
    this.group("caller").querySelector("button").addEventListener("click", () => this.recall());
    // A form that came back, or a draft, has its texts already.
    this.ask();
  }

  group(name) {
    return this.box.querySelector(`[data-group="${name}"]`);
  }

  send(address, names) {
    const body = new URLSearchParams();
    for (const name of ["csrf", "channel", "kind", ...names]) {
      const value = this.form.elements[name]?.value;
      if (value) body.set(name, value);
    }
    return fetch(address, { method: "POST", body }).catch(() => undefined);
  }

  async ask() {
    const turn = ++this.asked;
    const has = (name) => Boolean(this.form.elements[name]?.value);
    let found = { same: [], here: [] };
    if (Beside.about.some(has)) {
      const answer = await this.send(this.box.dataset.beside, Beside.about);
      if (!answer?.ok) return;
      found = await answer.json();
    }
    // A later question has a newer answer.
    if (turn !== this.asked) return;
    const { caller } = found;
    this.show("caller", caller?.cases ?? []);
    this.group("caller").querySelector("[data-said]").textContent = caller?.said ?? "";
    this.group("caller").querySelector("button").hidden = !caller || this.isKnown();
    this.show("same", found.same);
    this.show("here", found.here);
    this.box.querySelector("[data-none]").hidden = Boolean(caller) || found.same.length + found.here.length > 0;
  }

  show(name, cases) {
    const group = this.group(name);
    group.querySelector("ul").replaceChildren(...cases.map(earlier));
    group.hidden = cases.length === 0;
  }

  isKnown() {
    return ["reporter.name", "reporter.address"].every((name) => this.form.elements[name].value);
  }

  // What the caller said once is opened, which is written down, and fills what is empty.
  async recall() {
    const answer = await this.send("/cases/new/caller", ["reporter.phone"]);
    if (!answer?.ok) return;
    const known = await answer.json();
    for (const name of ["name", "address"]) {
      const control = this.form.elements[`reporter.${name}`];
      if (!control.value && known[name]) control.value = known[name];
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.group("caller").querySelector("button").hidden = true;
    this.form.elements["reporter.name"].focus();
  }
}

for (const box of document.querySelectorAll("[data-beside]")) new Beside(box);

// Places of earlier cases are offered while an address is typed; one that is chosen brings its point.
class Places {
  constructor(input) {
    this.input = input;
    this.form = input.form;
    this.list = document.createElement("ul");
    this.list.className = "places";
    this.list.id = `${input.id}-places`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0].firstChild.textContent.trim());
    input.after(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    this.asked = 0;
    input.addEventListener("input", (event) => {
      if (!event.isTrusted) return;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.ask(), 250);
    });
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // A click must not take the focus from what is typed.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const row = target.closest("li");
      if (row) this.choose(this.places[[...this.list.children].indexOf(row)]);
    });
  }

  async ask() {
    const turn = ++this.asked;
    const body = new URLSearchParams({ csrf: this.form.elements.csrf.value, place: this.input.value });
    const answer = this.input.value.trim().length > 1
      ? await fetch("/cases/new/places", { method: "POST", body }).catch(() => undefined)
      : undefined;
    if (turn !== this.asked || document.activeElement !== this.input) return;
    this.places = answer?.ok ? (await answer.json()).places : [];
    this.places = this.places.filter(({ name }) => name !== this.input.value);
    this.list.replaceChildren(...this.places.map(({ name, said }, index) => {
      const row = piece("li", "", "find-row");
      row.id = `${this.list.id}-${index}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      row.append(piece("span", name), piece("span", said, "find-class"));
      return row;
    }));
    this.mark(-1);
    this.list.hidden = this.places.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  close() {
    this.asked += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  mark(index) {
    this.marked = Math.max(-1, Math.min(index, this.places.length - 1));
    [...this.list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === this.marked)));
    const row = this.list.children[this.marked];
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing || this.list.hidden) return;
    if (event.key === "ArrowDown") this.mark(this.marked + 1);
    else if (event.key === "ArrowUp") this.mark(this.marked - 1);
    else if (event.key === "Enter" && this.marked >= 0 && !event.ctrlKey) this.choose(this.places[this.marked]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  choose({ name, area, latitude, longitude }) {
    this.close();
    this.input.value = name;
    const { elements } = this.form;
    const isPlaced = latitude !== undefined;
    elements.latitude.value = isPlaced ? latitude : "";
    elements.longitude.value = isPlaced ? longitude : "";
    if (!isPlaced && area) elements.area.value = area;
    // The map, the draft and what stands beside hear of it.
    elements.latitude.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

for (const input of document.querySelectorAll("#case input[name=place]")) new Places(input);
