// The board: the draft as a timeline on which stays are moved by hand, checked at once.

import { sayRefusal } from "./messages.js";
import { Chosen } from "./board_chosen.js";
import { Colours, writeLegend } from "./board_colours.js";
import { Model } from "./board_data.js";
import { Drag } from "./board_drag.js";
import { Picture } from "./board_draw.js";
import { Editing, pinnedParts, toggled } from "./board_editing.js";
import { Keys, Pending } from "./board_keys.js";
import { Rows } from "./board_rows.js";
import { announce, fill, sayNumber, tell, texts } from "./board_say.js";
import { Server } from "./board_server.js";
import { Tray } from "./board_tray.js";

const find = (name) => document.querySelector(`[data-${name}]`);
const narrow = window.matchMedia("(max-width: 44rem)");
const source = JSON.parse(find("board-document").textContent);
const model = new Model(source);
const server = new Server(model);
let rows = new Rows(model, texts.by);
let picture = null;
let drag = null;

const editing = new Editing({
  model,
  server,
  shown,
  isBusy: () => Boolean(drag?.isMoving || pending.waiting),
});
editing.take(source.now);

const pending = new Pending((number, before, after) => editing.move(number, after, before));
const act = {
  step,
  nudge,
  nudgeRow,
  pan: (direction) => picture.board.scrollBy({ left: direction * picture.board.clientWidth * 0.25 }),
  earlier: () => act.pan(-1),
  later: () => act.pan(1),
  in: () => picture.zoom(1.6),
  out: () => picture.zoom(1 / 1.6),
  all: () => picture.all(),
  today: () => picture.moveTo(model.today),
  undo: () => reverse("undo"),
  redo: () => reverse("redo"),
  help: () => find("help").showModal(),
  find: () => find("find").focus(),
  openForm: () => chosen.focus(),
  close,
  move: (number, after) => editing.move(number, after),
  unplace: () => isPlaced(chosen.number) && editing.move(chosen.number, null),
  pin: pinPart,
  pinWhole,
};
const chosen = new Chosen(find("chosen"), model, server, act);
const tray = new Tray(find("tray"), model, (number) => choose(number));

function start() {
  find("frame").hidden = false;
  find("wait").hidden = true;
  picture = new Picture(find("board"), model, rows, new Colours(model, find("colour-by").value));
  picture.refresh();
  drag = new Drag({
    board: picture.board,
    tray: find("tray"),
    bubble: find("bubble"),
    picture,
    model,
    server,
    drop: (number, after) => {
      choose(number, { quietly: true });
      editing.move(number, after);
    },
  });
  new Keys(picture.board, act);
  picture.board.addEventListener("click", onClick);
  picture.board.addEventListener("focusin", ({ target }) => {
    const number = target.dataset?.number;
    number !== undefined && !drag.held && Number(number) !== chosen.number && choose(Number(number));
  });
  picture.board.addEventListener("wheel", onWheel, { passive: false });
  writeLegend(find("legend"), picture.colours, rows.by);
}

function onClick({ target }) {
  const fold = target.closest("[data-fold]")?.dataset.fold;
  if (fold) {
    rows.fold(fold);
    picture.refresh();
    picture.board.querySelector(`[data-fold="${CSS.escape(fold)}"]`)?.focus();
  } else if (target.closest(".bar") && !drag.justMoved) {
    choose(Number(target.closest(".bar").dataset.number));
  }
}

function onWheel(event) {
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    picture.zoom(Math.exp(-event.deltaY / 300), event.clientX);
  }
}

/** Draws whatever has changed; everything where the programme's data did. */
function shown(isAnew = false) {
  if (isAnew) {
    const { closed } = rows;
    rows = new Rows(model, rows.by);
    rows.closed = new Set([...closed].filter((key) => rows.byKey.has(key)));
  }
  rows.lay();
  if (picture) {
    picture.rows = rows;
    picture.colours = new Colours(model, find("colour-by").value);
    picture.refresh();
  }
  tray.draw();
  writeFigures();
  if (chosen.number !== null && editing.making <= 1 && !pending.waiting) {
    chosen.show(chosen.number);
  }
}

