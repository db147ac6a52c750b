// What the phone's page keeps belongs to one person: their pages go when somebody else signs in, and
// their reports when they sign out, after a question where some were not sent.
const own = document.body.dataset.person && `phone:${document.body.dataset.person}`;

async function dropPages(isMeant) {
  if (!window.caches) return;
  const names = (await caches.keys()).filter((name) => name.startsWith("phone:") && isMeant(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}

const dropReports = () =>
  new Promise((done) => {
    const asked = indexedDB.deleteDatabase(own);
    asked.onsuccess = asked.onerror = done;
    setTimeout(done, 2000);
  });

if (own) dropPages((name) => name !== own).catch(() => {});

document.addEventListener("submit", (event) => {
  const form = event.target;
  // Who signs in may be another; a slow network must not show them the page of who was here before.
  if (form.matches("[action^='/sign-in']")) dropPages(() => true).catch(() => {});
  if (!own || !form.matches("[data-forget]")) return;
  const waiting = localStorage.getItem(own);
  // Who has never been on the phone's page has nothing there.
  if (waiting === null) return;
  const question = form.dataset.waiting
    .replaceAll("{count}", waiting)
    .replace(/\{count\|([^|}]*)\|([^}]*)\}/g, (_, one, more) => (waiting === "1" ? one : more));
  event.preventDefault();
  if (Number(waiting) > 0 && !confirm(question)) {
    event.stopImmediatePropagation();
    return;
  }
  localStorage.removeItem(own);
  Promise.all([dropPages(() => true), dropReports()]).catch(() => {}).then(() => form.submit());
}, true);
