// The board: the draft as a timeline on which stays are moved by hand, checked at once.

import { Chosen } from "./board_chosen.js";
import { Colours, writeLegend } from "./board_colours.js";
import { Model } from "./board_data.js";
import { Drag } from "./board_drag.js";
import { Picture } from "./board_draw.js";
import { Editing, pinnedParts, toggled } from "./board_editing.js";
import { writeFigures } from "./board_figures.js";
import { workOutFreedom } from "./board_freedom.js";
import { listenToSearch } from "./board_find.js";
import { Keys, Pending } from "./board_keys.js";
import { Rows } from "./board_rows.js";
import { announce, texts } from "./board_say.js";
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
  unplace: () => model.stays.has(chosen.number) && editing.move(chosen.number, null),
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

/** Draws whatever has changed; everything where the programme's data did, perhaps numbered otherwise. */
function shown(renumber = null) {
  if (renumber) {
    for (const holder of [chosen, pending.waiting, drag?.held]) {
      holder && holder.number !== null && (holder.number = renumber(holder.number) ?? null);
    }
    chosen.number === null && chosen.show(null);
    pending.waiting?.number === null && pending.forget();
    drag?.held?.number === null && drag.cancel();
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
  writeFigures(model, editing);
  if (chosen.number !== null && editing.making <= 1 && !pending.waiting) {
    chosen.show(chosen.number);
  }
}

/** Chooses a request: marks it, brings it in sight, shows it beside the board. */
function choose(number, { quietly = false } = {}) {
  if (pending.waiting && pending.waiting.number !== number) {
    pending.flush();
  }
  const stay = model.stays.get(number);
  picture?.bars.choose(number);
  tray.draw(number);
  if (quietly) {
    Object.assign(chosen, { number, isEdited: false, isLoading: true });
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
  picture?.bars.choose(null);
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
  await editing.queue;
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
async function nudgeRow(direction) {
  await editing.queue;
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

function pinPart(number, part) {
  const { id } = model.requests[number];
  editing.pin(number, toggled(model.pins[id] ?? null, id, model.residencyOf(number), part));
}

function pinWhole() {
  const { number } = chosen;
  if (model.stays.has(number) && texts.draft === null) {
    const { id } = model.requests[number];
    editing.pin(number, pinnedParts(model.pins[id] ?? null).length > 0 ? null : model.residencyOf(number));
  }
}

function listen() {
  document.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    const jump = event.target.closest("[data-jump]")?.dataset.jump;
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
    unknown && texts.freedom && texts.draft === null && workOutFreedom(server, editing);
  });
  listenToSearch(find("find"), model, { chosen, choose });
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

if (!narrow.matches) {
  find("as-table").open = false;
  start();
} else {
  narrow.addEventListener("change", start, { once: true });
}
document.querySelectorAll("[data-scripted]").forEach((each) => (each.hidden = false));
listen();
tray.draw();
writeFigures(model, editing);
window.addEventListener("beforeprint", () => (find("as-table").open = true));
window.addEventListener("pagehide", () => pending.flush());
const asked = model.numberOf.get(new URL(location.href).searchParams.get("request"));
if (asked !== undefined && model.requests[asked].stands) {
  choose(asked);
}
document.body.dataset.ready = "true";

// What the server works out of a programme takes a moment; it has begun before anybody drags.
const [anybody] = model.stays.keys();
if (anybody !== undefined && !narrow.matches) {
  requestIdleCallback(() => server.options(anybody).catch(() => {}));
}