function writeFigures() {
  const placed = model.stays.size;
  const broken = model.broken.length;
  find("count-placed").textContent =
    placed === 1 ? texts.placedOne : fill(texts.placedMany, { count: sayNumber(placed) });
  find("count-unplaced").textContent = fill(texts.unplacedMany, {
    count: sayNumber(model.unplaced.length),
  });
  find("points-line").hidden = false;
  find("points").textContent = sayNumber(model.objective);
  find("broken").hidden = broken === 0;
  find("broken-count").textContent =
    broken === 1 ? texts.brokenOne : fill(texts.brokenMany, { count: sayNumber(broken) });
  find("broken-list").replaceChildren(...model.broken.slice(0, 100).map(brokenLine));
  for (const how of ["undo", "redo"]) {
    const what = how === "undo" && editing.lastPin ? texts.pinned : editing.said[how];
    const button = document.querySelector(`[data-do="${how}"]`);
    button.disabled = !what;
    button.title = what ? fill(texts[how], { what }) : texts.nothing;
  }
}

function brokenLine({ name, text, requests, who }) {
  const line = document.createElement("li");
  const jump = document.createElement("button");
  jump.type = "button";
  jump.className = "jump";
  jump.dataset.number = model.numberOf.get(requests[0]) ?? "";
  const rule = document.createElement("b");
  rule.textContent = name;
  jump.append(rule, ` ${who.slice(0, 4).join(", ")}`);
  line.append(jump, " ", text);
  return line;
}

/** Chooses a request: marks it, brings it in sight, shows it beside the board. */
function choose(number, { quietly = false } = {}) {
  if (pending.waiting && pending.waiting.number !== number) {
    pending.flush();
  }
  const stay = model.stays.get(number);
  if (picture) {
    picture.choose(number);
  }
  tray.draw(number);
  if (quietly) {
    chosen.number = number;
  } else {
    chosen.show(number);
    stay && picture?.reveal(stay);
  }
  const address = new URL(location.href);
  address.searchParams.set("request", model.requests[number].id);
  history.replaceState(null, "", address);
}

function close() {
  const waited = pending.forget();
  if (waited) {
    model.put(waited.number, waited.before);
    shown();
    return;
  }
  chosen.show(null);
  picture?.choose(null);
  tray.draw(null);
  const address = new URL(location.href);
  address.searchParams.delete("request");
  history.replaceState(null, "", address);
}

function step(direction) {
  const order = rows.inOrder();
  const at = order.indexOf(chosen.number);
  const next = order[Math.min(Math.max(at + direction, 0), order.length - 1)];
  if (next !== undefined) {
    choose(next);
    picture.bars.get(next)?.focus({ preventScroll: true });
  }
}

/** Moves the chosen stay along the days by keyboard: by one, or to the next that fit. */
async function nudge(direction, far) {
  const { number } = chosen;
  const stay = model.stays.get(number);
  if (!stay) {
    return;
  }
  let first = stay.first + direction;
  if (far) {
    const options = await server.options(number);
    first = options.next(`zone:${model.zones[stay.zone][0]}`, stay.first, direction) ?? stay.first + 7 * direction;
  }
  put(number, { first: Math.max(0, Math.min(first, model.days - stay.days)) });
}

/** Moves the chosen stay to the next row by keyboard, where a row is something that a stay has. */
function nudgeRow(direction) {
  const stay = model.stays.get(chosen.number);
  const own = stay && rows.byKey.get(rows.keyOf(stay));
  const field = { zone: "zone", host: "host", slot: "slot" }[own?.kind];
  const among = rows.shown.filter((row) => row.kind === own?.kind && row.id !== "");
  const next = among[among.indexOf(own) + direction];
  if (field && next) {
    put(chosen.number, { [field]: model[`${field}Number`].get(next.id) });
  }
}

