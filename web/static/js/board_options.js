// Where a request could go beside everybody else, as the server worked it out for one length.

import { DECIDES } from "./board_rows.js";

/** The first days that fit, by row; shading and clinging ask for them. */
export class Options {
  constructor(answer, model) {
    this.days = answer.days;
    this.lengths = answer.lengths;
    this.request = model.numberOf.get(answer.request);
    this.byKey = new Map();
    for (const [kind, found] of [
      ["zone", answer.zones],
      ["host", answer.hosts],
      ["slot", answer.slots],
    ]) {
      for (const [id, days] of Object.entries(found)) {
        this.byKey.set(`${kind}:${id}`, days);
      }
    }
    this.zones = Object.keys(answer.zones);
    this.hosts = Object.keys(answer.hosts);
    this.anywhere = [...new Set(Object.values(answer.zones).flat())].sort((a, b) => a - b);
    this.ownKey = null;
  }

  /** Says in which row the request stands where rows are not something that a stay has. */
  within(rows) {
    this.ownKey = rows.by in { track: 1, researcher: 1, country: 1 }
      ? rows.keyOf({ request: this.request })
      : null;
    return this;
  }

  /** Days on which a stay could begin in a row. */
  firstDays(row) {
    if (row.isOuter) {
      return [];
    }
    if (row.kind === "host" && row.id === "" && this.hosts.length === 0) {
      return this.anywhere;
    }
    if (row.kind in DECIDES) {
      return this.byKey.get(row.key) ?? [];
    }
    return row.key === this.ownKey ? this.anywhere : [];
  }

  /** Ranges of days in which a stay could lie, each [first, days]. */
  spansOf(row) {
    const spans = [];
    for (const first of this.firstDays(row)) {
      const last = spans.at(-1);
      if (last && first <= last[0] + last[1]) {
        last[1] = first + this.days - last[0];
      } else {
        spans.push([first, this.days]);
      }
    }
    return spans;
  }

  fits(row, first, days) {
    return days === this.days && this.firstDays(row).includes(first);
  }

  /** The nearest day that fits, within some days of one; null where there is none. */
  cling(row, first, within) {
    let best = null;
    for (const day of this.firstDays(row)) {
      if (Math.abs(day - first) <= within && (best === null || Math.abs(day - first) < Math.abs(best - first))) {
        best = day;
      }
    }
    return best;
  }

  /** The next day that fits before or after a day, null where there is none. */
  next(key, first, direction) {
    const days = this.byKey.get(key) ?? this.anywhere;
    const found = direction > 0 ? days.find((day) => day > first) : days.findLast((day) => day < first);
    return found ?? null;
  }
}
