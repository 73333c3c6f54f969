// Finds a stay by the name of who comes, or by the request's id; again and again goes on to the next.

import { tell, texts } from "./board_say.js";

/** Listens to the search field above the board. */
export function listenToSearch(field, model, { chosen, choose }) {
  field.addEventListener("focus", () => offerNames(field, model), { once: true });
  field.addEventListener("change", () => {
    const words = field.value.trim().toLocaleLowerCase();
    const found = model.requests.filter((request) => request.stands && isCalled(request, words));
    if (words && found.length === 0) {
      tell(texts.notFound, "warn");
    } else if (words) {
      const at = found.findIndex((request) => request.number === chosen.number);
      choose(found[(at + 1) % found.length].number);
    }
  });
}

function isCalled({ who, id }, words) {
  return `${who} ${id}`.toLocaleLowerCase().includes(words);
}

function offerNames(field, model) {
  const names = new Set(model.requests.filter(({ stands }) => stands).map(({ who }) => who));
  field.list.replaceChildren(...[...names].map((name) => new Option(name, name)));
}
