// The outbox: reports in the order in which they were made, and how they are sent. Each has a key of
// its own, so that a report that was sent twice by a bad network arrives once.
const again = 30_000;
const mostFailures = 3;
const keptSent = 20;

const sendingNow = { order: undefined, runs: false, until: 0, isSignedOut: false, isAskedAgain: false };

const isWaiting = (report) => report.state === "waits";

// By itself it keeps no session from ending; a person who presses the button does.
const ask = (address, isMeant, rest = {}) =>
  fetch(address, { ...rest, headers: isMeant ? {} : { "X-Live": "1" } });

// What proves that a form is ours; nil where somebody has to sign in first.
async function proof(isMeant) {
  const answer = await ask("/api/v1/me", isMeant);
  if (answer.status === 401) return undefined;
  if (!answer.ok) throw new Wait(answer);
  const me = await answer.json();
  // The reports of one person are never sent in another's name.
  find("other").hidden = me.person === person;
  if (me.person !== person) throw new Wait();
  return me.csrf;
}

// Nothing is wrong with the report, but it is to be tried later.
class Wait extends Error {
  constructor(answer) {
    super("later");
    const seconds = Number(answer?.headers.get("Retry-After"));
    if (seconds > 0) sendingNow.until = Date.now() + seconds * 1000;
  }
}

function asForm(report, csrf) {
  const form = new FormData();
  form.append("csrf", csrf);
  form.append("submission", report.key);
  for (const [name, value] of report.values) form.append(name, value);
  // Both by this phone's clock: the server looks at what passed between them.
  form.append("made", report.made);
  form.append("sent", Date.now());
  for (const photo of report.photos) form.append(photo.field, photo.blob, photo.name);
  return form;
}

const said = (problem) =>
  problem.errors?.length ? problem.errors.map((one) => one.detail).join("; ") : problem.title;

// Sends one report; the state in which it is then, or undefined where nobody is signed in.
async function sendOne(report, csrf, isMeant) {
  const answer = await ask("/m/reports", isMeant, { method: "POST", body: asForm(report, csrf) });
  if (answer.ok) {
    const { number, url } = await answer.json();
    return { ...report, state: "sent", number, url, sentAt: Date.now(), photos: [], reason: undefined };
  }
  const problem = await answer.json().catch(() => ({}));
  if (answer.status === 401 || problem.code === "csrf.missing") return undefined;
  if ([408, 429, 503].includes(answer.status)) throw new Wait(answer);
  if (answer.status < 500) return { ...report, state: "look", reason: said(problem) };
  const failures = (report.failures ?? 0) + 1;
  const isEnough = failures >= mostFailures;
  return {
    ...report, failures: isEnough ? 0 : failures, state: isEnough ? "look" : "waits",
    reason: isEnough ? words.failed : undefined,
  };
}

async function sendWaiting(isMeant) {
  const waiting = (await reports()).filter(isWaiting);
  if (waiting.length === 0) return;
  const csrf = await proof(isMeant);
  sendingNow.isSignedOut = !csrf;
  for (const { order } of csrf ? waiting : []) {
    // It may have been changed or discarded meanwhile.
    const report = await within("reports", "readonly", (store) => store.get(order));
    if (!report || !isWaiting(report)) continue;
    sendingNow.order = order;
    await showOutbox();
    const after = await sendOne(report, csrf, isMeant);
    sendingNow.isSignedOut = !after;
    if (!after) return;
    await keepReport(after);
    if (after.failures) return;
  }
}

// Sends what waits, one after another; of several pages one alone.
async function send(isMeant = false) {
  if (!isMeant && Date.now() < sendingNow.until) return;
  if (sendingNow.runs) {
    // What came into the outbox meanwhile does not wait for the next time.
    sendingNow.isAskedAgain = true;
    return;
  }
  sendingNow.runs = true;
  sendingNow.isAskedAgain = false;
  sendingNow.until = 0;
  try {
    const run = () => sendWaiting(isMeant);
    if (navigator.locks) {
      await navigator.locks.request(own, { ifAvailable: true }, (lock) => (lock ? run() : undefined));
    } else {
      await run();
    }
  } catch {
    // No network, or no room there: it is tried again.
  } finally {
    sendingNow.runs = false;
    sendingNow.order = undefined;
    await tidyOutbox();
    await showOutbox();
  }
  if (sendingNow.isAskedAgain) send(isMeant);
}

// What was sent is shown for a while, and then makes room.
async function tidyOutbox() {
  const sent = (await reports()).filter((report) => report.state === "sent");
  for (const { order } of sent.slice(0, -keptSent)) await dropReport(order);
}

function stateOf(report) {
  if (report.order === sendingNow.order) return words.sending;
  if (report.state === "sent") return fill(words.sent, report);
  return report.state === "look" ? fill(words.look, report) : words.waits;
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

async function discard(report) {
  if (!confirm(fill(words.discardSure, report))) return;
  if (report.order === sendingNow.order) return;
  await dropReport(report.order);
  await showOutbox();
}

function row(report) {
  const title = element("span", "", report.title);
  if (report.state === "sent") {
    const link = element("a", "", report.title);
    link.href = report.url;
    title.replaceChildren(link);
  }
  const about = element("div", "line-about", element("span", "", report.kindName));
  if (report.photos.length) {
    about.append(element("span", "", fill(words.photos, { count: report.photos.length })));
  }
  about.append(element("span", "", new Date(report.made).toLocaleString(document.documentElement.lang)));
  const state = element("div", `line-sent line-sent-${report.state}`, stateOf(report));
  const item = element("li", "line", element("div", "line-main", title), about, state);
  if (report.state !== "sent" && report.order !== sendingNow.order) {
    const ends = element("div", "line-ends");
    if (report.state === "look") ends.append(button(words.edit, () => edit(report)));
    ends.append(button(words.discard, () => discard(report)));
    item.append(ends);
  }
  item.dataset.order = report.order;
  return item;
}

async function showOutbox() {
  const all = await reports();
  const unsent = all.filter((report) => report.state !== "sent");
  const waiting = all.filter(isWaiting);
  // For whoever signs out: how many would be lost.
  localStorage.setItem(own, unsent.length);
  const outbox = find("outbox");
  outbox.hidden = all.length === 0;
  find("count").textContent = unsent.length || "";
  find("send").hidden = waiting.length === 0;
  const sent = all.filter((report) => report.state === "sent").reverse();
  outbox.querySelector("ol").replaceChildren(...[...unsent, ...sent].map(row));
  find("sign-in").hidden = !sendingNow.isSignedOut;
  const seconds = Math.ceil((sendingNow.until - Date.now()) / 1000);
  const text =
    !navigator.onLine ? words.offline
      : waiting.length === 0 ? ""
        : seconds > 0 ? words.later : words.online;
  find("state").textContent = fill(text, { count: waiting.length, seconds });
}
