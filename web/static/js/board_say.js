// Words and dates of the board: texts come translated from the page, days are numbers after its first.

import { say } from "./messages.js";

export const texts = JSON.parse(document.querySelector("[data-board-texts]").textContent);

const language = document.documentElement.lang;
const region = document.querySelector("[data-said]");
const formats = {
  short: new Intl.DateTimeFormat(language, { month: "short", day: "numeric", timeZone: "UTC" }),
  dated: new Intl.DateTimeFormat(language, {
    year: "numeric",
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  }),
};
const numbers = new Intl.NumberFormat(language);
const signed = new Intl.NumberFormat(language, { signDisplay: "exceptZero" });
const countries = new Intl.DisplayNames([language], { type: "region" });

export const DAY_MS = 24 * 60 * 60 * 1000;

/** Puts values into a text with places like %(who)s. */
export function fill(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
}

/** Says what has just happened, in place of what was said before; refusals stay. */
export function tell(words, kind = "good", remedy = "") {
  document.querySelectorAll("[data-messages] > .message:not(.bad)").forEach((old) => old.remove());
  say(words, kind, remedy);
}

/** Says something to those who cannot see the board. */
export function announce(text) {
  region.textContent = text;
}

export const sayNumber = (number) => numbers.format(number);
export const saySigned = (number) => signed.format(number);
export const sayCountry = (code) => countries.of(code) ?? code;

/** A calendar that begins on a day; dates are kept in UTC, so that no clock change moves them. */
export class Calendar {
  constructor(first, days) {
    this.start = Date.parse(`${first}T00:00:00Z`);
    const isOfOneYear = this.date(0).getUTCFullYear() === this.date(days - 1).getUTCFullYear();
    this.span = isOfOneYear ? formats.short : formats.dated;
  }

  date(day) {
    return new Date(this.start + day * DAY_MS);
  }

  iso(day) {
    return this.date(day).toISOString().slice(0, 10);
  }

  day(iso) {
    return Math.round((Date.parse(`${iso}T00:00:00Z`) - this.start) / DAY_MS);
  }

  /** Monday is 0. */
  weekday(day) {
    return (this.date(day).getUTCDay() + 6) % 7;
  }

  saySpan(first, days) {
    return this.span.formatRange(this.date(first), this.date(first + days - 1));
  }
}
