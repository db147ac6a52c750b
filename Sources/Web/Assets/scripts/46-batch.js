// Cases are ticked one by one without script; with it, a whole page, and from one to another with Shift.
const batch = document.querySelector("form[data-batch]");
if (batch) {
  const boxes = () => [...document.querySelectorAll('input[name="cases"][form="batch"]')];
  const count = batch.querySelector("[data-batch-count]");
  const all = batch.querySelector("[data-batch-all]");
  let last;
  const tell = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    if (count) {
      count.hidden = ticked === 0;
      count.textContent = count.dataset.text.replace("{count}", ticked);
    }
    batch.classList.toggle("is-chosen", ticked > 0);
  };
  if (all) all.hidden = false;
  all?.addEventListener("click", () => {
    const ticked = boxes().every((box) => box.checked);
    for (const box of boxes()) box.checked = !ticked;
    tell();
  });
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.('input[name="cases"]');
    if (!box) return;
    const list = boxes();
    if (event.shiftKey && last && list.includes(last)) {
      const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
      for (const between of list.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
    tell();
  });
  // x ticks the case whose link, button or box has the focus; arrow keys go from box to box.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target.closest?.("tr, .line");
    const box = row?.querySelector('input[name="cases"]');
    if (!box) return;
    if (event.key === "x") {
      box.checked = !box.checked;
      last = box;
      tell();
    } else if (event.target === box && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const list = boxes();
      list[list.indexOf(box) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
      event.preventDefault();
    }
  });
  window.addEventListener("pageshow", tell);
  tell();
}
