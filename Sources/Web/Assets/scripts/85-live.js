// A page that stands open hears that something it shows has changed, never what. Lists are fetched
// anew and put in place; where somebody is at work in them, and on a case, a bar says so and the
// reader decides. Only a page that is looked at listens: a browser has few connections to a site.
const body = document.body;
const bar = document.querySelector("[data-live-bar]");
// Milliseconds between two fetches of a list, and before a refused line is asked for again.
const pause = 4000;
const patience = 30000;
let address = body.dataset.live && new URL(body.dataset.live, location.href);
let line;
let retry;
let fetching;
let isDue = false;
let fetchedAt = 0;

const parts = (page) => [...page.querySelectorAll("[data-live-part]")];
const links = (page) => new Set(parts(page).flatMap((part) => [...part.querySelectorAll("a")].map((a) => a.getAttribute("href"))));

// What is being typed, chosen or marked in a list is not taken away from under the hand.
function isInUse() {
  const typing = "input:not([type=checkbox]), input:checked, select, textarea, details[open]";
  const marked = getSelection();
  return parts(document).some(
    (part) =>
      part.querySelector(typing) ||
      (marked && !marked.isCollapsed && part.contains(marked.anchorNode)));
}

function show() {
  // A form that is on its way brings its own page.
  if (bar && !document.querySelector("form[data-sending]")) bar.hidden = false;
}

function put(page) {
  const known = links(document);
  const focused = document.activeElement?.closest("[data-live-part]")
    ? document.activeElement.getAttribute("href") : null;
  for (const fresh of parts(page)) {
    const old = document.querySelector(`[data-live-part="${fresh.dataset.livePart}"]`);
    if (!old || old.isEqualNode(fresh)) continue;
    old.replaceChildren(...fresh.childNodes);
    for (const link of old.querySelectorAll("a")) {
      if (known.has(link.getAttribute("href"))) continue;
      link.closest("tr, .line")?.classList.add("is-fresh");
    }
  }
  if (focused) {
    const again = [...document.querySelectorAll("[data-live-part] a")].find(
      (link) => link.getAttribute("href") === focused);
    again?.focus({ preventScroll: true });
  }
}

async function fetchParts() {
  clearTimeout(fetching);
  fetching = undefined;
  isDue = false;
  fetchedAt = Date.now();
  try {
    // So marked, it does not count as somebody's being here.
    const answer = await fetch(location.href, { headers: { "X-Live": "1" } });
    if (!answer.ok || answer.redirected) return show();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (isInUse() || page.body.dataset.page !== body.dataset.page) return show();
    put(page);
  } catch {
    // The next news try again.
    show();
  }
}

function hear() {
  if (!parts(document).length || isInUse()) return show();
  isDue = true;
  fetching ??= setTimeout(fetchParts, Math.max(0, fetchedAt + pause - Date.now()) + Math.random() * 500);
}

function remember(event) {
  if (event.lastEventId) address.searchParams.set("after", event.lastEventId);
}

function close() {
  clearTimeout(retry);
  line?.close();
  line = undefined;
}

function open() {
  close();
  if (!address || document.hidden) return;
  if (isDue) fetchParts();
  line = new EventSource(address);
  line.addEventListener("news", (event) => { remember(event); hear(); });
  line.addEventListener("beat", remember);
  // Signed out elsewhere: there is nothing more to hear, and the next page asks who is there.
  line.addEventListener("over", () => { close(); address = undefined; show(); });
  line.addEventListener("error", () => {
    if (line?.readyState === EventSource.CLOSED) retry = setTimeout(open, patience * (1 + Math.random()));
  });
}

if (address && "EventSource" in window) {
  bar?.querySelector("a")?.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  document.addEventListener("visibilitychange", open);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
}
