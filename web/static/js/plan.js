// Follows a plan run: polls its state, draws incumbent and bound, loads the page anew at its end.

const POLL_MS = 700;
const RETRY_MS = 3000;
const WIDTH = 300;
const HEIGHT = 130;
const MARGIN = 8;

const section = document.querySelector("[data-plan]");
if (section?.dataset.runUrl) {
  follow(section);
}

async function follow(card) {
  const run = await ask(card.dataset.runUrl);
  if (run === null) {
    say(card, "lost");
    setTimeout(() => follow(card), RETRY_MS);
  } else if (run.is_active) {
    show(card, run);
    setTimeout(() => follow(card), POLL_MS);
  } else {
    window.location.reload();
  }
}

async function ask(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (answer.status === 403 || answer.status === 404) {
      window.location.reload();
    }
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function show(card, run) {
  const number = new Intl.NumberFormat(card.dataset.language);
  const share = new Intl.NumberFormat(card.dataset.language, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  say(card, run.stop_asked ? "stopping" : run.status);
  set(card, "objective", run.objective === null ? "–" : number.format(run.objective));
  set(card, "bound", run.bound === null ? "–" : number.format(run.bound));
  set(card, "gap", run.gap === null ? "–" : share.format(run.gap));
  set(card, "seconds", number.format(Math.round(run.seconds)));
  draw(card.querySelector("[data-run-chart]"), run);
}

function say(card, state) {
  const status = card.querySelector("[data-run-status]");
  const text = status.dataset[state];
  if (text && status.textContent !== text) {
    status.textContent = text;
  }
}

function set(card, name, text) {
  card.querySelector(`[data-run-${name}]`).textContent = text;
}

function draw(chart, run) {
  const known = run.incumbents.filter((each) => each.objective !== null);
  const bounded = run.incumbents.filter((each) => each.bound !== null);
  const values = [...known.map((each) => each.objective), ...bounded.map((each) => each.bound)];
  if (values.length === 0) {
    return;
  }
  const low = Math.min(...values);
  const high = Math.max(...values);
  const end = Math.max(run.seconds, 0.1);
  const x = (seconds) => (WIDTH * seconds) / end;
  const y = (value) =>
    high === low
      ? HEIGHT / 2
      : MARGIN + ((HEIGHT - 2 * MARGIN) * (high - value)) / (high - low);
  chart.querySelector(".incumbent").setAttribute("points", steps(known, "objective", x, y));
  chart.querySelector(".bound").setAttribute("points", steps(bounded, "bound", x, y));
}

function steps(points, name, x, y) {
  const corners = [];
  for (const point of points) {
    const last = corners.at(-1);
    if (last) {
      corners.push([x(point.seconds), last[1]]);
    }
    corners.push([x(point.seconds), y(point[name])]);
  }
  if (corners.length > 0) {
    corners.push([WIDTH, corners.at(-1)[1]]);
  }
  return corners.map(([across, down]) => `${across.toFixed(1)},${down.toFixed(1)}`).join(" ");
}
