// Draws the board: only the rows and stays in sight are elements of the page.

import { marks, WIDEST } from "./board_axis.js";
import { Bars } from "./board_bars.js";
import { LANE } from "./board_rows.js";

const BESIDE = 300;
const ABOVE = 60;
const MARGIN_DAYS = 6;

/** The picture of a model, in a box that scrolls. */
export class Picture {
  constructor(board, model, rows, colours) {
    Object.assign(this, { board, model, rows, colours });
    this.plane = board.querySelector("[data-plane]");
    this.axis = part("axis");
    this.corner = part("axis-corner");
    this.ticks = part("axis-ticks");
    this.axis.append(this.corner, this.ticks);
    this.labels = part("row-labels");
    this.field = part("board-field");
    this.plane.append(this.axis, this.labels, this.field);
    this.bars = new Bars(this);
    this.drawnRows = new Map();
    this.options = null;
    this.width = this.fittingWidth();
    board.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(board);
  }

  get labelWidth() {
    return this.corner.offsetWidth;
  }

  /** The width of a day with which the whole programme is in sight. */
  fittingWidth() {
    const room = this.board.clientWidth - (this.labelWidth || 220) - 4;
    return Math.max(0.05, room / (this.model.days + 2 * MARGIN_DAYS));
  }

  x(day) {
    return (day + MARGIN_DAYS) * this.width;
  }

  dayAt(x) {
    return x / this.width - MARGIN_DAYS;
  }

  /** The day under a point of the screen, with its fraction. */
  dayUnder(clientX) {
    return this.dayAt(clientX - this.field.getBoundingClientRect().left);
  }

  rowUnder(clientY) {
    return this.rows.at(clientY - this.field.getBoundingClientRect().top);
  }

  /** Zooms so that the day at a place of the screen stays there. */
  zoom(factor, clientX = this.board.getBoundingClientRect().left + this.board.clientWidth / 2) {
    const day = this.dayUnder(clientX);
    this.width = Math.min(WIDEST, Math.max(this.fittingWidth(), this.width * factor));
    this.size();
    this.board.scrollLeft += this.x(day) - this.x(this.dayUnder(clientX));
    this.draw();
  }

  all() {
    this.width = this.fittingWidth();
    this.size();
    this.draw();
  }

  /** Scrolls so that a day is in the middle, or a stay in sight. */
  moveTo(day) {
    const room = this.board.clientWidth - this.labelWidth;
    this.board.scrollLeft = this.x(day) - room / 2;
    this.draw();
  }

  reveal(stay) {
    this.rows.reveal(stay) && this.refresh();
    const own = this.rows.byKey.get(this.rows.keyOf(stay));
    const top = this.rows.topOf(own, stay);
    const view = this.board.clientHeight - this.axis.offsetHeight;
    if (top < this.board.scrollTop || top + LANE > this.board.scrollTop + view) {
      this.board.scrollTop = top - view / 2;
    }
    const [left, right] = [this.x(stay.first), this.x(stay.first + stay.days)];
    const room = this.board.clientWidth - this.labelWidth;
    if (left > this.board.scrollLeft + room - 30 || right < this.board.scrollLeft + 30) {
      this.board.scrollLeft = (left + right - room) / 2;
    }
    this.draw();
  }

  size() {
    this.stamp = (this.stamp ?? 0) + 1;
    const width = Math.ceil(this.x(this.model.days + MARGIN_DAYS));
    this.plane.style.width = `calc(${width}px + var(--labels))`;
    this.field.style.height = `${this.rows.height}px`;
  }

  /** Draws everything anew, after stays or rows have changed. */
  refresh() {
    this.labels.replaceChildren();
    this.drawnRows.forEach(({ behind }) => behind.remove());
    this.drawnRows.clear();
    this.size();
    this.draw();
  }

  /** Shows where a request could go; null to show no more. */
  shade(options) {
    this.options = options;
    this.board.classList.toggle("shading", options !== null);
    this.drawnRows.forEach((drawn) => this.fillRow(drawn));
  }

  draw() {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.board;
    this.from = this.dayAt(scrollLeft - BESIDE);
    this.to = this.dayAt(scrollLeft + clientWidth + BESIDE);
    const above = scrollTop - ABOVE;
    const below = scrollTop + clientHeight + ABOVE;
    const shown = this.rows.shown.slice(
      Math.max(0, this.rows.indexAt(above)),
      this.rows.indexAt(below) + 1,
    );
    this.drawAxis();
    this.drawRows(shown);
    this.bars.draw(shown, { from: this.from, to: this.to, above: above - LANE, below });
  }

