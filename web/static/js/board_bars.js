// The bars of the stays in sight: where they stand, what they look like and are called.

import { fill, texts } from "./board_say.js";

/** Bars of a picture; only those in sight are elements of the page. */
export class Bars {
  constructor(picture) {
    this.picture = picture;
    this.model = picture.model;
    this.byNumber = new Map();
    this.chosen = null;
  }

  get(number) {
    return this.byNumber.get(number);
  }

  /** Draws the stays of some rows between two days and two heights: a row may have many lanes. */
  draw(shown, { from, to, above, below }) {
    const { rows } = this.picture;
    const wanted = new Map();
    for (const row of shown) {
      for (const stay of row.stays) {
        if (stay.first < to && stay.first + stay.days > from) {
          const top = rows.topOf(row, stay);
          if (top > above && top < below) {
            wanted.set(stay.request, { row, stay });
          }
        }
      }
    }
    for (const [number, bar] of this.byNumber) {
      const isFocused = bar === document.activeElement;
      if (!wanted.has(number) && !(isFocused && this.model.stays.has(number))) {
        isFocused && this.picture.board.focus({ preventScroll: true });
        bar.remove();
        this.byNumber.delete(number);
      }
    }
    for (const [number, { row, stay }] of wanted) {
      const bar = this.byNumber.get(number) ?? this.add(number);
      if (bar.stamp !== this.picture.stamp) {
        this.dress(bar, row, stay);
        bar.stamp = this.picture.stamp;
      }
    }
    this.setStop();
  }

  add(number) {
    const bar = document.createElement("button");
    bar.type = "button";
    bar.dataset.number = number;
    bar.append(document.createElement("span"));
    this.picture.field.append(bar);
    this.byNumber.set(number, bar);
    return bar;
  }

  /** Gives a bar its place, colour and words. */
  dress(bar, row, stay) {
    const { id, who } = this.model.requests[stay.request];
    const isBroken = this.model.brokenOf.has(id);
    const isPinned = this.model.isPinned(stay.request);
    const where = this.model.zones[stay.zone][1];
    const span = this.model.calendar.saySpan(stay.first, stay.days);
    const states = [
      isPinned && texts.pinned,
      isBroken && texts.brokenMark,
      this.picture.colours.wordOf(stay.request),
    ].filter(Boolean);
    bar.className = ["bar", isBroken && "is-broken", isPinned && "is-pinned", stay.request === this.chosen && "is-chosen"]
      .filter(Boolean)
      .join(" ");
    bar.style.left = `${this.picture.x(stay.first)}px`;
    bar.style.width = `${Math.max(3, stay.days * this.picture.width - 1)}px`;
    bar.style.top = `${this.picture.rows.topOf(row, stay)}px`;
    bar.style.setProperty("--track", this.picture.colours.of(stay.request));
    bar.firstChild.textContent = this.picture.rows.by === "researcher" ? where : who;
    bar.setAttribute(
      "aria-label",
      [fill(texts.stay, { who, days: span, where }), ...states].join(", "),
    );
    bar.title = [who, span, where, ...states].join("\n");
  }

  /** The board is one stop of the Tab key: the chosen stay, or the first in sight. */
  setStop() {
    const stop = this.byNumber.get(this.chosen) ?? this.byNumber.values().next().value;
    this.byNumber.forEach((bar) => (bar.tabIndex = bar === stop ? 0 : -1));
  }

  choose(number) {
    this.byNumber.get(this.chosen)?.classList.remove("is-chosen");
    this.chosen = number;
    this.byNumber.get(number)?.classList.add("is-chosen");
    this.setStop();
  }
}
