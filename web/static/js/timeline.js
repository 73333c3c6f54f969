// Draws the plan as a timeline and makes it answer to mouse, keyboard and screen reader.

const data = JSON.parse(document.querySelector("[data-timeline]").textContent);
const board = document.querySelector("[data-board]");
const frame = document.querySelector("[data-board-frame]");
const table = document.querySelector("[data-as-table]");
const narrow = window.matchMedia("(max-width: 44rem)");

const MINOR = {
  day: { day: "numeric" },
  weekday: { weekday: "short", day: "numeric" },
  week: { day: "numeric" },
  month: { month: "short" },
  year: { year: "numeric" },
};
const MAJOR = {
  day: { year: "numeric", month: "long" },
  weekday: { year: "numeric", month: "long" },
  week: { year: "numeric", month: "long" },
  month: { year: "numeric" },
};

const DAY_MS = 24 * 60 * 60 * 1000;
const MARGIN_DAYS = 5;
const ROOM_FOR_NAMES_MS = 220 * DAY_MS;
const stays = new Map(data.items.map((item) => [item.id, item]));
const inOrder = [...data.items]
  .sort((a, b) => rank(a) - rank(b) || a.first_day.localeCompare(b.first_day))
  .map((item) => item.id);

if (!narrow.matches) {
  table.open = false;
}
window.addEventListener("beforeprint", () => {
  table.open = true;
});

const moves = {
  earlier: () => pan(-0.25),
  later: () => pan(0.25),
  in: () => timeline.zoomIn(0.5, { animation: false }),
  out: () => timeline.zoomOut(0.5, { animation: false }),
  all: () =>
    timeline.setWindow(
      midnight(data.first_day, -MARGIN_DAYS),
      midnight(data.last_day, MARGIN_DAYS),
      { animation: false },
    ),
  today: () => timeline.moveTo(midnight(data.today), { animation: false }),
};

const KEYS = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  ArrowLeft: moves.earlier,
  ArrowRight: moves.later,
  "+": moves.in,
  "=": moves.in,
  "-": moves.out,
  0: moves.all,
  Home: moves.all,
};

let timeline = null;
if (narrow.matches) {
  narrow.addEventListener("change", start, { once: true });
} else {
  start();
}

function start() {
  frame.hidden = false;
  document.querySelector("[data-board-tools]").hidden = false;
  timeline = new window.vis.Timeline(board, itemsOf(data), groupsOf(data), optionsOf(data));
  timeline.addCustomTime(midnight(data.today), "today");
  board.querySelector(".vis-vertical-scroll")?.setAttribute("tabindex", "0");
  timeline.on("select", ({ items }) => choose(stays.has(items[0]) ? items[0] : null));
  timeline.on("rangechange", nameBands);
  timeline.on("changed", nameBands);
  board.addEventListener("keydown", onKey);
  for (const button of document.querySelectorAll("[data-do]")) {
    button.addEventListener("click", () => moves[button.dataset.do]());
  }
}

function rank(item) {
  return data.groups.findIndex((group) => group.id === item.group);
}

// Dates are days of the site, whatever the time zone of this browser: midnight of local time.
function midnight(day, after = 0) {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year, month - 1, date + after);
}

function itemsOf({ items, backgrounds }) {
  const bars = items.map((item) => ({
    id: item.id,
    group: item.group,
    start: midnight(item.first_day),
    end: midnight(item.last_day, 1),
    content: item.label,
    title: escaped(item.tooltip),
    style: `--track: ${item.colour}`,
  }));
  const bands = backgrounds.map((band, index) => ({
    id: `band-${index}`,
    ...(band.group === null ? {} : { group: band.group }),
    type: "background",
    start: midnight(band.first_day),
    end: midnight(band.last_day, 1),
    content: band.kind === "event" ? band.name : "",
    title: escaped(band.label),
    className: band.kind,
  }));
  return new window.vis.DataSet([...bands, ...bars]);
}

function groupsOf({ groups }) {
  return new window.vis.DataSet(
    groups.map((group, order) => ({
      id: group.id,
      order,
      content: group.label,
      detail: group.detail,
      className: `nest-${group.depth} ${group.children.length > 0 ? "outer" : ""}`,
      ...(group.children.length > 0 ? { nestedGroups: group.children } : {}),
      treeLevel: group.depth + 1,
    })),
  );
}

function optionsOf({ first_day, last_day, language, rtl }) {
  const first = midnight(first_day, -MARGIN_DAYS);
  const last = midnight(last_day, MARGIN_DAYS);
  return {
    start: first,
    end: last,
    min: first,
    max: last,
    zoomMin: 14 * DAY_MS,
    orientation: "top",
    order: (a, b) => a.start - b.start || (a.id < b.id ? -1 : 1),
    groupOrder: "order",
    margin: { item: { horizontal: 0, vertical: 3 }, axis: 4 },
    maxHeight: Math.max(420, window.innerHeight - 220),
    verticalScroll: true,
    horizontalScroll: false,
    zoomKey: "ctrlKey",
    showCurrentTime: false,
    selectable: true,
    rtl,
    tooltip: { followMouse: false, overflowMethod: "cap", delay: 250 },
    template: (item) => labelled(item.content, ""),
    groupTemplate: (group) => labelled(group.content, group.detail),
    format: {
      minorLabels: (date, scale) => axisLabel(date, scale, MINOR, language),
      majorLabels: (date, scale) => axisLabel(date, scale, MAJOR, language),
    },
  };
}

function axisLabel(date, scale, formats, language) {
  const format = formats[scale];
  return format ? new Intl.DateTimeFormat(language, format).format(date.toDate()) : "";
}

// An element instead of a string: names stay text and are never read as HTML.
function labelled(text, detail) {
  const label = document.createElement("span");
  label.textContent = text ?? "";
  if (detail) {
    const small = document.createElement("span");
    small.className = "detail";
    small.textContent = detail;
    label.append(small);
  }
  return label;
}

function escaped(text) {
  const element = document.createElement("span");
  element.textContent = text;
  return element.innerHTML;
}

// Bands bear their names only where the days are wide enough for them.
function nameBands() {
  const { start, end } = timeline.getWindow();
  board.classList.toggle("close-up", end - start < ROOM_FOR_NAMES_MS);
}

function choose(id) {
  const panel = document.querySelector("[data-chosen]");
  const hint = panel.querySelector("[data-chosen-hint]");
  panel.querySelectorAll("h2, dl").forEach((element) => element.remove());
  hint.hidden = id !== null;
  if (id === null) {
    return;
  }
  const heading = document.createElement("h2");
  heading.textContent = stays.get(id).researcher;
  const facts = document.createElement("dl");
  for (const [name, value] of stays.get(id).facts) {
    const pair = document.createElement("div");
    const term = document.createElement("dt");
    const description = document.createElement("dd");
    term.textContent = name;
    description.textContent = value;
    pair.append(term, description);
    facts.append(pair);
  }
  panel.append(heading, facts);
}

function step(by) {
  const [current] = timeline.getSelection();
  const at = inOrder.indexOf(current);
  const next = inOrder[Math.min(Math.max(at + by, 0), inOrder.length - 1)];
  timeline.setSelection([next]);
  timeline.focus(next, { animation: false, zoom: false });
  choose(next);
}

function pan(share) {
  const { start, end } = timeline.getWindow();
  const shift = (end - start) * share;
  timeline.setWindow(new Date(+start + shift), new Date(+end + shift), { animation: false });
}

function onKey(event) {
  const act = KEYS[event.key];
  if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    act();
  }
}
