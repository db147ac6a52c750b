// Photographs: taken or chosen one after another, made smaller where the browser can read them, and
// each with the place at which the phone was.
const longestSide = 2560;
const smallEnough = 2_000_000;
const most = Number(box.dataset.most);

let shots = [];

// A picture that the browser cannot read is sent as it is; the server says whether it can.
async function smaller(file) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size <= smallEnough) {
    picture.close();
    return file;
  }
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  return blob && blob.size < file.size ? blob : file;
}

const isPicture = (file) => file.type.startsWith("image/") && file.type !== "image/svg+xml";

async function takePhotos(field, files, control) {
  control.setCustomValidity("");
  for (const file of files) {
    const there = shots.filter((shot) => shot.field === field).length;
    const wrong =
      there >= most ? fill(words.tooMany, { most })
        : isPicture(file) ? "" : fill(words.notPhoto, { name: file.name });
    if (wrong) {
      complain([[wrong, control]]);
      continue;
    }
    const blob = await smaller(file);
    const name = blob === file ? file.name : `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
    shots.push({ field, blob, name });
  }
  control.value = "";
  showShots();
  noteDraft();
  // The place at which a photo is taken is that of the report.
  locate();
}

function showShots() {
  for (const list of box.querySelectorAll("[data-shots]")) {
    for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    const own = shots.filter((shot) => shot.field === list.dataset.shots);
    list.replaceChildren(...own.map((shot) => {
      const image = element("img", "");
      image.alt = shot.name;
      image.src = URL.createObjectURL(shot.blob);
      // What the browser cannot show has a name.
      image.addEventListener("error", () => image.replaceWith(element("span", "shot-name", shot.name)));
      const away = button("×", () => {
        shots = shots.filter((other) => other !== shot);
        showShots();
        noteDraft();
      });
      away.setAttribute("aria-label", fill(words.remove, { name: shot.name }));
      return element("li", "", image, away);
    }));
    list.hidden = own.length === 0;
  }
}

for (const control of box.querySelectorAll("[data-shoot]")) {
  control.addEventListener("change", () =>
    takePhotos(control.dataset.shoot, [...control.files], control));
}
