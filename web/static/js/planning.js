// A run while it lasts: its figures, the chart of best plan and bound, and the button that stops it.

import { send } from "./http.js";
import { sayRefusal } from "./messages.js";
import { drawChart } from "./planning-chart.js";
import { showFigures, tell } from "./planning-figures.js";
import { follow } from "./planning-run.js";

const card = document.querySelector("[data-run]");
if (card) {
  watch(card);
}

function watch(running) {
  const chart = drawChart(running.querySelector("[data-run-plot]"));
  running.querySelector("[data-run-stop]").addEventListener("submit", (event) => {
    event.preventDefault();
    stop(running, event.target);
  });
  follow(running.dataset.runUrl, {
    onNews: (run) => {
      showFigures(running, run);
      chart.show(run);
    },
    onLost: () => tell(running, "lost"),
    onEnd: () => window.location.assign(window.location.pathname),
  });
}

async function stop(running, form) {
  const button = form.querySelector("button");
  button.disabled = true;
  tell(running, "stopping");
  try {
    await send(form.action, {});
  } catch (error) {
    button.disabled = false;
    sayRefusal(error);
  }
}
