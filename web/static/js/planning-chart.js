// The chart of a run: points of the best plan and the proven bound over time, as steps.

import { number } from "./planning-figures.js";

const HEIGHT = 190;
const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800];

/** Draws a chart into a place, seen once there is something in it, and returns what shows runs. */
export function drawChart(place) {
  let plot = null;
  let latest = null;
  const build = () => {
    plot?.destroy();
    plot = new window.uPlot(options(place), [[], [], []], place);
    if (latest) {
      plot.setData(series(latest));
    }
  };
  build();
  new ResizeObserver(() => {
    plot.setSize({ width: place.clientWidth, height: HEIGHT });
  }).observe(place);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", build);
  return {
    show(run) {
      latest = run;
      place.classList.toggle("blank", run.incumbents.length === 0);
      plot.setData(series(run));
    },
  };
}

function series(run) {
  const seconds = run.incumbents.map((each) => each.seconds);
  const best = run.incumbents.map((each) => each.objective);
  const bound = run.incumbents.map((each) => each.bound);
  if (seconds.length > 0 && run.seconds > seconds.at(-1)) {
    seconds.push(run.seconds);
    best.push(best.at(-1));
    bound.push(bound.at(-1));
  }
  return [seconds, best, bound];
}

function options(place) {
  const colour = (name) => getComputedStyle(place).getPropertyValue(name).trim();
  const stepped = window.uPlot.paths.stepped({ align: 1 });
  const axis = {
    stroke: colour("--ink-soft"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line"), width: 1 },
    font: "12px system-ui, sans-serif",
  };
  return {
    width: place.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: fromZero }, y: { range: limits } },
    axes: [
      { ...axis, incrs: SECONDS, values: (_, ticks) => ticks.map((tick) => number(tick)), size: 30 },
      { ...axis, values: (_, ticks) => ticks.map((tick) => number(tick)), size: 74 },
    ],
    series: [
      { label: place.dataset.labelTime },
      line(place.dataset.labelBest, colour("--accent"), stepped),
      { ...line(place.dataset.labelBound, colour("--warn"), stepped), dash: [6, 4] },
    ],
  };
}

function line(label, stroke, paths) {
  return { label, stroke, width: 2, paths, points: { show: false }, spanGaps: true };
}

function fromZero(_, low, high) {
  return [0, high || 1];
}

/** Leaves some air above the bound and below the best plan. */
function limits(_, low, high) {
  if (low === null || high === null) {
    return [0, 1];
  }
  const air = Math.max((high - low) * 0.08, Math.abs(high) * 0.002, 1);
  return [low - air, high + air];
}
