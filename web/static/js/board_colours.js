// The colours of stays: by track, by country, or by how freely they can move; and their legend.

import { sayCountry, texts } from "./board_say.js";

const HUES = ["#1c7c6c", "#b3541e", "#4a5fc1", "#a83a6d", "#7a8b1f", "#7b4ab8", "#0f7fa8", "#9a6a14"];
const REST = "#80858c";
const FREEDOM = { free: "#1f8a5b", cost: "#c98a1b", fixed: "#b23a3a", unknown: REST };

/** Answers which colour a stay has, and what the colours mean. */
export class Colours {
  constructor(model, by) {
    this.model = model;
    this.by = by;
    this.byCountry = countriesByColour(model);
  }

  of(number) {
    const request = this.model.requests[number];
    if (this.by === "country") {
      return this.byCountry.get(request.country) ?? REST;
    }
    return this.by === "freedom" ? FREEDOM[this.freedomOf(request)] : this.model.tracks[request.track][2];
  }

  /** What the colour says, for those who do not see it; nothing where other words say it. */
  wordOf(number) {
    return this.by === "freedom" ? texts[this.freedomOf(this.model.requests[number])] : "";
  }

  freedomOf(request) {
    return this.model.freedom?.[request.id] ?? "unknown";
  }

  get legend() {
    if (this.by === "freedom") {
      return Object.entries(FREEDOM).map(([name, colour]) => ({ colour, label: texts[name] }));
    }
    if (this.by === "country") {
      return [...this.byCountry].map(([code, colour]) => ({ colour, label: sayCountry(code) }));
    }
    return this.model.tracks.map(([, label, colour]) => ({ colour, label }));
  }
}

/** The countries with most requests have a colour of their own. */
function countriesByColour(model) {
  const counts = new Map();
  for (const { country } of model.requests) {
    counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, HUES.length);
  return new Map(frequent.map(([country], number) => [country, HUES[number]]));
}

const SVG = "http://www.w3.org/2000/svg";
const BANDS = ["event", "closure", "reservation"];

/** Writes the legend: colours, and what the bands behind the rows are. */
export function writeLegend(list, colours, by) {
  const bands = by === "place" ? BANDS : by === "host" ? ["event", "absence"] : ["event"];
  list.replaceChildren(
    ...colours.legend.map(({ colour, label }) => entry(label, "swatch", { fill: colour, rx: 2 })),
    ...bands.map((kind) => entry(texts[kind], `band ${kind}`, {})),
    entry(texts.today, "band today", { x: 4, width: 2 }),
  );
}

function entry(label, className, attributes) {
  const item = document.createElement("li");
  const picture = document.createElementNS(SVG, "svg");
  const box = document.createElementNS(SVG, "rect");
  picture.setAttribute("class", className);
  picture.setAttribute("viewBox", "0 0 10 10");
  picture.setAttribute("aria-hidden", "true");
  for (const [name, value] of Object.entries({ width: 10, height: 10, ...attributes })) {
    box.setAttribute(name, value);
  }
  picture.append(box);
  item.append(picture, label);
  return item;
}
