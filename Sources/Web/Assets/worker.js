// Gives the phone's page where there is no network. What is kept is put there by the page itself, in a
// cache of the person that is signed in; this only looks it up.
const patience = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The page as the server has it, unless it cannot say so in time.
async function page(request) {
  const kept = await caches.match("/m");
  if (!kept) return fetch(request);
  try {
    const late = new Promise((done) => setTimeout(done, patience));
    const answer = await Promise.race([fetch(request), late]);
    if (answer && answer.status < 500 && answer.status !== 429) return answer;
  } catch {
    // No network: what is kept serves.
  }
  return kept;
}

// Their addresses change with their content, so that what is kept is right.
async function asset(request) {
  return (await caches.match(request)) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === "/m") event.respondWith(page(request));
  } else if (pathname.startsWith("/assets/") || pathname === "/kinds/words") {
    event.respondWith(asset(request));
  }
});
