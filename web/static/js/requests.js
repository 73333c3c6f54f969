// Narrows the table of requests while words are typed, and counts what is chosen in it.

import { askPage, isLeaving } from "./http.js";

const PAUSE_MS = 250;
const filter = document.querySelector("[data-requests-filter]");
const table = document.querySelector("[data-requests-table]");

if (filter && table) {
  follow();
  dress();
}

function follow() {
  filter.querySelector("[data-find]").hidden = true;
  let waiting;
  let asked;
  const narrow = async () => {
    asked?.abort();
    asked = new AbortController();
    const address = addressOf(filter);
    try {
      const page = await askPage(address, { signal: asked.signal });
      if (page) {
        show(page, address);
      } else {
        filter.submit();
      }
    } catch (error) {
      if (error.name !== "AbortError" && !isLeaving()) {
        filter.submit();
      }
    }
  };
  filter.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(narrow, event.target.type === "search" ? PAUSE_MS : 0);
  });
  filter.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    narrow();
  });
}

function addressOf(form) {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value) {
      asked.set(name, value);
    }
  }
  const query = asked.toString();
  return query ? `${location.pathname}?${query}` : location.pathname;
}

function show(page, address) {
  const found = page.querySelector("[data-requests-table]");
  if (!found) {
    location.assign(address);
    return;
  }
  table.replaceChildren(...found.childNodes);
  for (const part of document.querySelectorAll("[data-follows]")) {
    part.replaceChildren(...(page.getElementById(part.id)?.childNodes ?? []));
  }
  history.replaceState(null, "", address);
  dress();
}

/** Lets the parts of the table that need a script work. */
function dress() {
  const size = table.querySelector("[data-page-size]");
  if (size) {
    size.querySelector("[data-size-button]").hidden = true;
    size.addEventListener("change", () => size.submit());
  }
  const chosen = table.querySelector("[data-requests-chosen]");
  if (chosen) {
    count(chosen);
    chosen.querySelector("[data-tick-all-label]").hidden = false;
    chosen.addEventListener("change", (event) => {
      if (event.target.matches("[data-tick-all]")) {
        for (const box of boxes(chosen)) {
          box.checked = event.target.checked;
        }
      }
      count(chosen);
    });
  }
}

function boxes(form) {
  return [...form.querySelectorAll('input[name="request"]')];
}

function count(form) {
  const all = boxes(form);
  const ticked = all.filter((box) => box.checked).length;
  const everything = form.querySelector("[data-all-found]");
  const bulk = form.querySelector("[data-bulk]");
  const told = form.querySelector("[data-bulk-count]");
  const whole = form.querySelector("[data-tick-all]");
  bulk.hidden = ticked === 0;
  if (ticked === 0 && everything) {
    everything.checked = false;
  }
  told.textContent =
    ticked === 1 ? told.dataset.one : told.dataset.many.replace("{n}", String(ticked));
  whole.checked = ticked === all.length;
  whole.indeterminate = ticked > 0 && ticked < all.length;
}

// A menu closes when something else is clicked, or by Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
