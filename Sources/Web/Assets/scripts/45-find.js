// A long list is searched as somebody types: by name, other words, pinyin, initials or English. The
// list itself stays as it was for those without scripts, and keeps the choice; this only stands in
// for what opens. Arrow keys on the closed list go from one option to the next, as ever.
const wordsOf = new Map();

// The words come when a list is first opened; until then the names serve.
function load(address) {
  if (!wordsOf.has(address)) {
    const answer = fetch(address).then((one) => (one.ok ? one.json() : {})).catch(() => ({}));
    wordsOf.set(address, answer);
  }
  return wordsOf.get(address);
}

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s/g, "");

// As `KindIndex` ranks: 0 is best. The word that it was found by is shown where it is not the name.
function match(wanted, option, words) {
  const { names = [plain(option.label)], pinyin = [], initials = [], english = [] } = words ?? {};
  const code = option.value.toLowerCase();
  const starts = (text) => text?.startsWith(wanted);
  if (code === wanted || names[0] === wanted) return { rank: 0 };
  if (starts(code) || starts(names[0]) || starts(plain(option.label))) return { rank: 1 };
  if (starts(initials[0]) || starts(pinyin[0])) return { rank: 2 };
  const at = names.findIndex((name) => name.includes(wanted));
  if (at >= 0) return { rank: 3, word: names[at] };
  const typed = names.findIndex((_, index) => starts(initials[index]) || starts(pinyin[index]));
  if (typed >= 0) return { rank: 4, word: names[typed] };
  if (english.some(starts) || plain(option.label).includes(wanted)) return { rank: 5 };
  const inside = pinyin.findIndex((text) => text.includes(wanted));
  return inside >= 0 ? { rank: 6, word: names[inside] } : undefined;
}

class Finder {
  constructor(select) {
    this.select = select;
    this.options = [...select.options].map((option) => ({
      value: option.value, label: option.label,
      group: option.parentElement.label ?? "",
    }));
    this.words = {};
    this.frame = document.createElement("div");
    this.frame.className = "find";
    select.replaceWith(this.frame);
    this.frame.append(select);
    this.frame.addEventListener("click", (event) => {
      if (!this.box && !select.disabled) this.open("");
      else if (event.target === this.frame) this.close();
    });
    select.addEventListener("keydown", (event) => this.pressed(event));
    select.addEventListener("focus", () => load(select.dataset.find));
  }

  // Typing, Space and Alt with an arrow open it; a list that has the focus has nothing to type into.
  pressed(event) {
    const opens = [" ", "F4", "Process"].includes(event.key)
      || (event.altKey && event.key.startsWith("Arrow"));
    const types = event.key.length === 1 && event.key !== " ";
    if (event.ctrlKey || event.metaKey || (!opens && !types)) return;
    if (event.key !== "Process") event.preventDefault();
    this.open(types && !event.altKey ? event.key : "");
  }

  open(text) {
    const { findHint, find } = this.select.dataset;
    const id = `${this.select.id}-find`;
    this.box = document.createElement("div");
    this.box.className = "find-box";
    this.input = document.createElement("input");
    Object.assign(this.input, { type: "text", placeholder: findHint, value: text });
    this.input.autocomplete = "off";
    this.input.spellcheck = false;
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", `${id}-list`);
    this.input.setAttribute("aria-label", `${this.select.labels[0]?.textContent.trim() ?? ""} ${findHint}`);
    this.list = document.createElement("ul");
    this.list.id = `${id}-list`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", findHint);
    this.said = document.createElement("p");
    this.said.className = "find-said";
    this.said.setAttribute("role", "status");
    this.box.append(this.input, this.list, this.said);
    this.frame.append(this.box);
    // What happens within is nobody else's: the form is not sent by what is typed here.
    for (const name of ["change", "input", "keydown", "focusout", "click"]) {
      this.box.addEventListener(name, (event) => event.stopPropagation());
    }
    this.input.addEventListener("input", () => {
      this.isAwaited = false;
      this.show();
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", ({ target }) => {
      const row = target.closest("[data-value]");
      if (row) this.choose(row.dataset.value);
    });
    this.box.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.box?.contains(relatedTarget)) this.close();
    });
    // A click on the list must not take the focus from what is typed.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.show();
    this.input.focus();
    this.box.scrollIntoView({ block: "nearest" });
    load(find).then((words) => {
      this.words = words;
      this.isLoaded = true;
      if (this.box && this.input.value && !(this.marked > 0)) this.show();
      if (this.box && this.isAwaited && this.rows.length) this.choose(this.rows[0].dataset.value);
    });
  }

  close() {
    const box = this.box;
    this.box = undefined;
    this.isAwaited = false;
    box?.remove();
  }

  // Everything in its groups while nothing is typed, the likeliest first afterwards.
  show() {
    const wanted = plain(this.input.value);
    const isAll = wanted === "";
    const found = isAll
      ? this.options.map((option) => ({ option }))
      : this.options
        .filter((option) => option.value)
        .map((option, index) => ({ option, index, ...match(wanted, option, this.words[option.value]) }))
        .filter(({ rank }) => rank !== undefined)
        .sort((one, other) => one.rank - other.rank || one.index - other.index);
    const rows = [];
    let group = "";
    found.forEach(({ option, word }, index) => {
      if (isAll && option.group !== group) {
        group = option.group;
        rows.push(this.piece("li", "find-group", group, "presentation"));
      }
      const row = this.piece("li", "find-row", "", "option");
      row.id = `${this.list.id}-${index}`;
      row.dataset.value = option.value;
      row.setAttribute("aria-selected", "false");
      row.append(this.piece("span", "find-name", option.label));
      if (word && word !== plain(option.label)) row.append(this.piece("span", "find-word", word));
      if (!isAll) row.append(this.piece("span", "find-class", option.group));
      rows.push(row);
    });
    this.list.replaceChildren(...rows);
    const { findNone, findCount } = this.select.dataset;
    this.said.textContent =
      found.length ? findCount.replace("{count}", isAll ? found.length - 1 : found.length) : findNone;
    this.rows = rows.filter((row) => row.dataset.value !== undefined);
    const chosen = this.rows.findIndex((row) => row.dataset.value === this.select.value);
    this.mark(isAll ? Math.max(0, chosen) : 0);
  }

  piece(tag, name, text, role) {
    const piece = document.createElement(tag);
    piece.className = name;
    piece.textContent = text;
    if (role) piece.setAttribute("role", role);
    return piece;
  }

  mark(index) {
    this.rows[this.marked]?.setAttribute("aria-selected", "false");
    this.marked = Math.min(Math.max(index, 0), this.rows.length - 1);
    const row = this.rows[this.marked];
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    // While a word is being composed, its keys are the input method's.
    if (event.isComposing) return;
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in moves) this.mark(this.marked + moves[event.key]);
    else if (event.key === "Enter" && this.rows.length) this.choose(this.rows[this.marked].dataset.value);
    // Whoever types faster than the words come has meant the first of what they will find.
    else if (event.key === "Enter") this.isAwaited = !this.isLoaded;
    else if (event.key === "Escape") this.leave();
    else if (event.key === "Tab") return this.leave();
    else return;
    event.preventDefault();
  }

  leave() {
    this.close();
    this.select.focus();
  }

  choose(value) {
    const isOther = this.select.value !== value;
    this.select.value = value;
    this.leave();
    if (!isOther) return;
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
    // What was looked for and chosen is meant: a filter is applied at once.
    if (this.select.form.matches("[data-filters]")) this.select.form.requestSubmit();
    else this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

for (const select of document.querySelectorAll("select[data-find]")) new Finder(select);
