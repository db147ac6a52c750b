// Clocks go on while the page stands open.
const words = document.querySelector("meta[name=wording]").dataset;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function span(milliseconds) {
  const all = Math.floor(Math.abs(milliseconds) / 60000);
  const values = { days: Math.floor(all / 1440), hours: Math.floor(all / 60) % 24, minutes: all % 60 };
  if (values.days) return fill(values.hours ? words.daysHours : words.days, values);
  if (values.hours) return fill(values.minutes ? words.hoursMinutes : words.hours, values);
  return values.minutes ? fill(words.minutes, values) : words.moment;
}

function tick() {
  for (const time of document.querySelectorAll("time[data-clock]")) {
    const left = new Date(time.dateTime) - Date.now();
    time.textContent = fill(left < 0 ? words.overdue : words.running, { span: span(left) });
    if (left < 0) time.parentElement.className = "clock clock-overdue";
  }
}

// The page's own words stand until the first minute has passed.
setInterval(tick, 60000);
