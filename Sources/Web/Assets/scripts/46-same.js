// While a report is taken down, what may be the same is shown before it is sent. Whether it is the same
// is for people to say; without scripts the page of the case says it afterwards.
for (const box of document.querySelectorAll("[data-same]")) {
  const form = box.previousElementSibling;
  const list = box.querySelector("ul");
  const about = ["title", "description", "place", "longitude", "latitude", "area"];
  let asked = 0;
  let waiting;
  // Where it is seen before the button is pressed.
  form.querySelector(".form-end").before(box);

  function piece(tag, text, name) {
    const piece = document.createElement(tag);
    piece.textContent = text;
    if (name) piece.className = name;
    return piece;
  }

  function line({ url, number, title, state, reportedAt, why }) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    // What was typed stays in this tab.
    Object.assign(link, { href: url, target: "_blank", rel: "noopener" });
    link.append(piece("span", number, "number"), ` ${title}`);
    const reasons = piece("ul", "", "why-same");
    reasons.append(...why.map((reason) => piece("li", reason)));
    const head = document.createElement("p");
    head.append(link);
    item.append(head, piece("p", `${state} · ${reportedAt}`, "under"), reasons);
    return item;
  }

  async function ask() {
    const turn = ++asked;
    const body = new URLSearchParams();
    for (const name of ["csrf", "channel", "kind", ...about]) {
      const value = form.elements[name]?.value;
      if (value) body.set(name, value);
    }
    const isPlaced = body.has("area") || (body.has("longitude") && body.has("latitude"));
    let same = [];
    if (body.has("title") && isPlaced) {
      const answer = await fetch(box.dataset.same, { method: "POST", body }).catch(() => undefined);
      if (!answer?.ok) return;
      same = (await answer.json()).same;
    }
    // A later question has a newer answer.
    if (turn !== asked) return;
    list.replaceChildren(...same.map(line));
    box.hidden = same.length === 0;
  }

  function soon({ target }) {
    if (!about.includes(target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 500);
  }
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // A form that came back, or a draft, has its texts already.
  ask();
}
