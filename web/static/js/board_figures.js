// What stands above the board: how many have places, the points, the broken rules, undo and redo.

import { fill, sayNumber, texts } from "./board_say.js";

const SHOWN = 100;
const NAMES = 4;
const find = (name) => document.querySelector(`[data-${name}]`);

/** Writes the figures of a draft. */
export function writeFigures(model, editing) {
  const placed = model.stays.size;
  const waiting = model.unplaced.length;
  find("count-placed").textContent =
    [texts.placedNone, texts.placedOne][placed] ?? fill(texts.placedMany, { count: sayNumber(placed) });
  find("count-unplaced").textContent =
    waiting === 0 ? texts.unplacedNone : fill(texts.unplacedMany, { count: sayNumber(waiting) });
  find("points-line").hidden = false;
  find("points").textContent = sayNumber(model.objective);
  writeBroken(model);
  for (const how of ["undo", "redo"]) {
    const what = how === "undo" && editing.lastPin ? texts.pinned : editing.said[how];
    const button = document.querySelector(`[data-do="${how}"]`);
    button.disabled = !what;
    button.title = what ? fill(texts[how], { what }) : texts.nothing;
  }
}

function writeBroken(model) {
  const broken = model.broken.length;
  find("broken").hidden = broken === 0;
  find("broken-count").textContent =
    broken === 1 ? texts.brokenOne : fill(texts.brokenMany, { count: sayNumber(broken) });
  const lines = model.broken.slice(0, SHOWN).map((each) => brokenLine(model, each));
  find("broken-list").replaceChildren(...lines);
}

/** A broken rule with whom it concerns, which jumps there. */
function brokenLine(model, { name, text, requests, who }) {
  const line = document.createElement("li");
  const jump = document.createElement("button");
  jump.type = "button";
  jump.className = "jump";
  jump.dataset.jump = model.numberOf.get(requests[0]) ?? "";
  const rule = document.createElement("b");
  rule.textContent = name;
  jump.append(rule, ` ${who.slice(0, NAMES).join(", ")}`);
  line.append(jump, " ", text);
  return line;
}
