// Rows of the board: places nested in places, or what else stays are grouped by; lanes in each row.

import { sayCountry, texts } from "./board_say.js";

export const LANE = 26;
const PAD = 4;
const OUTER = 30;
const MANY_ZONES = 250;

/** Which field of a stay a row of a kind decides, when somebody is put into it. */
export const DECIDES = { zone: "zone", host: "host", slot: "slot" };

const GROUPINGS = {
  place: { rows: placeRows, keyOf: (model, stay) => `zone:${model.zones[stay.zone][0]}` },
  track: {
    rows: (model) => model.tracks.map(([id, label]) => row("track", id, label)),
    keyOf: (model, stay) => `track:${model.tracks[model.requests[stay.request].track][0]}`,
  },
  host: {
    rows: hostRows,
    keyOf: (model, stay) => `host:${stay.host < 0 ? "" : model.hosts[stay.host][0]}`,
  },
  researcher: {
    rows: researcherRows,
    keyOf: (model, stay) =>
      `researcher:${model.researchers[model.requests[stay.request].researcher][0]}`,
  },
  country: { rows: countryRows, keyOf: (model, stay) => `country:${countryOf(model, stay)}` },
  slot: {
    rows: (model) =>
      model.slots.map(([id, label, site]) =>
        row("slot", id, label, model.sites.length > 1 ? model.sites[site][1] : ""),
      ),
    keyOf: (model, stay) => `slot:${model.slots[stay.slot][0]}`,
  },
};

/** The rows of one grouping, those folded away left out, each with its stays in lanes. */
export class Rows {
  constructor(model, by) {
    this.model = model;
    this.by = by;
    this.closed = new Set();
    this.all = GROUPINGS[by].rows(model);
    this.byKey = new Map(this.all.map((each) => [each.key, each]));
    if (by === "place" && model.zones.length > MANY_ZONES) {
      const [, ...others] = this.all.filter((each) => each.kind === "building");
      others.forEach((each) => this.closed.add(each.key));
    }
    this.lay();
  }

  keyOf(stay) {
    return GROUPINGS[this.by].keyOf(this.model, stay);
  }

  /** Lays out all stays anew. */
  lay() {
    this.all.forEach((each) => (each.stays = []));
    for (const stay of this.model.stays.values()) {
      this.byKey.get(this.keyOf(stay))?.stays.push(stay);
    }
    this.all.forEach(fillLanes);
    this.stack();
  }

  /** Stacks the rows that are in sight. */
  stack() {
    let top = 0;
    this.shown = [];
    for (const each of this.all) {
      each.hidden = each.parents.some((key) => this.closed.has(key));
      if (!each.hidden && !(each.optional && each.stays.length === 0)) {
        each.top = top;
        each.height = each.isOuter ? OUTER : Math.max(each.lanes, 1) * LANE + 2 * PAD;
        top += each.height;
        this.shown.push(each);
      }
    }
    this.height = top;
  }

  fold(key) {
    this.closed.has(key) ? this.closed.delete(key) : this.closed.add(key);
    this.stack();
  }

  /** Opens whatever hides a stay; returns whether anything was. */
  reveal(stay) {
    const own = this.byKey.get(this.keyOf(stay));
    const folded = own?.parents.filter((key) => this.closed.has(key)) ?? [];
    folded.forEach((key) => this.closed.delete(key));
    if (folded.length > 0) {
      this.stack();
    }
    return folded.length > 0;
  }

  /** The row at a height, the nearest one where there is none. */
  at(y) {
    return this.shown[Math.max(0, Math.min(this.indexAt(y), this.shown.length - 1))];
  }

  /** The number of the last row that begins above a height. */
  indexAt(y) {
    let low = 0;
    let high = this.shown.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.shown[middle].top <= y) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  topOf(own, stay) {
    return own.top + PAD + own.laneOf.get(stay.request) * LANE;
  }

  /** All stays in the order in which they are read: row by row, by day. */
  inOrder() {
    return this.shown.flatMap((each) => each.stays.map((stay) => stay.request));
  }

  /** Keys of the innermost rows within a row. */
  within(key) {
    return this.all.filter((each) => !each.isOuter && each.parents.includes(key));
  }
}

function row(kind, id, label, detail = "", parents = [], isOuter = false, optional = false) {
  const key = `${kind}:${id}`;
  return { key, kind, id, label, detail, parents, isOuter, optional, depth: parents.length };
}

function fillLanes(each) {
  each.stays.sort((a, b) => a.first - b.first || a.days - b.days || a.request - b.request);
  each.laneOf = new Map();
  const ends = [];
  for (const stay of each.stays) {
    let lane = ends.findIndex((end) => end <= stay.first);
    if (lane < 0) {
      lane = ends.push(0) - 1;
    }
    ends[lane] = stay.first + stay.days;
    each.laneOf.set(stay.request, lane);
  }
  each.lanes = ends.length;
}

function placeRows(model) {
  const rows = [];
  const several = model.sites.length > 1;
  model.sites.forEach(([site, name], siteNumber) => {
    const around = several ? [`site:${site}`] : [];
    if (several) {
      rows.push(row("site", site, name, "", [], true));
    }
    model.buildings.forEach(([building, label, at], number) => {
      if (at === siteNumber) {
        rows.push(row("building", building, label, "", around, true));
        rows.push(...floorRows(model, number, [...around, `building:${building}`]));
      }
    });
  });
  return rows;
}

function floorRows(model, building, around) {
  return model.floors
    .map((floor, number) => ({ floor, number }))
    .filter(({ floor }) => floor[2] === building)
    .sort((a, b) => b.floor[3] - a.floor[3])
    .flatMap(({ floor: [id, label], number }) => [
      row("floor", id, label, "", around, true),
      ...model.zones
        .filter((zone) => zone[2] === number)
        .map(([zone, name, , desks]) =>
          row("zone", zone, name, String(desks), [...around, `floor:${id}`]),
        ),
    ]);
}

function hostRows(model) {
  const hosts = model.hosts.map(([id, label, institution]) =>
    row("host", id, label, model.institutions[institution][0]),
  );
  return [...hosts, row("host", "", texts.noHost, "", [], false, true)];
}

function researcherRows(model) {
  return model.researchers
    .map(([id, label, institution]) =>
      row("researcher", id, label, model.institutions[institution][0], [], false, true),
    )
    .sort((a, b) => a.label.localeCompare(b.label));
}

function countryRows(model) {
  const codes = [...new Set(model.institutions.map(([, country]) => country))];
  return codes
    .map((code) => row("country", code, sayCountry(code), code, [], false, true))
    .sort((a, b) => a.label.localeCompare(b.label));
}

function countryOf(model, stay) {
  return model.requests[stay.request].country;
}
