// Dragging: a stay moves along the days and between rows, gets shorter or longer, or goes into the tray.

import { Bubble } from "./board_bubble.js";
import { DECIDES, LANE } from "./board_rows.js";

const THRESHOLD = 4;
const EDGE = 8;
const NEAR_EDGE = 48;
const CLING_PX = 14;

/** What the mouse does on the board and in the tray. `drop(number, after)` ends a drag. */
export class Drag {
  constructor({ board, tray, bubble, picture, model, server, drop }) {
    Object.assign(this, { board, tray, picture, model, server, drop });
    this.bubble = new Bubble(bubble, model, server);
    this.held = null;
    board.addEventListener("pointerdown", (event) => this.take(event));
    tray.addEventListener("pointerdown", (event) => this.takeFromTray(event));
    for (const box of [board, tray]) {
      box.addEventListener("pointerover", (event) => this.foresee(event));
    }
    window.addEventListener("pointermove", (event) => this.follow(event));
    window.addEventListener("pointerup", (event) => this.release(event));
    window.addEventListener("pointercancel", () => this.cancel());
    window.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.held?.moving) {
        event.stopPropagation();
        this.cancel();
      }
    }, { capture: true });
  }

  get isMoving() {
    return Boolean(this.held?.moving);
  }

  /** Asks where somebody fits while the mouse is still above the bar. */
  foresee(event) {
    const number = numberUnder(event);
    if (number !== null && !this.held && event.pointerType !== "touch") {
      this.server.options(number).catch(() => {});
    }
  }

  take(event) {
    const bar = event.target.closest(".bar");
    if (!bar || event.button !== 0 || event.pointerType === "touch") {
      return;
    }
    const number = Number(bar.dataset.number);
    const stay = this.model.stays.get(number);
    const box = bar.getBoundingClientRect();
    const fromEnd = Math.min(EDGE, box.width / 4);
    const how =
      event.clientX < box.left + fromEnd ? "first" : event.clientX > box.right - fromEnd ? "last" : "whole";
    this.hold(event, { number, how, stay, offset: this.picture.dayUnder(event.clientX) - stay.first });
  }

  takeFromTray(event) {
    const card = event.target.closest("[data-number]");
    if (card && event.button === 0 && event.pointerType !== "touch") {
      this.hold(event, { number: Number(card.dataset.number), how: "whole", stay: null, offset: 0 });
    }
  }

  hold(event, held) {
    this.held = { ...held, x: event.clientX, y: event.clientY, moving: false, options: null };
  }

  follow(event) {
    const held = this.held;
    if (!held) {
      return;
    }
    if (!held.moving) {
      if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < THRESHOLD) {
        return;
      }
      this.begin();
    }
    event.preventDefault();
    Object.assign(held, { x: event.clientX, y: event.clientY, free: event.shiftKey });
    this.place();
  }

  begin() {
    const held = this.held;
    held.moving = true;
    held.days = held.stay?.days ?? this.model.requests[held.number].most;
    document.body.classList.add("dragging", `dragging-${held.how}`);
    this.picture.bars.get(held.number)?.classList.add("lifted");
    held.ghost = document.createElement("div");
    held.ghost.className = "bar ghost";
    held.ghost.style.setProperty("--track", this.picture.colours.of(held.number));
    held.ghost.textContent = this.model.requests[held.number].who;
    this.picture.field.append(held.ghost);
    this.server.options(held.number).then(
      (options) => this.know(held, options),
      () => {},
    );
    this.scroll();
  }

  /** Shows where the request fits as soon as that is known. */
  know(held, options) {
    if (this.held !== held) {
      return;
    }
    held.options = options.within(this.picture.rows);
    if (!held.stay) {
      held.days = options.days;
    }
    if (held.how === "whole") {
      this.picture.shade(options);
    }
    this.place();
  }

  /** Puts the ghost where the mouse is, and looks what that would break. */
  place() {
    const held = this.held;
    const inTray = this.isOverTray(held);
    this.tray.classList.toggle("is-target", inTray);
    held.target = inTray ? "tray" : this.isOverBoard(held) ? this.spot(held) : null;
    const spot = inTray ? null : held.target;
    held.ghost.hidden = spot === null;
    if (spot) {
      held.ghost.style.left = `${this.picture.x(spot.first)}px`;
      held.ghost.style.width = `${Math.max(3, spot.days * this.picture.width - 1)}px`;
      held.ghost.style.top = `${this.top(held, spot)}px`;
      held.ghost.style.height = `${LANE - 3}px`;
    }
    this.bubble.speak(held, (target) => this.after(target));
  }

  top(held, spot) {
    const own = this.picture.rows.byKey.get(held.stay ? this.picture.rows.keyOf(held.stay) : "");
    return spot.row === own ? this.picture.rows.topOf(own, held.stay) : spot.row.top + LANE / 6;
  }

  /** The row, the first day and the days under the mouse; days that fit attract. */
  spot(held) {
    const { picture, model } = this;
    const day = picture.dayUnder(held.x);
    const within = held.free ? 0 : Math.max(3.5, CLING_PX / picture.width);
    if (held.how !== "whole") {
      return this.stretched(held, day, within);
    }
    const row = this.rowFor(held);
    const wanted = Math.round(day - held.offset);
    const fitting = held.options?.cling(row, wanted, within) ?? null;
    const first = fitting ?? model.nearestArrival(wanted, held.free ? 0 : 3);
    return { row, days: held.days, first: Math.max(0, Math.min(first, model.days - held.days)) };
  }

  stretched(held, day, within) {
    const { first, days } = held.stay;
    const row = this.picture.rows.byKey.get(this.picture.rows.keyOf(held.stay));
    const wanted = Math.max(1, Math.round(held.how === "first" ? first + days - day : day - first));
    const near = (held.options?.lengths ?? []).filter((length) => Math.abs(length - wanted) <= within);
    near.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
    const length = near[0] ?? wanted;
    return { row, days: length, first: held.how === "first" ? first + days - length : first };
  }

  /** The row under the mouse if a stay can be put into it, else its own. */
  rowFor(held) {
    const { rows } = this.picture;
    const row = this.picture.rowUnder(held.y);
    if (row.kind in DECIDES || row.isOuter) {
      return row;
    }
    return rows.byKey.get(rows.keyOf(held.stay ?? { request: held.number })) ?? row;
  }

  isOverTray(held) {
    return held.how === "whole" && isWithin(this.tray, held);
  }

  isOverBoard(held) {
    return held.stay !== null || isWithin(this.board, held);
  }

  /** What is wished where the ghost is; what is left open is found by the server. */
  after(held) {
    const { row, first, days } = held.target;
    const { calendar, zones } = this.model;
    const stays = held.stay !== null;
    const isPlace = this.picture.rows.by === "place";
    const decided = DECIDES[row.kind] ? { [DECIDES[row.kind]]: row.id || null } : {};
    if (row.isOuter) {
      decided.zone = this.zoneWithin(held, row, first);
    } else if (stays && !isPlace) {
      decided.zone = zones[held.stay.zone][0];
    }
    return {
      first_day: calendar.iso(first),
      last_day: calendar.iso(first + days - 1),
      ...decided,
    };
  }

  /** In a floor or a building: the zone that fits best, else the first one. */
  zoneWithin(held, row, first) {
    const within = this.picture.rows.within(row.key).map((each) => each.id);
    const fitting = held.options?.zones.filter((zone) =>
      held.options.byKey.get(`zone:${zone}`).includes(first),
    );
    return fitting?.find((zone) => within.includes(zone)) ?? within[0] ?? null;
  }

  release() {
    const held = this.held;
    if (!held) {
      return;
    }
    const { target } = held;
    const after = held.moving && target && target !== "tray" ? this.after(held) : null;
    this.end();
    if (!held.moving || !target) {
      return;
    }
    this.justMoved = true;
    setTimeout(() => (this.justMoved = false));
    if (target === "tray") {
      held.stay && this.drop(held.number, null);
    } else if (!isSame(held.stay, target, this.picture.rows)) {
      this.drop(held.number, after);
    }
  }

  cancel() {
    this.held && this.end();
  }

  end() {
    const { number, how, ghost } = this.held;
    this.held = null;
    ghost?.remove();
    this.bubble.hide();
    this.tray.classList.remove("is-target");
    this.picture.bars.get(number)?.classList.remove("lifted");
    document.body.classList.remove("dragging", `dragging-${how}`);
    this.picture.shade(null);
  }

  /** Goes on scrolling while the mouse is held near an edge. */
  scroll() {
    const held = this.held;
    if (!held?.moving) {
      return;
    }
    const box = this.board.getBoundingClientRect();
    const left = box.left + this.picture.labelWidth;
    if (isWithin(this.board, held)) {
      const x = push(held.x, left, box.right);
      const y = push(held.y, box.top + 40, box.bottom);
      if (x || y) {
        this.board.scrollBy(x, y);
        this.place();
      }
    }
    requestAnimationFrame(() => this.scroll());
  }
}

function push(at, from, to) {
  return at < from + NEAR_EDGE ? -12 : at > to - NEAR_EDGE ? 12 : 0;
}

function isWithin(element, { x, y }) {
  const box = element.getBoundingClientRect();
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

function isSame(stay, { row, first, days }, rows) {
  return stay !== null && stay.first === first && stay.days === days && rows.keyOf(stay) === row.key;
}

function numberUnder(event) {
  const element = event.target.closest?.("[data-number]");
  return element ? Number(element.dataset.number) : null;
}
