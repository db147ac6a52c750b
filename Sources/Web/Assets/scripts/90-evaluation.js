// The editor of a form: while somebody types, the server is asked what follows, what points it
// proposes and what is doubtful, and says it beside the fields. Nothing is saved by it.
for (const form of document.querySelectorAll("form[data-evaluation]")) {
  let waiting = 0;
  let asked = 0;
  const lines = [...form.querySelectorAll("[data-line]")];
  for (const input of form.querySelectorAll("input[name$='.name']")) input.setAttribute("list", "library");
  for (const input of form.querySelectorAll("input[name$='.level2']")) input.setAttribute("list", "level2");

  const field = (line, name) => line.querySelector(`[name$='.${name}']`);
  // As the server reads them: lines in which something is written, without those to be removed.
  const isRead = (line) => {
    const texts = ["level1", "level2", "name", "target", "actual", "weight", "score", "reason", "remedy"];
    const remove = field(line, "remove");
    const isKept = field(line, "id") || texts.some((name) => field(line, name).value.trim() !== "");
    return isKept && !(remove && remove.checked);
  };

  function show(answer) {
    for (const place of form.querySelectorAll("[data-shown]")) {
      place.textContent = answer[place.dataset.shown];
    }
    const read = lines.filter(isRead);
    const spots = new Map();
    read.forEach((line, index) => spots.set(`at-indicator-${index}`, line.querySelector("[data-findings]")));
    for (const place of form.querySelectorAll("[data-findings]")) {
      place.replaceChildren();
      if (!place.closest("[data-line]")) spots.set(place.dataset.findings, place);
    }
    for (const finding of answer.findings) {
      const place = spots.get(finding.spot) ?? spots.get("at-whole");
      let list = place.querySelector("ul");
      if (!list) {
        list = document.createElement("ul");
        list.className = "findings";
        place.append(list);
      }
      const item = document.createElement("li");
      item.className = `finding finding-${finding.severity}`;
      const weight = document.createElement("span");
      weight.className = "finding-weight";
      weight.textContent = finding.weight;
      item.append(weight, ` ${finding.text}`);
      list.append(item);
    }
    read.forEach((line, index) => propose(line, answer.indicators[index]));
  }

  function propose(line, proposal) {
    if (!proposal) return;
    line.querySelector("[data-why]").textContent = proposal.why;
    const button = line.querySelector("[data-accept]");
    const score = field(line, "score");
    button.hidden = !proposal.points || Number(score.value) === Number(proposal.points);
    button.textContent = form.dataset.acceptWords.replace("{points}", proposal.points);
    button.onclick = () => {
      score.value = proposal.points;
      score.dispatchEvent(new Event("input", { bubbles: true }));
    };
  }

  async function ask() {
    const turn = ++asked;
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.evaluation, { method: "POST", body });
    // A later question has a newer answer.
    if (answer.ok && turn === asked) show(await answer.json());
  }

  form.addEventListener("input", ({ target }) => {
    // A term of the library brings its levels and a typical target where nothing stands yet.
    const line = target.closest("[data-line]");
    if (line && target.name.endsWith(".name")) {
      const term = [...document.querySelectorAll("#library option")].find((one) => one.value === target.value);
      if (term) {
        for (const name of ["target", "level1", "level2", "direction"]) {
          const place = field(line, name);
          if (place.value === "" && term.dataset[name]) place.value = term.dataset[name];
        }
      }
    }
    clearTimeout(waiting);
    waiting = setTimeout(() => ask().catch(() => {}), 400);
  });
  ask().catch(() => {});
}

// Documents may be dropped anywhere on the form that reads them. They are sent one after the other,
// with how far it is; what could not be sent is said, and does not stop the rest.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const progress = form.querySelector("[data-progress]");
  const bar = progress.querySelector("progress");
  const text = progress.querySelector("[data-progress-text]");

  function send(file, done, all) {
    const body = new FormData();
    body.append("csrf", form.elements.csrf.value);
    body.append("file", file);
    return new Promise((end) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.upload.addEventListener("progress", ({ loaded }) => {
        bar.value = all > 0 ? Math.min(99, ((done + loaded) / all) * 100) : 0;
      });
      request.addEventListener("loadend", () => end(request.status >= 200 && request.status < 300));
      request.send(body);
    });
  }

  form.addEventListener("submit", async (event) => {
    const files = [...input.files];
    if (files.length === 0) return;
    event.preventDefault();
    progress.hidden = false;
    const all = files.reduce((sum, file) => sum + file.size, 0);
    const failed = [];
    let done = 0;
    for (const [index, file] of files.entries()) {
      text.textContent = `${index + 1} / ${files.length} ${file.name}`;
      if (!(await send(file, done, all))) failed.push(file.name);
      done += file.size;
    }
    bar.value = 100;
    if (failed.length === 0) return location.assign(form.action);
    text.textContent = `${form.dataset.failed} ${failed.join(", ")}`;
    if (failed.length < files.length) setTimeout(() => location.assign(form.action), 4000);
  });

  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("is-over");
    });
  }
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("is-over");
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
