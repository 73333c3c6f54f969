// Reads each calendar file named and prints the events that node-ical makes of it, as JSON.
import { readFileSync } from "node:fs";
import ical from "node-ical";

function dayOf(date) {
  const month = String(date.getMonth() + 1).padStart(2, "0");
  return `${date.getFullYear()}-${month}-${String(date.getDate()).padStart(2, "0")}`;
}

function textOf(value) {
  return value === undefined ? "" : typeof value === "object" ? value.val : value;
}

function eventOf(event) {
  if (event.datetype !== "date") throw new Error(`${event.uid}: not of whole days`);
  return {
    uid: event.uid,
    sequence: Number(event.sequence),
    status: event.status,
    summary: textOf(event.summary),
    location: textOf(event.location),
    description: textOf(event.description),
    first: dayOf(event.start),
    stop: dayOf(event.end),
  };
}

function eventsOf(path) {
  const read = Object.values(ical.sync.parseICS(readFileSync(path, "utf-8")));
  return read.filter((component) => component.type === "VEVENT").map(eventOf);
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map(eventsOf)));
