// What is on the phone: reports in their order, a draft, and what was taken along. All of it is kept
// under the person's name. Nothing is told to be kept before the disk has it.
const person = document.body.dataset.person;
const own = `phone:${person}`;
const box = document.querySelector("[data-phone]");
const words = document.getElementById("phone-words").dataset;

const find = (name, within = box) => within.querySelector(`[data-${name}]`);

// `{name}` becomes a value, and `{count|one|more}` what fits a number.
const fill = (text, values) =>
  text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, more) =>
    one === undefined ? values[name] : Number(values[name]) === 1 ? one : more);

let opened;
function open() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(own, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("reports", { keyPath: "order", autoIncrement: true });
      asked.result.createObjectStore("drafts");
    };
    asked.onsuccess = () => {
      // Who signs out takes it away; a page that stands open does not keep them from it.
      asked.result.onversionchange = () => {
        asked.result.close();
        opened = undefined;
      };
      done(asked.result);
    };
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

async function within(store, mode, act) {
  const database = await open();
  return new Promise((done, failed) => {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const asked = act(transaction.objectStore(store));
    transaction.oncomplete = () => done(asked?.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

const reports = () => within("reports", "readonly", (store) => store.getAll());
const keepReport = (report) => within("reports", "readwrite", (store) => store.put(report));
const dropReport = (order) => within("reports", "readwrite", (store) => store.delete(order));
const draft = () => within("drafts", "readonly", (store) => store.get("report"));
const keepDraft = (value) =>
  within("drafts", "readwrite", (store) => (value ? store.put(value, "report") : store.delete("report")));

// A name for a report that no other has, also where the browser gives none without HTTPS.
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// The page with all that it needs, for when there is no network; the page itself comes last, so that
// what it names is there.
async function keepPage() {
  const needed = [
    ...[...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon]")]
      .map((one) => one.src || one.href),
    ...new Set([...document.querySelectorAll("use")].map((one) => one.href.baseVal.split("#")[0])),
    document.querySelector("select[data-find]")?.dataset.find,
  ].filter(Boolean).map((address) => new URL(address, location.href).href);
  const cache = await caches.open(own);
  for (const address of needed) if (!(await cache.match(address))) await cache.add(address);
  const page = await fetch("/m", { headers: { "X-Live": "1" } });
  if (!page.ok || page.redirected) return;
  await cache.put("/m", page);
  const meant = new Set([...needed, ...["/m", "/m/data"].map((path) => new URL(path, location.href).href)]);
  for (const request of await cache.keys()) if (!meant.has(request.url)) await cache.delete(request);
}

// What is taken along: as the server has it, or as it was.
async function takeAlong() {
  try {
    const answer = await fetch("/m/data", { headers: { "X-Live": "1" } });
    if (answer.ok) {
      const taken = { at: Date.now(), data: await answer.json() };
      if (window.caches) {
        const cache = await caches.open(own);
        await cache.put("/m/data", new Response(JSON.stringify(taken)));
      }
      return taken;
    }
    sendingNow.isSignedOut = answer.status === 401;
  } catch {
    // No network: what was taken along before serves.
  }
  const kept = window.caches && (await (await caches.open(own)).match("/m/data"));
  return kept && kept.json();
}
