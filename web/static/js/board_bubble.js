// The bubble at the mouse: where the stay would be, and which rule that would break.

import { fill, saySigned, texts } from "./board_say.js";

const LOOK_MS = 90;
const ROOM = { x: 300, y: 110 };

/** Speaks of what is held; asks the server once the mouse has rested for a moment. */
export class Bubble {
  constructor(box, model, server) {
    Object.assign(this, { box, model, server });
    this.said = null;
  }

  hide() {
    clearTimeout(this.looking);
    this.said = null;
    this.box.hidden = true;
  }

  /** Says where the held stay would be; `after(held)` is what would be wished. */
  speak(held, after) {
    const { target } = held;
    if (target === null) {
      this.hide();
      return;
    }
    this.box.hidden = false;
    this.box.style.left = `${Math.min(held.x + 16, window.innerWidth - ROOM.x)}px`;
    this.box.style.top = `${Math.min(held.y + 20, window.innerHeight - ROOM.y)}px`;
    if (target === "tray") {
      clearTimeout(this.looking);
      this.said = "tray";
      this.write("", [texts.into]);
      return;
    }
    const { row, first, days } = target;
    const key = `${row.key}/${first}/${days}`;
    if (this.said !== key) {
      this.said = key;
      const words = `${this.model.calendar.saySpan(first, days)} · ${row.label}`;
      const fits = held.options?.fits(row, first, days);
      this.write(fits ? "good" : "", [words, fits ? texts.fits : texts.checking]);
      this.look(held.number, after(held), words);
    }
  }

  look(number, after, words) {
    const key = this.said;
    clearTimeout(this.looking);
    this.looking = setTimeout(async () => {
      try {
        const { broken, points } = await this.server.check(number, after);
        if (this.said === key) {
          const rules = [...new Set(broken.map((each) => each.name))].join(", ");
          const worth = fill(texts.points, { points: saySigned(points) });
          const verdict = rules ? fill(texts.breaks, { rules }) : texts.fits;
          this.write(rules ? "bad" : "good", [words, verdict, worth]);
        }
      } catch {
        // What it breaks is said when the stay is dropped.
      }
    }, LOOK_MS);
  }

  write(kind, lines) {
    this.box.className = `bubble ${kind}`;
    this.box.replaceChildren(
      ...lines.map((text, number) => {
        const line = document.createElement(number === 0 ? "b" : "span");
        line.textContent = text;
        return line;
      }),
    );
  }
}
