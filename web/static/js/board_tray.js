// The tray: requests without a place, the most urgent first, searched by name.

import { fill, sayNumber, texts } from "./board_say.js";

const SHOWN = 60;

/** The list beside the board; `choose(number)` opens one. */
export class Tray {
  constructor(box, model, choose) {
    Object.assign(this, { box, model });
    this.list = box.querySelector("[data-tray-list]");
    this.count = box.querySelector("[data-tray-count]");
    this.empty = box.querySelector("[data-tray-empty]");
    this.field = box.querySelector("[data-tray-find]");
    this.field.hidden = false;
    this.field.addEventListener("input", () => this.draw());
    this.list.addEventListener("click", (event) => {
      const card = event.target.closest("[data-number]");
      if (card) {
        event.preventDefault();
        choose(Number(card.dataset.number));
      }
    });
  }

  draw(chosen = this.chosen) {
    this.chosen = chosen;
    const unplaced = this.model.unplaced;
    const words = this.field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const found = unplaced.filter((request) => words.every((word) => spelled(request).includes(word)));
    const cards = found.slice(0, SHOWN).map((request) => this.card(request));
    if (found.length > SHOWN) {
      const more = document.createElement("li");
      more.className = "soft small";
      more.textContent = fill(texts.more, { count: sayNumber(found.length - SHOWN) });
      cards.push(more);
    }
    this.list.replaceChildren(...cards);
    this.count.textContent = sayNumber(unplaced.length);
    this.empty.hidden = unplaced.length > 0;
    this.field.hidden = unplaced.length === 0;
  }

  card(request) {
    const { calendar, tracks } = this.model;
    const item = document.createElement("li");
    const card = document.createElement("button");
    card.type = "button";
    card.className = "tray-card";
    card.dataset.number = request.number;
    card.setAttribute("aria-pressed", String(request.number === this.chosen));
    card.style.setProperty("--track", tracks[request.track][2]);
    const who = document.createElement("b");
    who.textContent = request.who;
    card.append(
      who,
      below(calendar.saySpan(request.first, request.last - request.first + 1)),
      below(
        [
          fill(texts.days, { least: request.least, most: request.most }),
          fill(texts.priority, { number: request.priority }),
        ].join(" · "),
      ),
    );
    item.append(card);
    return item;
  }
}

function spelled(request) {
  return `${request.who} ${request.id} ${request.institution}`.toLocaleLowerCase();
}

function below(text) {
  const element = document.createElement("span");
  element.className = "below";
  element.textContent = text;
  return element;
}
