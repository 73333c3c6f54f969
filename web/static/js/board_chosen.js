// The chosen stay: its facts, its pins, and the form that moves it without a mouse.

import { sayRefusal } from "./messages.js";
import { announce, fill, saySigned, texts } from "./board_say.js";

const REST_MS = 150;

/** The panel beside the board. `act` has move, unplace, pin and close. */
export class Chosen {
  constructor(box, model, server, act) {
    Object.assign(this, { box, model, server, act });
    this.number = null;
    this.turn = 0;
    this.isEdited = false;
    this.isLoading = false;
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      this.isEdited = false;
      this.isLoading || this.act.move(this.number, this.wish());
    });
    box.addEventListener("input", (event) => this.edited(event));
    box.addEventListener("click", (event) => {
      const button = event.target.closest("[data-pin], [data-do]");
      if (button?.dataset.pin && !this.isLoading) {
        this.isEdited = false;
        this.act.pin(this.number, button.dataset.pin);
      }
    });
    const shown = box.querySelector("[data-chosen-request]")?.dataset.chosenRequest;
    this.shownFirst = shown ?? null;
  }

  /** Begins to ask; returns what tells whether something else was asked or typed since. */
  begin() {
    const turn = (this.turn += 1);
    return () => this.turn !== turn;
  }

  /** Shows a request, or nobody; a form in which somebody types stays, and is looked at anew. */
  async show(number) {
    if (number !== null && number === this.number && this.isEdited) {
      this.look(number);
      return;
    }
    const isLate = this.begin();
    clearTimeout(this.waiting);
    this.isLoading ||= number !== this.number;
    this.isEdited = false;
    this.number = number;
    this.box.hidden = number === null;
    this.box.closest("[data-grid]").classList.toggle("has-chosen", number !== null);
    if (number === null) {
      this.box.replaceChildren();
      return;
    }
    try {
      if (this.shownFirst !== this.model.requests[number].id) {
        const { html } = await this.server.chosen(number);
        if (isLate()) {
          return;
        }
        this.box.innerHTML = html;
      }
      this.shownFirst = null;
      this.isLoading = false;
      this.form = this.box.querySelector("[data-move-form]");
      this.days = null;
      await this.offer(number, isLate);
    } catch (error) {
      isLate() || sayRefusal(error);
    }
  }

  focus() {
    this.box.querySelector("#move-arrival")?.focus();
  }

  /** The days that the form says, null while it says none. */
  get span() {
    const { first_day, last_day } = this.form.elements;
    if (!first_day.value || !last_day.value) {
      return null;
    }
    const { calendar } = this.model;
    const first = calendar.day(first_day.value);
    return { first, days: calendar.day(last_day.value) - first + 1 };
  }

  wish() {
    const { elements } = this.form;
    return {
      first_day: elements.first_day.value,
      last_day: elements.last_day.value,
      zone: elements.zone.value || null,
      host: elements.host?.value || null,
    };
  }

  /** Writes into the form what fits for as many days as it says. */
  async offer(number, isLate) {
    const days = this.span && this.span.days > 0 ? this.span.days : null;
    const options = await this.server.options(number, days);
    if (isLate()) {
      return;
    }
    this.options = options;
    this.days = options.days;
    const { elements } = this.form;
    const first = this.span?.first;
    const fits = (kind) => (id) => {
      const found = options.byKey.get(`${kind}:${id}`) ?? [];
      return first === undefined ? found.length > 0 : found.includes(first);
    };
    sortOut(elements.zone, fits("zone"));
    elements.host && sortOut(elements.host, fits("host"));
    this.offerArrivals(elements.zone.value, first);
  }

  offerArrivals(zone, first) {
    const { calendar } = this.model;
    const field = this.box.querySelector("[data-arrivals]");
    const days = zone ? (this.options.byKey.get(`zone:${zone}`) ?? []) : this.options.anywhere;
    const none = new Option(days.length > 0 ? texts.any : texts.fitsNowhere, "");
    field.replaceChildren(
      none,
      ...days.map((day) => new Option(calendar.saySpan(day, this.options.days), String(day))),
    );
    field.value = days.includes(first) ? String(first) : "";
  }

  edited(event) {
    const { target } = event;
    if (this.isLoading || !this.form || target.closest("[data-move-form]") !== this.form) {
      return;
    }
    this.isEdited = true;
    this.begin();
    const { elements } = this.form;
    const { calendar } = this.model;
    if (target.matches("[data-arrivals]") && target.value) {
      const first = Number(target.value);
      elements.first_day.value = calendar.iso(first);
      elements.last_day.value = calendar.iso(first + this.options.days - 1);
      this.letGo(elements.host, first);
    } else if (target.name === "first_day" && target.value && this.days) {
      elements.last_day.value = calendar.iso(calendar.day(target.value) + this.days - 1);
    }
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.look(this.number), REST_MS);
  }

  /** Leaves the host open where the one in the form has no time on days chosen as fitting. */
  letGo(field, first) {
    const days = this.options.byKey.get(`host:${field?.value}`) ?? [];
    if (field?.value && !days.includes(first)) {
      field.value = "";
    }
  }

  /** Says what the form's wish would break. */
  async look(number) {
    if (!this.form || !this.span || this.span.days < 1 || this.number !== number) {
      return;
    }
    const isLate = this.begin();
    try {
      await this.offer(number, isLate);
      const verdict = isLate() ? null : await this.server.check(number, this.wish());
      if (!isLate()) {
        writeVerdict(this.box.querySelector("[data-verdict]"), verdict);
      }
    } catch (error) {
      isLate() || sayRefusal(error);
    }
  }
}

/** Says which rules break and what changes in points. */
export function writeVerdict(box, { broken, points, terms }) {
  const lines = broken.map((each) => sentence(each.name, each.text, "bad"));
  if (broken.length === 0) {
    lines.push(sentence("", texts.noRule, "good"));
  }
  const changes = terms.map((term) => `${term.name} ${saySigned(term.points)}`).join(" · ");
  lines.push(sentence(fill(texts.points, { points: saySigned(points) }), changes, "soft"));
  box.replaceChildren(...lines);
  announce(broken.map((each) => each.name).join(", ") || texts.noRule);
}

function sentence(name, text, kind) {
  const element = document.createElement("p");
  element.className = kind;
  if (name) {
    const strong = document.createElement("b");
    strong.textContent = name;
    element.append(strong, " ");
  }
  element.append(text);
  return element;
}

/** Puts what fits first, each kind under its heading; the choice stays. */
function sortOut(field, fits) {
  const chosen = field.value;
  const options = [...field.options].filter((option) => option.value !== "");
  const groups = [
    [field.dataset.fits, options.filter((option) => fits(option.value))],
    [field.dataset.others, options.filter((option) => !fits(option.value))],
  ];
  const open = field.options[0];
  field.replaceChildren(
    open,
    ...groups
      .filter(([, members]) => members.length > 0)
      .map(([label, members]) => {
        const group = document.createElement("optgroup");
        group.label = label;
        group.append(...members);
        return group;
      }),
  );
  field.value = chosen;
}
