// Changing the draft: moves, pins, undo and redo, and what others change meanwhile.

import { say, sayRefusal } from "./messages.js";
import { announce, fill, saySigned, tell, texts } from "./board_say.js";

const CONFLICT = 409;
const POLL_MS = 4000;
const FEW = 3;

/** Makes changes at the server and keeps the model in step; `shown()` draws what is new. */
export class Editing {
  constructor({ model, server, shown, isBusy }) {
    Object.assign(this, { model, server, shown, isBusy });
    this.said = { undo: "", redo: "" };
    this.lastPin = null;
    this.making = 0;
    this.queue = Promise.resolve();
    setTimeout(() => this.poll(), POLL_MS);
  }

  /** Does one thing after another, so that each begins where the last one has ended. */
  inTurn(work) {
    this.queue = this.queue.then(work, work);
    return this.queue;
  }

  /** Puts a request somewhere, or into the tray; the board shows it at once. */
  move(number, after, before = null) {
    const { id } = this.model.requests[number];
    return this.inTurn(() => {
      const now = this.model.numberOf.get(id);
      return now === undefined ? null : this.makeMove(now, after, before);
    });
  }

  async makeMove(number, after, seen) {
    const { model } = this;
    const before = seen ?? model.residencyOf(number);
    const since = model.revision;
    this.lastPin = null;
    this.making += 1;
    if (after?.zone) {
      model.put(number, { ...(before ?? OPEN), ...withoutNull(after), host: before?.host ?? null });
      this.shown();
    }
    try {
      const verdict = await this.server.move(number, before, after);
      model.put(number, verdict.residency);
      this.sayMoved(number, verdict);
      await this.catchUp(verdict.revision === since + 1 ? verdict.revision : since, [number]);
    } catch (error) {
      model.put(number, before);
      this.shown();
      if (error.status === CONFLICT) {
        tell(fill(texts.conflict, { who: model.requests[number].who }), "warn");
      } else {
        sayRefusal(error);
      }
      await this.catchUp(since, [number]).catch(() => {});
    } finally {
      this.making -= 1;
    }
  }

  sayMoved(number, { residency, broken, points }) {
    const { model } = this;
    const { who } = model.requests[number];
    const stay = model.stays.get(number);
    const words = stay
      ? fill(texts.moved, {
          who,
          days: model.calendar.saySpan(stay.first, stay.days),
          where: model.zones[stay.zone][1],
        })
      : fill(texts.tooTray, { who });
    const worth = fill(texts.points, { points: saySigned(points) });
    const rules = broken.map((each) => `${each.name}: ${each.text}`).join(" ");
    const named = [...new Set(broken.map((each) => each.name))].join(", ");
    const remedy = named && fill(texts.breaks, { rules: named });
    tell(`${words} ${worth}`, broken.length > 0 ? "warn" : "good", remedy);
    announce(`${words} ${residency ? rules || texts.noRule : ""}`);
  }

  /** Undo or redo, and says what it was; returns the request that it moved, if it moved one. */
  reverse(how) {
    return this.inTurn(() => this.makeReverse(how));
  }

  async makeReverse(how) {
    if (how === "undo" && this.lastPin) {
      const { id, before, after } = this.lastPin;
      await this.makePin(id, before, after);
      this.lastPin = null;
      this.shown();
      return null;
    }
    if (!this.said[how]) {
      return null;
    }
    const since = this.model.revision;
    this.making += 1;
    try {
      const done = await this.server.reverse(how);
      const words = fill(how === "undo" ? texts.undone : texts.redone, { what: done.said });
      tell(words);
      announce(words);
      await this.catchUp(since, null);
      return done.stays === 1 ? this.model.numberOf.get(done.request) : null;
    } catch (error) {
      sayRefusal(error);
      await this.catchUp(since, null).catch(() => {});
      return null;
    } finally {
      this.making -= 1;
    }
  }

  /** Pins what a document says, or nothing any more. */
  pin(number, after) {
    const { id } = this.model.requests[number];
    const before = this.model.pins[id] ?? null;
    return this.inTurn(() => this.makePin(id, after, before));
  }

