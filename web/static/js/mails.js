// Follows mails that go out, and asks before something is done that many people notice.

import { ask } from "./http.js";

const EVERY_MS = 1000;
const ENDED = ["sent", "failed"];
const UNDER_WAY = ["queued", "sending"];

for (const button of document.querySelectorAll("[data-confirm]")) {
  button.addEventListener("click", (event) => {
    if (!window.confirm(button.dataset.confirm)) {
      event.preventDefault();
    }
  });
}

for (const region of document.querySelectorAll("[data-progress]")) {
  follow(region);
}

/** Asks how far the mails are until none is under way, then shows the page anew. */
async function follow(region) {
  const { counts } = await ask(region.dataset.progress).catch(() => ({ counts: null }));
  if (counts) {
    show(region, counts);
    if (sum(counts, UNDER_WAY) === 0) {
      window.location.reload();
      return;
    }
  }
  setTimeout(() => follow(region), EVERY_MS);
}

function show(region, counts) {
  const done = sum(counts, ENDED);
  const all = done + sum(counts, UNDER_WAY);
  const bar = region.querySelector("progress");
  bar.max = all;
  bar.value = done;
  const text = region.querySelector("[data-text]");
  const number = new Intl.NumberFormat(document.documentElement.lang);
  text.textContent = text.dataset.text
    .replace("{done}", number.format(done))
    .replace("{all}", number.format(all));
}

function sum(counts, states) {
  return states.reduce((total, state) => total + counts[state], 0);
}
