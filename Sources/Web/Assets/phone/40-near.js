// Where the phone is, and what waits near it.
let taken;
let here;

const rough = 200;
const radians = Math.PI / 180;

// Metres between two places, as good as a town needs.
function distance(one, two) {
  const north = (one.latitude - two.latitude) * 111_195;
  const east = (one.longitude - two.longitude) * 111_195 * Math.cos(one.latitude * radians);
  return Math.hypot(north, east);
}

function isWithin(ring, { latitude, longitude }) {
  let isInside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [x, y] = ring[i];
    const [u, v] = ring[j];
    if (y > latitude !== v > latitude && longitude < ((u - x) * (latitude - y)) / (v - y) + x) {
      isInside = !isInside;
    }
  }
  return isInside;
}

const rings = () => (taken?.data.areas ?? []).flatMap((area) => area.boundary ?? []);
const isMine = (place) => rings().length === 0 || rings().some((ring) => isWithin(ring, place));

function showHere() {
  const line = find("here");
  if (!here) return;
  const values = {
    latitude: here.latitude.toFixed(5), longitude: here.longitude.toFixed(5),
    accuracy: Math.round(here.accuracy),
  };
  const text =
    !isMine(here) ? words.hereOutside : here.accuracy > rough ? words.hereRough : words.here;
  line.textContent = fill(text, values);
  line.classList.toggle("phone-here-doubtful", text !== words.here);
}

// Asks the phone where it is, once; what is known stays where it does not say.
function locate(isMeant = false) {
  if (!navigator.geolocation) return;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      here = { latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy };
      showHere();
      showNear();
      noteDraft();
    },
    () => {
      if (isMeant || !here) find("here").textContent = words.hereFailed;
    },
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: isMeant ? 0 : 10_000 });
}

find("here-now").hidden = !navigator.geolocation;
find("here-now").addEventListener("click", () => locate(true));

function span(milliseconds) {
  const clock = document.querySelector("meta[name=wording]").dataset;
  const all = Math.floor(Math.abs(milliseconds) / 60_000);
  const values = { days: Math.floor(all / 1440), hours: Math.floor(all / 60) % 24, minutes: all % 60 };
  const text = values.days
    ? values.hours ? clock.daysHours : clock.days
    : values.hours ? (values.minutes ? clock.hoursMinutes : clock.hours)
      : values.minutes ? clock.minutes : clock.moment;
  return fill(milliseconds < 0 ? clock.overdue : clock.running, { span: fill(text, values) });
}

function taskRow(task) {
  const link = element("a", "", task.title);
  link.href = task.url;
  const about = element(
    "div", "line-about", element("span", "number", task.number), element("span", "", task.kind),
    element("span", "", task.place));
  const item = element(
    "li", "line", element("div", "line-main", link), about,
    element("div", "line-state", task.act, ...(task.away === undefined ? [] : [" · ", farness(task.away)])));
  if (task.dueAt) {
    const left = task.dueAt - Date.now();
    const time = element("time", "", span(left));
    time.dateTime = new Date(task.dueAt).toISOString();
    time.dataset.clock = "";
    item.append(element(
      "div", "line-clock", element("span", left < 0 ? "clock clock-overdue" : "clock", time)));
  }
  return item;
}

const farness = (metres) =>
  metres < 1000
    ? fill(words.metres, { distance: Math.round(metres / 10) * 10 })
    : fill(words.kilometres, { distance: (metres / 1000).toFixed(1) });

// By how far it is where that is known, else by clock; what has no place comes last.
function showNear() {
  const tasks = (taken?.data.tasks ?? []).map((task) => ({
    ...task, away: here && task.latitude !== undefined ? distance(here, task) : undefined,
  }));
  if (here) tasks.sort((one, two) => (one.away ?? Infinity) - (two.away ?? Infinity));
  find("tasks").replaceChildren(...tasks.map(taskRow));
  find("tasks").hidden = tasks.length === 0;
  find("near-count").textContent = tasks.length || "";
  find("near-none").hidden = tasks.length > 0 || !taken;
  sketch(tasks.filter((task) => task.latitude !== undefined));
  find("taken").textContent = taken
    ? fill(words.taken, { time: new Date(taken.at).toLocaleString(document.documentElement.lang) })
    : words.nothingTaken;
}

function mark(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Boundaries, what waits, and where one is: no more than lines and points, so that it needs no network.
function sketch(tasks) {
  const frame = find("sketch");
  const edges = rings();
  frame.hidden = edges.length === 0;
  if (frame.hidden) return;
  const corners = edges.flat();
  const west = Math.min(...corners.map((corner) => corner[0]));
  const north = Math.max(...corners.map((corner) => corner[1]));
  const narrow = Math.cos(north * radians);
  const wide = (Math.max(...corners.map((corner) => corner[0])) - west) * narrow;
  const high = north - Math.min(...corners.map((corner) => corner[1]));
  const scale = 320 / Math.max(wide, high, 1e-6);
  const place = (longitude, latitude) => [
    ((longitude - west) * narrow * scale).toFixed(1), ((north - latitude) * scale).toFixed(1),
  ];
  const picture = mark("svg", {
    viewBox: `-8 -8 ${(wide * scale + 16).toFixed(0)} ${(high * scale + 16).toFixed(0)}`,
  });
  for (const ring of edges) {
    const points = ring.map(([longitude, latitude]) => place(longitude, latitude).join(",")).join(" ");
    picture.append(mark("polygon", { points, class: "sketch-area" }));
  }
  for (const { longitude, latitude } of tasks) {
    const [cx, cy] = place(longitude, latitude);
    picture.append(mark("circle", { cx, cy, r: 4, class: "sketch-task" }));
  }
  if (here && isMine(here)) {
    const [cx, cy] = place(here.longitude, here.latitude);
    picture.append(mark("circle", { cx, cy, r: 5, class: "sketch-here" }));
  }
  frame.replaceChildren(picture);
}
