// Reads each calendar file named and prints what ical.js makes of it, as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function eventOf(component) {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    sequence: event.sequence,
    status: component.getFirstPropertyValue("status"),
    summary: event.summary,
    location: event.location ?? "",
    description: event.description,
    first: event.startDate.toString(),
    stop: event.endDate.toString(),
    whole_days: event.startDate.isDate && event.endDate.isDate,
    starts_at: event.startDate.toJSDate().toISOString(),
    timezone: event.startDate.zone.tzid,
  };
}

function calendarOf(path) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf-8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  return {
    uid: calendar.getFirstPropertyValue("uid"),
    refresh: String(calendar.getFirstPropertyValue("refresh-interval")),
    events: calendar.getAllSubcomponents("vevent").map(eventOf),
  };
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map(calendarOf)));
