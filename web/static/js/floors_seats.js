// The plan and the list beside it point to each other; a chosen zone shows its details.

const plan = document.querySelector("[data-plan-of]");
const tip = document.querySelector("[data-seat-tip]");
const details = document.querySelector("[data-details]");

/** Makes seats, rows and zones answer to mouse and keyboard; nothing on pages without a plan. */
export function tips() {
  if (!plan) {
    return;
  }
  for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    plan.addEventListener(begin, ({ target }) => point(target.closest("[data-seat]")));
    plan.addEventListener(end, clear);
    for (const row of document.querySelectorAll("[data-who]")) {
      row.addEventListener(begin, () => light(row.dataset.who));
      row.addEventListener(end, clear);
    }
  }
  for (const link of document.querySelectorAll("[data-choose]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose(link.dataset.choose);
    });
  }
}

function point(seat) {
  const who = seat?.dataset.now;
  if (!who) {
    return;
  }
  light(who);
  const row = rowOf(who);
  row.classList.add("lit");
  tip.textContent = row.dataset.title;
  tip.hidden = false;
  const box = seat.getBoundingClientRect();
  const half = tip.offsetWidth / 2;
  const middle = box.left + box.width / 2;
  const left = Math.min(Math.max(middle, half + 8), window.innerWidth - half - 8) - half;
  const above = box.top - tip.offsetHeight - 6;
  tip.style.left = `${left + window.scrollX}px`;
  tip.style.top = `${(above > 0 ? above : box.bottom + 6) + window.scrollY}px`;
}

function light(who) {
  for (const seat of plan.querySelectorAll("[data-seat]")) {
    seat.classList.toggle("lit", seat.dataset.now === who);
  }
}

function clear() {
  tip.hidden = true;
  for (const lit of document.querySelectorAll(".lit")) {
    lit.classList.remove("lit");
  }
}

function rowOf(who) {
  return document.querySelector(`[data-who="${CSS.escape(who)}"]`);
}

function choose(zone) {
  for (const card of details.querySelectorAll("[data-zone-card]")) {
    card.hidden = card.dataset.zoneCard !== zone;
  }
  for (const drawn of plan.querySelectorAll("[data-zone]")) {
    drawn.classList.toggle("chosen", drawn.dataset.zone === zone);
  }
  const here = new URL(window.location.href);
  if (zone) {
    here.searchParams.set("zone", zone);
    details.scrollIntoView({ block: "nearest" });
  } else {
    here.searchParams.delete("zone");
  }
  window.history.replaceState(window.history.state, "", here);
}
