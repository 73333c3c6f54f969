// Taking over a plan item by item: counts what is ticked, and says at once which rules would break.

import { send } from "./http.js";
import { sayRefusal } from "./messages.js";
import { number } from "./planning-figures.js";

const WAIT_MS = 250;
let asked = null;

const card = document.querySelector("[data-proposal]");
const ticks = [...(card?.querySelectorAll("[data-tick]") ?? [])];
if (ticks.length > 0) {
  begin();
}

function begin() {
  const all = card.querySelector("[data-tick-all]");
  const selected = card.querySelector("[data-selected]");
  let timer = null;
  const change = () => {
    const count = ticks.filter((tick) => tick.checked).length;
    all.checked = count === ticks.length;
    all.indeterminate = count > 0 && count < ticks.length;
    if (selected) {
      selected.textContent = selected.dataset.text.replace("%(count)s", number(count));
      selected.disabled = count === 0;
    }
    clearTimeout(timer);
    asked?.abort();
    timer = setTimeout(() => look(count), WAIT_MS);
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const tick of ticks) {
      tick.checked = all.checked;
    }
    change();
  });
  card.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick]")) {
      change();
    }
  });
  if (selected) {
    selected.textContent = selected.dataset.text.replace("%(count)s", number(ticks.length));
  }
  if (ticks.some((tick) => !tick.checked)) {
    change();
  }
}

async function look(count) {
  const place = card.querySelector("[data-would-break]");
  if (count === ticks.length && card.dataset.whole !== undefined) {
    show(place, card.dataset.whole);
    return;
  }
  asked = new AbortController();
  place.textContent = place.dataset.checking;
  const requests = ticks.filter((tick) => tick.checked).map((tick) => tick.value);
  try {
    const plan = Number(card.dataset.plan);
    const answer = await send(card.dataset.checkUrl, { plan, requests }, { signal: asked.signal });
    show(place, answer.broken);
  } catch (error) {
    if (error.name !== "AbortError") {
      place.replaceChildren();
      sayRefusal(error);
    }
  }
}

function show(place, broken) {
  const words = document.createElement("span");
  words.className = broken ? "told" : "";
  words.textContent = broken
    ? place.dataset.text.replace("%(rules)s", broken)
    : place.dataset.fine;
  place.replaceChildren(words);
}
