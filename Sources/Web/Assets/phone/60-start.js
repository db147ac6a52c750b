// What the page does when it is opened, and what it goes on doing.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  keep();
});
form.elements.kind.addEventListener("change", askAll);
form.elements.spot.addEventListener("change", askSpot);
form.addEventListener("input", noteDraft);
form.addEventListener("change", noteDraft);
find("stop-editing").addEventListener("click", () => {
  clear();
  keepDraft(undefined);
});
find("send").addEventListener("click", () => send(true));
addEventListener("online", () => send());
addEventListener("offline", showOutbox);
document.addEventListener("visibilitychange", () => {
  if (document.hidden && noted) writeDraft();
});
setInterval(() => send(), again);
setInterval(() => {
  if (sendingNow.until > Date.now()) showOutbox();
}, 1000);

async function begin() {
  find("insecure").hidden = "serviceWorker" in navigator;
  await showOutbox();
  taken = await takeAlong();
  find("sign-in").hidden = !sendingNow.isSignedOut;
  showQuick();
  const written = await draft();
  if (written) show(written);
  else askAll();
  showNear();
  box.dataset.ready = "";
  await send();
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/worker.js", { scope: "/m" });
  if (navigator.onLine) await keepPage();
  // So that the browser does not take what waits away when it wants room.
  await navigator.storage?.persist?.();
  box.dataset.kept = "";
}

// Without a network what is kept serves; the page says so by itself.
begin().catch((mistake) => console.warn(mistake));
