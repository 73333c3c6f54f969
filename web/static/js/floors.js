// The floor plan's day: the slider, the field and the buttons recolour the page without a request.

import { countDay, dateOf, numberOf, whenOf } from "./floors_count.js";
import { tips } from "./floors_seats.js";
import { showing } from "./floors_show.js";

const PLAY_MS = 350;
const SAID_AFTER_MS = 500;
const KEPT_AFTER_MS = 120;
const WEEK = 7;
const FOUR_WEEKS = 28;
const KEEPING = "a[data-floor], a[data-keeps-day], a[data-choose], a[hreflang]";

const data = JSON.parse(document.querySelector("[data-floor-data]").textContent);
const texts = JSON.parse(document.querySelector("[data-floor-texts]").textContent);
const slider = document.querySelector("[data-slider]");
const field = document.querySelector("[data-day-form] [name=day]");
const play = document.querySelector("[data-play]");
const status = document.querySelector("[data-day-status]");
const show = showing(data, texts);
const words = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: "full",
  timeZone: "UTC",
});

let day = Number(slider.value);
let playing = null;
let saying = null;
let keeping = null;

for (const element of [slider, play, ...document.querySelectorAll("[data-with-script]")]) {
  element.hidden = false;
}
document.querySelector("[data-day-submit]").hidden = true;

slider.addEventListener("input", () => {
  pause();
  go(Number(slider.value));
});
slider.addEventListener("keydown", (event) => {
  const by = { PageUp: FOUR_WEEKS, PageDown: -FOUR_WEEKS }[event.key];
  if (by) {
    event.preventDefault();
    pause();
    go(day + by);
  }
});
field.addEventListener("change", () => {
  if (field.value) {
    pause();
    go(numberOf(data, field.value));
  }
});
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(numberOf(data, field.value));
});
for (const link of document.querySelectorAll("[data-step], [data-to]")) {
  link.setAttribute("href", link.getAttribute("href") ?? "#");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    pause();
    go("to" in link.dataset ? Number(link.dataset.to) : day + Number(link.dataset.step));
  });
}
play.addEventListener("click", () => (playing === null ? start() : pause()));
tips();
go(day);

function go(wanted) {
  day = Math.min(Math.max(wanted, 0), data.days - 1);
  const date = dateOf(data, day);
  show(countDay(data, day), whenOf(data, day));
  showDay(date);
  // Browsers refuse an address that changes with every move of the mouse.
  clearTimeout(keeping);
  keeping = setTimeout(() => keep(date), KEPT_AFTER_MS);
}

function showDay(date) {
  const said = words.format(new Date(date));
  slider.value = day;
  slider.setAttribute("aria-valuetext", said);
  field.value = date;
  for (const element of document.querySelectorAll("[data-day-words]")) {
    element.textContent = said;
  }
  const share = `${(100 * day) / Math.max(1, data.days - 1)}%`;
  const here = document.querySelector("[data-here]");
  here.setAttribute("x1", share);
  here.setAttribute("x2", share);
  for (const link of document.querySelectorAll("[data-step]")) {
    const target = day + Number(link.dataset.step);
    link.toggleAttribute("aria-disabled", target < 0 || target >= data.days);
  }
  clearTimeout(saying);
  saying = setTimeout(() => {
    status.textContent = `${said}. ${document.querySelector("[data-total]").textContent}`;
  }, SAID_AFTER_MS);
}

// The address of this page and of its neighbours keeps the day, so that a reload loses nothing.
function keep(date) {
  const here = new URL(window.location.href);
  if (here.searchParams.get("day") !== date) {
    here.searchParams.set("day", date);
    window.history.replaceState(window.history.state, "", here);
  }
  for (const link of document.querySelectorAll(KEEPING)) {
    const target = new URL(link.getAttribute("href"), window.location.href);
    target.searchParams.set("day", date);
    link.setAttribute("href", `${target.pathname}${target.search}${target.hash}`);
  }
}

function start() {
  if (day >= data.days - 1) {
    go(0);
  }
  play.setAttribute("aria-pressed", "true");
  play.textContent = texts.pause;
  playing = setInterval(() => {
    go(day + WEEK);
    if (day >= data.days - 1) {
      pause();
    }
  }, PLAY_MS);
}

function pause() {
  clearInterval(playing);
  playing = null;
  play.setAttribute("aria-pressed", "false");
  play.textContent = texts.play;
}
