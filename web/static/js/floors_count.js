// Counts who holds which desks on a day, as the server does; knows no page.

const HALF = 0.5;
const MOST = 0.8;

/** Returns what counts on a day for the data of a page: one state a zone, in the data's order. */
export function countDay(data, day) {
  const states = data.zones.map((zone) => ({
    zone,
    used: 0,
    area: 0,
    people: 0,
    seats: new Map(),
    closed: zone.closed.some(([start, stop]) => start <= day && day < stop),
  }));
  for (const [number, start, stop, desks, area, isStay, name, seats] of data.holdings) {
    if (start <= day && day < stop) {
      const state = states[number];
      state.used += desks;
      state.area += area;
      state.people += isStay;
      const who = `${isStay ? "stay" : "reservation"}-${name}`;
      seats?.forEach((seat) => state.seats.set(seat, who));
    }
  }
  for (const state of states) {
    state.level = levelOf(state);
  }
  return states;
}

/** Returns how each holding lies to a day, by who it is: earlier, now, next or later. */
export function whenOf(data, day) {
  const coming = data.zones.map(() => Infinity);
  for (const [number, start, , , , isStay] of data.holdings) {
    if (isStay && start > day && start < coming[number]) {
      coming[number] = start;
    }
  }
  const found = new Map();
  for (const [number, start, stop, , , isStay, name] of data.holdings) {
    const later = start === coming[number] ? "next" : "later";
    const when = start > day ? later : stop <= day ? "earlier" : "now";
    found.set(`${isStay ? "stay" : "reservation"}-${name}`, when);
  }
  return found;
}

/** Returns the date of a day's number as ISO text. */
export function dateOf(data, day) {
  return new Date(Date.parse(data.first_day) + day * 86400000).toISOString().slice(0, 10);
}

/** Returns the number of an ISO date, within the programme. */
export function numberOf(data, date) {
  const day = Math.round((Date.parse(date) - Date.parse(data.first_day)) / 86400000);
  return Math.min(Math.max(day, 0), data.days - 1);
}

function levelOf({ zone, used, area }) {
  if (used > zone.desks || area > zone.area) {
    return "over";
  }
  if (zone.desks === 0) {
    return "none";
  }
  if (used === 0 || used === zone.desks) {
    return used === 0 ? "empty" : "full";
  }
  const share = used / zone.desks;
  return share < HALF ? "low" : share < MOST ? "medium" : "high";
}
