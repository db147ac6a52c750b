// Draws boundaries and points where Leaflet is there; otherwise the coordinates stay as text.
const Leaflet = window.L;

function draw(box) {
  box.hidden = false;
  const map = Leaflet.map(box, { attributionControl: false, zoomSnap: 0.5 });
  const shapes = Leaflet.geoJSON(JSON.parse(box.dataset.shapes), {
    interactive: false,
    style: { className: "shape" },
    // Leaflet's own pin is a picture that is not there.
    pointToLayer: (_, place) => Leaflet.circleMarker(place, { radius: 4, className: "point" }),
  });
  const points = [...box.querySelectorAll("[data-lon]")].map((point) => {
    const place = [Number(point.dataset.lat), Number(point.dataset.lon)];
    const mark = Leaflet.circleMarker(place, { radius: 8, className: "point" });
    return mark.bindTooltip(point.textContent);
  });
  const bounds = Leaflet.latLngBounds(points.map((point) => point.getLatLng()));
  bounds.extend(shapes.getBounds());
  // The view comes first: Leaflet cannot place a layer without one.
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [16, 16], maxZoom: 16 });
  else map.setView([31.37, 121.25], 12);
  for (const layer of [shapes, ...points]) layer.addTo(map);
  return map;
}

/** Lets a click, a dragged finger or the device set the form's coordinates. */
function pick(map, form) {
  const longitude = form.elements.longitude;
  const latitude = form.elements.latitude;
  let mark;
  function show() {
    if (!longitude.value || !latitude.value) return;
    const place = [Number(latitude.value), Number(longitude.value)];
    mark ??= Leaflet.circleMarker(place, { radius: 8, className: "point" }).addTo(map);
    mark.setLatLng(place);
    map.panTo(place);
  }
  map.on("click", ({ latlng }) => {
    longitude.value = latlng.lng.toFixed(6);
    latitude.value = latlng.lat.toFixed(6);
    longitude.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  });
  longitude.addEventListener("input", show);
  latitude.addEventListener("input", show);
  show();
}

for (const box of Leaflet ? document.querySelectorAll("[data-map]") : []) {
  const map = draw(box);
  const form = box.closest("form");
  if ("picks" in box.dataset && form) pick(map, form);
}

// The device's own place, with or without a map.
for (const button of navigator.geolocation ? document.querySelectorAll("[data-locate]") : []) {
  const { longitude, latitude } = button.form.elements;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-disabled", "true");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.removeAttribute("aria-disabled");
        longitude.value = coords.longitude.toFixed(6);
        latitude.value = coords.latitude.toFixed(6);
        latitude.dispatchEvent(new Event("input", { bubbles: true }));
      },
      () => {
        button.removeAttribute("aria-disabled");
        button.textContent = button.dataset.failed;
      },
      { enableHighAccuracy: true, timeout: 15000 });
  });
}
