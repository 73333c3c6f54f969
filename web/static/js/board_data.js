// What the board knows: the programme's things, its requests, and the stays of the draft.

import { Calendar } from "./board_say.js";

/** The programme and the draft, unpacked from the page's columns. */
export class Model {
  constructor(document_) {
    this.stays = new Map();
    this.broken = [];
    this.brokenOf = new Map();
    this.freedom = null;
    this.unpack(document_);
  }

  /** Takes everything anew. */
  unpack(document_) {
    this.calendar = new Calendar(document_.first, document_.days);
    for (const name of ["version", "revision", "days", "today", "arrivals", "pins", "bands"]) {
      this[name] = document_[name];
    }
    for (const name of ["sites", "buildings", "floors", "zones", "tracks", "slots", "hosts"]) {
      this[name] = document_[name];
    }
    this.pools = document_.pools;
    this.researchers = document_.researchers;
    this.institutions = document_.institutions;
    this.requests = unpackRequests(document_);
    this.numberOf = new Map(this.requests.map((request) => [request.id, request.number]));
    this.zoneNumber = numbersOf(this.zones);
    this.slotNumber = numbersOf(this.slots);
    this.hostNumber = numbersOf(this.hosts);
    this.poolNumber = numbersOf(this.pools);
    this.stays = unpackStays(document_.stays);
  }

  /** Takes all stays anew; returns the numbers of the requests whose stays are others now. */
  takeStays(columns) {
    const then = unpackStays(columns);
    const changed = [];
    for (const number of new Set([...this.stays.keys(), ...then.keys()])) {
      if (!isSame(this.stays.get(number), then.get(number))) {
        changed.push(number);
      }
    }
    this.stays = then;
    return changed;
  }

  /** Takes what the draft breaks. */
  takeBroken(broken) {
    this.broken = broken;
    this.brokenOf = new Map();
    for (const each of broken) {
      for (const id of each.requests) {
        this.brokenOf.set(id, [...(this.brokenOf.get(id) ?? []), each]);
      }
    }
  }

  /** Puts a request where a residency says, or out of the draft. */
  put(number, residency) {
    if (residency === null) {
      this.stays.delete(number);
    } else {
      this.stays.set(number, this.stayOf(number, residency));
    }
  }

  stayOf(number, residency) {
    const first = this.calendar.day(residency.first_day);
    return {
      request: number,
      zone: this.zoneNumber.get(residency.zone),
      slot: this.slotNumber.get(residency.slot),
      host: residency.host === null ? -1 : this.hostNumber.get(residency.host),
      pool: residency.pool === null ? -1 : this.poolNumber.get(residency.pool),
      first,
      days: this.calendar.day(residency.last_day) - first + 1,
    };
  }

  /** A stay as the server knows it, null for none. */
  residencyOf(number) {
    const stay = this.stays.get(number);
    if (!stay) {
      return null;
    }
    return {
      request: this.requests[number].id,
      slot: this.slots[stay.slot][0],
      zone: this.zones[stay.zone][0],
      host: stay.host < 0 ? null : this.hosts[stay.host][0],
      pool: stay.pool < 0 ? null : this.pools[stay.pool][0],
      first_day: this.calendar.iso(stay.first),
      last_day: this.calendar.iso(stay.first + stay.days - 1),
    };
  }

  /** Requests without a place, the most urgent first. */
  get unplaced() {
    return this.requests
      .filter((request) => request.stands && !this.stays.has(request.number))
      .sort((a, b) => b.priority - a.priority || a.first - b.first || (a.id < b.id ? -1 : 1));
  }

  /** The nearest day on which stays may begin, within some days of one; else that day itself. */
  nearestArrival(day, within) {
    for (let away = 0; away <= within; away += 1) {
      for (const near of [day - away, day + away]) {
        if (this.arrivals.includes(this.calendar.weekday(near))) {
          return near;
        }
      }
    }
    return day;
  }

  isPinned(number) {
    return this.requests[number].id in this.pins;
  }
}

function unpackRequests({ requests, researchers, institutions }) {
  return requests.id.map((id, number) => {
    const [, who, institution] = researchers[requests.who[number]];
    return {
      number,
      id,
      who,
      researcher: requests.who[number],
      institution: institutions[institution][0],
      country: institutions[institution][1],
      track: requests.track[number],
      priority: requests.priority[number],
      first: requests.first[number],
      last: requests.last[number],
      least: requests.least[number],
      most: requests.most[number],
      stands: requests.stands[number] === 1,
    };
  });
}

function unpackStays(columns) {
  const names = Object.keys(columns);
  const stays = columns.request.map((number, at) => [
    number,
    Object.fromEntries(names.map((name) => [name, columns[name][at]])),
  ]);
  return new Map(stays);
}

function numbersOf(things) {
  return new Map(things.map(([id], number) => [id, number]));
}

function isSame(one, other) {
  return (
    one !== undefined &&
    other !== undefined &&
    Object.keys(one).every((name) => one[name] === other[name])
  );
}
