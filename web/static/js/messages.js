// Says in a corner of the page what has just happened; screen readers hear it.

import { isLeaving } from "./http.js";

const LASTING_MS = 8000;

/** Shows a message; `kind` is "good", "warn" or "bad". Bad ones stay until they are closed. */
export function say(text, kind = "good", remedy = "") {
  const region = document.querySelector("[data-messages]");
  const message = document.createElement("div");
  message.className = `message ${kind}`;
  const words = document.createElement("p");
  words.textContent = text;
  message.append(words);
  if (remedy) {
    const below = document.createElement("p");
    below.className = "small";
    below.textContent = remedy;
    message.append(below);
  }
  message.append(closing(region, message));
  region.append(message);
  if (kind === "good") {
    setTimeout(() => message.remove(), LASTING_MS);
  }
}

/** Says what the server refused, or that it does not answer, unless the page is being left. */
export function sayRefusal(error) {
  const region = document.querySelector("[data-messages]");
  if (error.answer) {
    const { title, text, remedy } = error.answer;
    say([title, text].filter(Boolean).join(": "), "bad", remedy);
  } else if (!isLeaving()) {
    say(region.dataset.unreachable, "bad");
  }
}

function closing(region, message) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "message-close";
  button.setAttribute("aria-label", region.dataset.close);
  button.textContent = "×";
  button.addEventListener("click", () => message.remove());
  return button;
}

for (const message of document.querySelectorAll("[data-messages] > .message")) {
  message.append(closing(message.parentElement, message));
}
