// Follows the planning of what-ifs, and ticks what is to be taken over.

import { ask } from "./http.js";

const POLL_MS = 1000;
const RETRY_MS = 4000;

for (const line of document.querySelectorAll("[data-branch-run]")) {
  follow(line);
}

for (const form of document.querySelectorAll("[data-take-over]")) {
  offerTicks(form);
}

async function follow(line) {
  let run;
  try {
    run = await ask(line.dataset.branchRun);
  } catch {
    tell(line, line.dataset.lost);
    setTimeout(() => follow(line), RETRY_MS);
    return;
  }
  if (!run.is_active) {
    window.location.reload();
    return;
  }
  tell(line, run.status === "queued" ? line.dataset.queued : figures(line, run));
  setTimeout(() => follow(line), POLL_MS);
}

function figures(line, run) {
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const points = run.objective === null ? "–" : number.format(run.objective);
  return line.dataset.running
    .replace("{seconds}", number.format(Math.round(run.seconds)))
    .replace("{points}", points);
}

function tell(line, text) {
  if (line.textContent !== text) {
    line.textContent = text;
  }
}

function offerTicks(form) {
  const buttons = form.querySelector("[data-tick]");
  if (!buttons) {
    return;
  }
  const tick = (checked) => {
    for (const box of form.querySelectorAll('input[name="stay"]')) {
      box.checked = checked;
    }
  };
  buttons.hidden = false;
  buttons.querySelector("[data-tick-all]").addEventListener("click", () => tick(true));
  buttons.querySelector("[data-tick-none]").addEventListener("click", () => tick(false));
}
