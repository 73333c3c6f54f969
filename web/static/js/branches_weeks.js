// Draws the desks in use by week on both sides of a comparison, one line over the other.

const HEIGHT = 240;
const DAY_S = 24 * 60 * 60;

const frame = document.querySelector("[data-weeks]");
const source = document.querySelector("[data-weeks-data]");
const dark = window.matchMedia("(prefers-color-scheme: dark)");
let chart = null;

if (frame && source) {
  const data = JSON.parse(source.textContent);
  frame.hidden = false;
  draw(data);
  dark.addEventListener("change", () => draw(data));
  new ResizeObserver(() => {
    chart.setSize({ width: frame.clientWidth, height: HEIGHT });
  }).observe(frame);
}

function draw(data) {
  chart?.destroy();
  const weeks = data.weeks.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000);
  chart = new window.uPlot(
    optionsOf(data),
    [weeks, data.desks, data.before, data.after],
    frame,
  );
}

function optionsOf({ names }) {
  const language = document.documentElement.lang;
  const number = new Intl.NumberFormat(language);
  const axis = {
    stroke: colour("--ink-soft"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line"), width: 1 },
    font: "12px system-ui, sans-serif",
  };
  const steps = window.uPlot.paths.stepped({ align: 1 });
  const line = (label, stroke, more) => ({
    label,
    stroke,
    width: 2,
    paths: steps,
    points: { show: false },
    value: (_, value) => (value === null ? "–" : number.format(value)),
    ...more,
  });
  return {
    width: frame.clientWidth,
    height: HEIGHT,
    tzDate: (seconds) => window.uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    cursor: { drag: { x: false, y: false } },
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.08)] } },
    axes: [
      { ...axis, space: 56, incrs: [30, 60, 90, 180, 365].map((days) => days * DAY_S), values: (_, ticks) => ticks.map((tick) => dayOf(tick, language, "month")) },
      { ...axis, size: 48, values: (_, ticks) => ticks.map((tick) => number.format(tick)) },
    ],
    series: [
      { label: names.week, value: (_, tick) => (tick === null ? "–" : dayOf(tick, language, "day")) },
      line(names.desks, colour("--line-strong"), { dash: [2, 4], width: 1.5 }),
      line(names.before, colour("--warn"), { dash: [6, 4] }),
      line(names.after, colour("--accent"), { fill: colour("--accent-wash") }),
    ],
  };
}

function dayOf(seconds, language, detail) {
  const shown =
    detail === "day"
      ? { day: "numeric", month: "short", year: "numeric" }
      : { month: "short", year: "2-digit" };
  return new Intl.DateTimeFormat(language, { ...shown, timeZone: "UTC" }).format(seconds * 1000);
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
