// The board's scale: how wide a day is, and the days, weeks, months or years written above it.

const language = document.documentElement.lang;
const STEPS = [
  { least: 22, major: "month", minor: "day" },
  { least: 5, major: "month", minor: "week" },
  { least: 1.1, major: "year", minor: "month" },
  { least: 0.24, major: "year", minor: "quarter" },
  { least: 0, major: "none", minor: "year" },
];
const FORMATS = {
  day: { day: "numeric" },
  week: { month: "numeric", day: "numeric" },
  month: { month: "short" },
  quarter: { month: "short" },
  year: { year: "numeric" },
};
const MAJOR_FORMATS = { month: { year: "numeric", month: "long" }, year: { year: "numeric" } };
const said = new Map();

export const WIDEST = 44;

/** Marks between two days: where they begin, how long they last, what they are called. */
export function marks(calendar, width, from, to) {
  const { major, minor } = STEPS.find((step) => width >= step.least);
  return {
    major: major === "none" ? [] : spans(calendar, major, from, to, MAJOR_FORMATS[major]),
    minor: spans(calendar, minor, from, to, FORMATS[minor]),
  };
}

function spans(calendar, unit, from, to, format) {
  const found = [];
  let day = beginOf(calendar, unit, from);
  while (day < to) {
    const next = nextOf(calendar, unit, day);
    found.push({ day, days: next - day, text: name(unit, format, calendar.date(day)) });
    day = next;
  }
  return found;
}

function name(unit, format, date) {
  const key = JSON.stringify(format);
  if (!said.has(key)) {
    said.set(key, new Intl.DateTimeFormat(language, { ...format, timeZone: "UTC" }));
  }
  return said.get(key).format(date);
}

function beginOf(calendar, unit, day) {
  const date = calendar.date(day);
  if (unit === "week") {
    return day - calendar.weekday(day);
  }
  if (unit !== "day") {
    const month = date.getUTCMonth();
    const first = unit === "year" ? 0 : unit === "quarter" ? month - (month % 3) : month;
    return dayOf(calendar, date.getUTCFullYear(), first);
  }
  return Math.floor(day);
}

function nextOf(calendar, unit, day) {
  const date = calendar.date(day);
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  if (months) {
    return dayOf(calendar, date.getUTCFullYear(), date.getUTCMonth() + months);
  }
  return day + (unit === "week" ? 7 : 1);
}

function dayOf(calendar, year, month) {
  return Math.round((Date.UTC(year, month, 1) - calendar.start) / 86_400_000);
}
