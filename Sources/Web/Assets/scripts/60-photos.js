// Chosen photos are shown before they are sent; too many or too large ones are said at once.
for (const input of document.querySelectorAll("input[data-photos]")) {
  const list = input.parentElement.querySelector(".previews");
  // On a phone the camera is one touch away, and what it takes joins what is already chosen.
  if (matchMedia("(pointer: coarse)").matches && typeof DataTransfer === "function") {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button photos-camera";
    button.textContent = input.dataset.camera;
    button.addEventListener("click", () => {
      const camera = document.createElement("input");
      Object.assign(camera, { type: "file", accept: "image/*" });
      camera.setAttribute("capture", "environment");
      camera.addEventListener("change", () => {
        const all = new DataTransfer();
        for (const file of [...input.files, ...camera.files]) all.items.add(file);
        input.files = all.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
      camera.click();
    });
    input.after(button);
  }
  input.addEventListener("change", () => {
    const files = [...input.files];
    const { most, largest, tooMany, tooLarge } = input.dataset;
    const isLarge = files.some((file) => file.size > Number(largest));
    input.setCustomValidity(files.length > Number(most) ? tooMany : isLarge ? tooLarge : "");
    input.reportValidity();
    for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    list.replaceChildren(
      ...files.slice(0, Number(most)).map((file) => {
        const item = document.createElement("li");
        // Papers have a name and no face.
        if (!/^image\/(jpeg|png|webp)$/.test(file.type)) {
          item.textContent = file.name;
          return item;
        }
        const image = document.createElement("img");
        image.alt = file.name;
        image.src = URL.createObjectURL(file);
        item.append(image);
        return item;
      }));
    list.hidden = files.length === 0;
  });
}