function put(number, change) {
  const before = model.residencyOf(number);
  model.stays.set(number, { ...model.stays.get(number), ...change });
  const stay = model.stays.get(number);
  const { slot, pool, ...after } = model.residencyOf(number);
  const chosenSlot = "slot" in change ? { slot } : {};
  const open = "host" in change ? { ...after, zone: null } : after;
  pending.set(number, before, { ...open, ...chosenSlot });
  rows.lay();
  picture.refresh();
  picture.reveal(stay);
  picture.bars.get(number)?.focus({ preventScroll: true });
  announce(`${model.calendar.saySpan(stay.first, stay.days)}, ${model.zones[stay.zone][1]}`);
}

async function reverse(how) {
  await pending.flush();
  const number = await editing.reverse(how);
  if (number !== null && number !== undefined) {
    choose(number);
  }
}

function isPlaced(number) {
  return number !== null && model.stays.has(number);
}

function pinPart(number, part) {
  const { id } = model.requests[number];
  editing.pin(number, toggled(model.pins[id] ?? null, id, model.residencyOf(number), part));
}

function pinWhole() {
  const { number } = chosen;
  if (isPlaced(number) && texts.draft === null) {
    const { id } = model.requests[number];
    editing.pin(number, pinnedParts(model.pins[id] ?? null).length > 0 ? null : model.residencyOf(number));
  }
}

async function workOutFreedom() {
  tell(texts.freedomBusy);
  try {
    const { run } = await server.startFreedom();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const { status } = await server.run(run);
      if (status === "done") {
        return editing.catchUp(model.revision, null);
      }
      if (status !== "queued" && status !== "running") {
        return tell(texts.freedomFailed, "bad");
      }
    }
  } catch (error) {
    return sayRefusal(error);
  }
}

function listen() {
  document.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    const jump = event.target.closest(".jump")?.dataset.number;
    name && act[name]?.();
    jump && choose(Number(jump));
  });
  find("group-by").addEventListener("click", (event) => {
    const by = event.target.closest("[data-by]")?.dataset.by;
    if (by && picture && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      group(by);
    }
  });
  find("colour-by").addEventListener("change", () => {
    shown();
    writeLegend(find("legend"), picture.colours, rows.by);
    const unknown = find("colour-by").value === "freedom" && model.freedom === null;
    unknown && texts.freedom && workOutFreedom();
  });
  find("find").addEventListener("change", ({ target }) => jumpTo(target.value));
  find("find").addEventListener("focus", fillNames, { once: true });
}

function group(by) {
  rows = new Rows(model, by);
  for (const link of document.querySelectorAll("[data-by]")) {
    link.dataset.by === by ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  }
  const address = new URL(location.href);
  address.searchParams.set("by", by);
  history.replaceState(null, "", address);
  picture.rows = rows;
  picture.board.scrollTop = 0;
  picture.refresh();
  writeLegend(find("legend"), picture.colours, by);
}

function fillNames() {
  find("find").list.replaceChildren(
    ...model.requests.filter((each) => each.stands).map((each) => new Option(each.who, each.who)),
  );
}

function jumpTo(text) {
  const words = text.trim().toLocaleLowerCase();
  const found = model.requests.filter(
    (each) => each.stands && `${each.who} ${each.id}`.toLocaleLowerCase().includes(words),
  );
  if (words && found.length === 0) {
    tell(texts.notFound, "warn");
  } else if (words) {
    const at = found.findIndex((each) => each.number === chosen.number);
    choose(found[(at + 1) % found.length].number);
  }
}

if (!narrow.matches) {
  find("as-table").open = false;
  start();
} else {
  narrow.addEventListener("change", start, { once: true });
}
document.querySelectorAll("[data-scripted]").forEach((each) => (each.hidden = false));
listen();
tray.draw();
writeFigures();
window.addEventListener("beforeprint", () => (find("as-table").open = true));
window.addEventListener("pagehide", () => pending.flush());
const asked = model.numberOf.get(new URL(location.href).searchParams.get("request"));
if (asked !== undefined && model.requests[asked].stands) {
  choose(asked);
}
document.body.dataset.ready = "true";
