// A document takes a while to be made: the link says so until it is there, and is not followed twice.
// Where the page can ask how far it is, the link says that too.
for (const link of document.querySelectorAll("a[data-print]")) {
  function watch(address) {
    if (!link.dataset.watch) return () => {};
    const name = crypto.getRandomValues(new Uint32Array(4)).join("-");
    address.searchParams.set("watch", name);
    const timer = setInterval(async () => {
      const answer = await fetch(`${link.dataset.watch}?watch=${name}`).catch(() => undefined);
      if (!answer?.ok || !link.ariaBusy) return;
      const { done, total } = await answer.json();
      if (total > 0) link.textContent = `${link.dataset.print} ${Math.floor((done * 100) / total)} %`;
    }, 500);
    return () => clearInterval(timer);
  }

  link.addEventListener("click", async (event) => {
    event.preventDefault();
    if (link.ariaBusy) return;
    const words = link.textContent;
    const address = new URL(link.href);
    const stop = watch(address);
    link.ariaBusy = "true";
    link.textContent = link.dataset.print;
    try {
      const answer = await fetch(address);
      // What went wrong has a page of its own.
      if (!answer.ok) return location.assign(link.href);
      const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "");
      const file = document.createElement("a");
      file.href = URL.createObjectURL(await answer.blob());
      file.download = name ? decodeURIComponent(name[1]) : "";
      file.click();
      setTimeout(() => URL.revokeObjectURL(file.href), 60000);
    } catch {
      location.assign(link.href);
    } finally {
      stop();
      link.textContent = words;
      link.ariaBusy = null;
    }
  });
}
