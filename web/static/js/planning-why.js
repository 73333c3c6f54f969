// Asks why by itself when the page opens, waits for the answer, and tries repairs as what-ifs.

import { send } from "./http.js";
import { sayRefusal } from "./messages.js";
import { follow } from "./planning-run.js";

const card = document.querySelector("[data-why]");
if (card) {
  begin(card);
}
for (const button of document.querySelectorAll("[data-try]")) {
  button.disabled = false;
  button.addEventListener("click", () => tryOut(button));
}

function begin(asking) {
  asking.querySelector("[data-why-form]").addEventListener("submit", (event) => {
    event.preventDefault();
    askWhy(asking);
  });
  if (asking.dataset.runUrl) {
    wait(asking, asking.dataset.runUrl);
  } else if (asking.dataset.begin === "yes") {
    askWhy(asking);
  }
}

async function askWhy(asking) {
  working(asking, true);
  try {
    const run = await send(asking.dataset.askUrl, {});
    wait(asking, run.url);
  } catch (error) {
    working(asking, false);
    sayRefusal(error);
  }
}

function wait(asking, url) {
  const status = asking.querySelector("[data-why-status]");
  const tell = (text) => {
    if (status.textContent !== text) {
      status.textContent = text;
    }
  };
  follow(url, {
    onNews: () => tell(status.dataset.working),
    onLost: () => tell(status.dataset.lost),
    onEnd: () => window.location.reload(),
  });
}

function working(asking, isWorking) {
  const status = asking.querySelector("[data-why-status]");
  if (isWorking) {
    status.textContent = status.dataset.working;
  }
  asking.querySelector("[data-why-progress]").hidden = !isWorking;
  asking.querySelector("[data-why-form]").hidden = isWorking;
}

async function tryOut(button) {
  button.disabled = true;
  const offer = JSON.parse(button.dataset.try);
  try {
    const answer = await send(button.dataset.url, { name: button.dataset.name, ...offer });
    window.location.assign(answer.url);
  } catch (error) {
    button.disabled = false;
    sayRefusal(error);
  }
}
