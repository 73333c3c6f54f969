// Keeps the small card of a run up to date, and loads the page anew at its end.

import { showFigures, tell } from "./planning-figures.js";
import { follow } from "./planning-run.js";

for (const card of document.querySelectorAll("[data-run-card]")) {
  follow(card.dataset.runUrl, {
    onNews: (run) => showFigures(card, run),
    onLost: () => tell(card, "lost"),
    onEnd: () => window.location.reload(),
  });
}
