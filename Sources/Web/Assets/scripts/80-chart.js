// Draws a table as a chart where ECharts is there; the table stays for those who read it.
function colours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
}

function seriesOf(table, shape) {
  return [...table.tBodies[0].rows].map((row) => ({
    name: row.cells[0].textContent,
    type: "rate" in row.dataset ? "line" : shape,
    yAxisIndex: "rate" in row.dataset ? 1 : 0,
    data: [...row.cells].slice(1).map((cell) =>
      cell.dataset.number === "" ? null : Number(cell.dataset.number)),
  }));
}

function options(table, shape) {
  const colour = colours();
  const axis = { axisLabel: { color: colour("--muted") }, splitLine: { lineStyle: { color: colour("--line") } } };
  const series = seriesOf(table, shape);
  const percent = (value) => (value === null ? "—" : `${(value * 100).toFixed(1)}%`);
  for (const one of series) if (one.yAxisIndex) one.tooltip = { valueFormatter: percent };
  return {
    animation: false,
    color: [colour("--accent"), colour("--edge"), colour("--soon"), colour("--text")],
    textStyle: { fontFamily: colour("--font") },
    // Rich text: the other way writes styles into HTML, which the page forbids.
    tooltip: { trigger: "axis", renderMode: "richText" },
    legend: { textStyle: { color: colour("--muted") }, top: 0 },
    grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent), axisLabel: axis.axisLabel },
    yAxis: [
      { type: "value", ...axis },
      { type: "value", max: 1, min: 0, axisLabel: { ...axis.axisLabel, formatter: percent }, splitLine: { show: false }, show: series.some((one) => one.yAxisIndex) },
    ],
    series,
  };
}

for (const box of window.echarts ? document.querySelectorAll("[data-chart]") : []) {
  const table = document.getElementById(box.dataset.table);
  box.hidden = false;
  const chart = window.echarts.init(box);
  chart.setOption(options(table, box.dataset.chart));
  const folded = table.closest("[data-chart-table]");
  if (folded) folded.open = false;
  new ResizeObserver(() => chart.resize()).observe(box);
  const redraw = () => chart.setOption(options(table, box.dataset.chart), true);
  document.addEventListener("theme", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}
