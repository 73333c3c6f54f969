// Follows the planning of what-ifs, and ticks what is to be taken over.

import { follow } from "./planning-run.js";

for (const line of document.querySelectorAll("[data-branch-run]")) {
  follow(line.dataset.branchRun, {
    onNews: (run) => tell(line, run.status === "queued" ? line.dataset.queued : figures(line, run)),
    onLost: () => tell(line, line.dataset.lost),
    onEnd: () => window.location.reload(),
  });
}

for (const form of document.querySelectorAll("[data-take-over]")) {
  offerTicks(form);
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