  drawAxis() {
    const { calendar } = this.model;
    const from = Math.max(-MARGIN_DAYS, this.from);
    const to = Math.min(this.model.days + MARGIN_DAYS, this.to);
    const drawn = `${this.stamp}/${from}/${to}`;
    if (drawn === this.drawnAxis) {
      return;
    }
    this.drawnAxis = drawn;
    const { major, minor } = marks(calendar, this.width, Math.floor(from), Math.ceil(to));
    const elements = [
      ...major.map((mark) => this.mark(mark, "major")),
      ...minor.map((mark) => this.mark(mark, "minor")),
    ];
    this.ticks.replaceChildren(...elements);
    const lines = (major.length > 0 ? major : minor).map((mark) => this.line(mark.day, "grid"));
    const today = this.line(this.model.today, "today");
    this.lines?.remove();
    this.lines = part("board-lines");
    this.lines.append(...lines, today);
    this.field.prepend(this.lines);
  }

  mark({ day, days, text }, kind) {
    const element = part(`mark ${kind}`);
    element.style.left = `${this.x(day)}px`;
    element.style.width = `${days * this.width}px`;
    const words = document.createElement("span");
    words.textContent = text;
    element.append(words);
    return element;
  }

  line(day, kind) {
    const element = part(`board-line ${kind}`);
    element.style.left = `${this.x(day)}px`;
    return element;
  }

  drawRows(shown) {
    const wanted = new Set(shown.map((row) => row.key));
    for (const [key, { label, behind }] of this.drawnRows) {
      if (!wanted.has(key)) {
        label.remove();
        behind.remove();
        this.drawnRows.delete(key);
      }
    }
    for (const row of shown) {
      const drawn = this.drawnRows.get(row.key) ?? this.addRow(row);
      if (drawn.width !== this.width) {
        this.fillRow(drawn);
      }
    }
  }

  addRow(row) {
    const label = part(`row-label ${row.isOuter ? "outer" : ""} depth-${row.depth}`);
    label.append(row.isOuter ? this.foldButton(row) : labelOf(row));
    const behind = part(`board-row ${row.isOuter ? "outer" : ""}`);
    for (const element of [label, behind]) {
      element.style.top = `${row.top}px`;
      element.style.height = `${row.height}px`;
    }
    const drawn = { row, label, behind };
    this.labels.append(label);
    this.field.append(behind);
    this.drawnRows.set(row.key, drawn);
    return drawn;
  }

  foldButton(row) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold";
    button.dataset.fold = row.key;
    button.setAttribute("aria-expanded", String(!this.rows.closed.has(row.key)));
    button.title = row.label;
    button.append(row.label);
    return button;
  }

  /** Fills a row with the bands behind it, and with the days that fit. */
  fillRow(drawn) {
    const { row, behind } = drawn;
    const bands = this.bandsOf(row).map(([kind, , label, first, last]) => {
      const band = this.block(`band ${kind}`, first, last - first + 1);
      band.title = [label, this.model.calendar.saySpan(first, last - first + 1)]
        .filter(Boolean)
        .join(" · ");
      return band;
    });
    const fits = (this.options?.spansOf(row) ?? []).map(([first, days]) =>
      this.block("fits", first, days),
    );
    behind.replaceChildren(...bands, ...fits);
    drawn.width = this.width;
  }

  bandsOf(row) {
    if (row.isOuter) {
      return [];
    }
    const own = new Set([row.key, ...row.parents, ""]);
    const isPlace = this.rows.by === "place";
    return this.model.bands.filter(([kind, where]) =>
      isPlace ? own.has(where) : kind === "event" || where === row.key,
    );
  }

  block(kind, first, days) {
    const element = part(kind);
    element.style.left = `${this.x(first)}px`;
    element.style.width = `${Math.max(1, days * this.width)}px`;
    return element;
  }
}

function labelOf(row) {
  const words = document.createElement("span");
  words.className = "row-name";
  words.textContent = row.label;
  words.title = row.label;
  if (row.detail) {
    const detail = document.createElement("span");
    detail.className = "detail";
    detail.textContent = row.detail;
    words.append(detail);
  }
  return words;
}

function part(className) {
  const element = document.createElement("div");
  element.className = className;
  return element;
}