  async makePin(id, after, before) {
    const { who } = this.model.requests[this.model.numberOf.get(id)] ?? { who: id };
    this.making += 1;
    try {
      await this.server.pin(id, before, after);
      this.lastPin = { id, before, after };
      if (after === null) {
        delete this.model.pins[id];
      } else {
        this.model.pins[id] = after;
      }
      const parts = pinnedParts(after).map((part) => texts.parts[part]).join(", ");
      tell(fill(after === null ? texts.pinGone : texts.pinDone, { who, parts }));
      this.shown();
      await this.catchUp(this.model.revision, null);
    } catch (error) {
      sayRefusal(error);
    } finally {
      this.making -= 1;
    }
  }

  /** Takes what the draft is now; `mine` are requests that were moved here, null for whatever. */
  async catchUp(since, mine) {
    const ids = mine?.map((number) => this.model.requests[number].id) ?? null;
    this.takeAll(await this.server.changes(since, true), ids);
  }

  /** Takes an answer as a whole; a new document may number its requests otherwise. */
  takeAll(answer, mine) {
    const { model } = this;
    const { version, requests } = model;
    let changed = [];
    if (answer.document) {
      const before = placesOf(model);
      model.unpack(answer.document);
      changed = answer.version === version ? [] : differing(before, placesOf(model));
    } else if (answer.stays) {
      changed = model.takeStays(answer.stays).map((number) => requests[number].id);
    }
    this.take(answer);
    this.shown(answer.document ? (number) => model.numberOf.get(requests[number].id) : null);
    if (mine !== null) {
      const others = changed.filter((id) => !mine.includes(id) && model.numberOf.has(id));
      this.sayOthers(others.map((id) => model.numberOf.get(id)));
    }
  }

  /** Takes the answer's facts about the draft. */
  take({ revision, version, broken, undo, redo, objective, freedom }) {
    Object.assign(this.model, { revision, version, objective, freedom });
    this.model.takeBroken(broken);
    this.said = { undo, redo };
  }

  sayOthers(numbers) {
    if (numbers.length > FEW) {
      say(texts.others, "warn");
    } else {
      for (const number of numbers) {
        say(fill(texts.othersMoved, { who: this.model.requests[number].who }), "warn");
      }
    }
  }

  /** Tells whether nobody is changing anything here, or has since the draft was so. */
  isAsItWas(revision, version) {
    const { model } = this;
    const isSame = model.revision === revision && model.version === version;
    return isSame && this.making === 0 && !this.isBusy();
  }

  /** Looks every few seconds whether somebody else has changed the draft. */
  async poll() {
    const { revision, version } = this.model;
    if (document.visibilityState === "visible" && this.isAsItWas(revision, version)) {
      try {
        const answer = await this.server.changes(revision);
        if (answer.revision !== revision || answer.version !== version) {
          const news = await this.server.changes(revision, true);
          if (this.isAsItWas(revision, version)) {
            this.takeAll(news, []);
          }
        }
      } catch {
        // The next look tells whether the server is there again.
      }
    }
    setTimeout(() => this.poll(), POLL_MS);
  }
}

/** Where everybody is, by request. */
function placesOf(model) {
  return new Map(
    [...model.stays.keys()].map((number) => [
      model.requests[number].id,
      JSON.stringify(model.residencyOf(number)),
    ]),
  );
}

const OPEN = { slot: null, host: null, pool: null };

function withoutNull(document_) {
  return Object.fromEntries(Object.entries(document_).filter(([, value]) => value !== null));
}

function differing(before, now) {
  return [...new Set([...before.keys(), ...now.keys()])].filter((id) => before.get(id) !== now.get(id));
}

/** Which parts a pin decides. */
export function pinnedParts(pin) {
  if (pin === null) {
    return [];
  }
  const parts = ["zone", "host", "slot", "pool"].filter((part) => pin[part] !== null);
  return pin.first_day === null && pin.last_day === null ? parts : ["days", ...parts];
}

/** A pin with one part more or less, as the stay is; null where nothing is left. */
export function toggled(pin, request, stay, part) {
  const none = { request, slot: null, zone: null, host: null, pool: null, first_day: null, last_day: null };
  const fields = part === "days" ? ["first_day", "last_day"] : [part];
  const isPinned = pinnedParts(pin).includes(part);
  const then = { ...none, ...pin };
  for (const field of fields) {
    then[field] = isPinned ? null : stay[field];
  }
  return pinnedParts(then).length > 0 ? then : null;
}
