// What every page must keep, whatever it shows. Gives a list of sentences, empty when all is well.
() => {
  const found = [];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const named = (element) => {
    const text = (element.textContent || "").trim().slice(0, 30);
    return `<${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""}> "${text}"`;
  };

  if (!document.documentElement.lang) found.push("the page names no language");
  if (!document.title.trim()) found.push("the page has no title");
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) found.push(`the page has ${headings} first headings`);

  // On a phone the window widens with what does not fit; the screen does not.
  const over = document.documentElement.scrollWidth - Math.min(window.innerWidth, screen.width);
  if (over > 1) found.push(`the page is ${over} pixels wider than its window`);

  const ids = new Set();
  for (const { id } of document.querySelectorAll("[id]")) {
    if (ids.has(id)) found.push(`two elements have the id ${id}`);
    ids.add(id);
  }

  for (const image of document.querySelectorAll("img:not([alt])")) {
    found.push(`an image has no alt: ${image.src}`);
  }

  const label = (element) =>
    element.getAttribute("aria-label") || element.getAttribute("title") ||
    [...(element.labels || [])].some((one) => one.textContent.trim()) ||
    (element.getAttribute("aria-labelledby") || "").split(/\s+/)
      .some((id) => document.getElementById(id)?.textContent.trim()) ||
    (["A", "BUTTON", "SUMMARY"].includes(element.tagName) &&
      (element.textContent.trim() || element.querySelector("img[alt]:not([alt=''])"))) ||
    (["submit", "button", "reset"].includes(element.type) && element.value);
  for (const element of document.querySelectorAll(
    "a[href], button, summary, input:not([type=hidden]), select, textarea")) {
    if (shown(element) && !label(element)) found.push(`${named(element)} has no label`);
  }

  // WCAG 2.2, 2.5.8: a target is at least 24 by 24 pixels; a box is ticked by its label too.
  for (const element of document.querySelectorAll("button, select, textarea, input")) {
    const box = element.getBoundingClientRect();
    const small = box.width < 24 || box.height < 24;
    if (shown(element) && small && !["checkbox", "radio"].includes(element.type)) {
      found.push(`${named(element)} is too small a target: ${box.width} × ${box.height}`);
    }
  }

  // WCAG 2.2, 1.4.3: contrast of text with what is painted behind it.
  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const colour = (css) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = css;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const blend = (top, bottom) => [0, 1, 2].map((i) => top[i] * top[3] + bottom[i] * (1 - top[3]));
  const light = (parts) => {
    const [red, green, blue] = parts.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  // The canvas is white or black where nothing is painted, as the scheme says.
  const dark = getComputedStyle(document.documentElement).colorScheme.includes("dark") &&
    matchMedia("(prefers-color-scheme: dark)").matches;
  const behind = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.backgroundImage !== "none") return null;
      const paint = colour(style.backgroundColor);
      layers.push(paint);
      if (paint[3] === 1) break;
    }
    return layers.reduceRight((under, layer) => blend(layer, under), dark ? [18, 18, 18] : [255, 255, 255]);
  };
  for (const element of document.querySelectorAll("body *")) {
    const speaks = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!speaks || !shown(element) || element.closest("svg, canvas, :disabled, [aria-disabled=true]")) continue;
    const style = getComputedStyle(element);
    const back = behind(element);
    if (!back || style.clip === "rect(0px, 0px, 0px, 0px)") continue;
    const [one, other] = [light(blend(colour(style.color), back)), light(back)];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    if (contrast < (large ? 3 : 4.5)) {
      found.push(`${named(element)} has a contrast of ${contrast.toFixed(2)}`);
    }
  }
  return found;
}
