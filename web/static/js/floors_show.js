// Puts the figures of a day on the plan, the cards and the lists; changes only what differs.

const LEVELS = ["none", "empty", "low", "medium", "high", "full", "over"];
const WHENS = ["earlier", "now", "next", "later"];

const number = new Intl.NumberFormat(document.documentElement.lang);

/** Returns what shows states on this page; elements are looked up once. */
export function showing(data, texts) {
  const zones = data.zones.map((zone) => partsOf(zone));
  const people = new Map(
    [...document.querySelectorAll("[data-who]")].map((row) => [row.dataset.who, row]),
  );
  const lines = [...document.querySelectorAll("[data-when-of]")];
  return (states, whens) => {
    states.forEach((state, at) => showZone(zones[at], state, texts, people));
    showTotals(states, texts);
    for (const [who, row] of people) {
      setHidden(row, whens.get(who) !== "now");
    }
    for (const line of lines) {
      showWhen(line, whens.get(line.dataset.whenOf), texts);
    }
  };
}

function partsOf({ id }) {
  const of = (attribute) => document.querySelector(`[data-${attribute}="${CSS.escape(id)}"]`);
  const plan = of("zone");
  const rows = of("zone-rows");
  const card = of("zone-card");
  return {
    plan,
    words: plan.querySelector("[data-zone-words]"),
    title: plan.querySelector(":scope > title"),
    figures: plan.querySelector("[data-figures] tspan"),
    area: plan.querySelector("[data-area]")?.dataset.area,
    seats: [...plan.querySelectorAll("[data-seat]")],
    tags: [rows, card].filter(Boolean).map((part) => part.querySelector("[data-level]")),
    row: rows?.querySelector("[data-row-figures]"),
    cardDesks: card?.querySelector("[data-card-desks]"),
    cardArea: card?.querySelector("[data-card-area]"),
  };
}

function showZone(parts, state, texts, people) {
  const { plan } = parts;
  for (const level of LEVELS) {
    plan.classList.toggle(`level-${level}`, level === state.level);
  }
  plan.classList.toggle("closed", state.closed);
  const level = texts.levels[state.closed ? "closed" : state.level];
  const desks = filled(texts.desks, { used: state.used, desks: state.zone.desks });
  const words = `${plan.dataset.name}: ${level}. ${desks}. ${counted(texts, state.people)}.`;
  parts.words?.setAttribute("aria-label", words);
  setText(parts.title, words);
  const figures = state.zone.desks ? `${state.used} / ${state.zone.desks}` : "";
  setText(parts.figures, [figures, parts.area].filter(Boolean).join(" · "));
  setText(parts.row, `${state.used} / ${state.zone.desks}`);
  setText(parts.cardDesks, desks);
  setText(parts.cardArea, number.format(state.area));
  for (const tag of parts.tags) {
    tag.className = `tag ${toneOf(state)}`;
    setText(tag, level);
  }
  for (const seat of parts.seats) {
    showSeat(seat, state.seats.get(Number(seat.dataset.seat)), people);
  }
}

function showSeat(seat, who, people) {
  if (seat.dataset.now === (who ?? "")) {
    return;
  }
  seat.dataset.now = who ?? "";
  const row = people.get(who);
  seat.classList.toggle("stay", who?.startsWith("stay-") ?? false);
  seat.classList.toggle("reservation", who?.startsWith("reservation-") ?? false);
  seat.classList.toggle("asked", row?.classList.contains("asked") ?? false);
  seat.nextElementSibling.textContent = row?.dataset.initials ?? "";
  if (who) {
    seat.setAttribute("href", `#at-${who}`);
    seat.setAttribute("aria-label", row.dataset.title);
  } else {
    seat.removeAttribute("href");
    seat.removeAttribute("aria-label");
  }
}

function showTotals(states, texts) {
  const all = { used: 0, desks: 0, people: 0 };
  const floors = new Map();
  for (const state of states) {
    const floor = floors.get(state.zone.floor) ?? { used: 0, desks: 0, people: 0 };
    floors.set(state.zone.floor, floor);
    for (const sum of [all, floor]) {
      sum.used += state.used;
      sum.desks += state.closed ? 0 : state.zone.desks;
      sum.people += state.people;
    }
  }
  for (const [id, sum] of floors) {
    const card = document.querySelector(`[data-floor="${CSS.escape(id)}"]`);
    setText(card?.querySelector("[data-floor-desks]"), filled(texts.desks, sum));
    setText(card?.querySelector("[data-floor-people]"), counted(texts, sum.people));
  }
  setText(document.querySelector("[data-total]"), filled(texts.desks, all));
  setText(document.querySelector("[data-total-people]"), counted(texts, all.people));
}

function showWhen(line, when, texts) {
  for (const other of WHENS) {
    line.classList.toggle(`when-${other}`, other === when);
  }
  const tag = line.querySelector("[data-when]");
  tag.className = `tag ${{ now: "good", next: "warn" }[when] ?? "plain"}`;
  setText(tag, texts.when[when]);
}

function toneOf({ level, closed }) {
  if (level === "over") {
    return "bad";
  }
  return closed ? "warn" : level === "none" || level === "empty" ? "plain" : "good";
}

function counted(texts, count) {
  return texts.people.replace("{count}", number.format(count));
}

function filled(text, { used, desks }) {
  return text.replace("{used}", number.format(used)).replace("{desks}", number.format(desks));
}

function setText(element, text) {
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
}

function setHidden(element, hidden) {
  if (element.hidden !== hidden) {
    element.hidden = hidden;
  }
}
