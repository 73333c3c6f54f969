// Forms of people and space: rows come and go without a reload, and nothing typed is lost unasked.

const form = document.querySelector("[data-form]");

/** Returns everything that stands in the form, to be compared. */
function typed() {
  return new URLSearchParams(new FormData(form)).toString();
}

function keepFromLosing() {
  const first = typed();
  const state = form.querySelector("[data-state]");
  let isSent = false;
  const isDirty = () => "dirty" in form.dataset || typed() !== first;
  const show = () => {
    state.textContent = isDirty() ? form.dataset.unsaved : "";
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  form.addEventListener("rows", show);
  form.addEventListener("submit", () => {
    isSent = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && isDirty()) {
      event.preventDefault();
    }
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
    show();
  });
}

/** Lets one part of the form have rows added, removed and moved where one is. */
function liven(rows) {
  const here = rows.querySelector("[data-rows-here]");
  const blank = rows.querySelector("template");
  const more = rows.querySelector('button[name="more"]');
  const changed = () => form.dispatchEvent(new Event("rows"));
  showMoves(here);
  more.addEventListener("click", (event) => {
    event.preventDefault();
    here.append(blank.content.cloneNode(true));
    showMoves(here);
    here.lastElementChild.querySelector("input, select").focus();
    changed();
  });
  here.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const row = button?.closest("[data-row]");
    if (!row) {
      return;
    }
    event.preventDefault();
    if (button.name === "less") {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (next?.querySelector("input, select") ?? more).focus();
    } else if ("up" in button.dataset) {
      row.previousElementSibling?.before(row);
      button.focus();
    } else {
      row.nextElementSibling?.after(row);
      button.focus();
    }
    changed();
  });
}

function showMoves(here) {
  for (const button of here.querySelectorAll("[data-up], [data-down]")) {
    button.hidden = false;
  }
}

/** Keeps the last day from lying before the first: it begins where the first one is. */
function followFirstDay() {
  form.addEventListener("change", (event) => {
    const first = event.target;
    if (first.type !== "date" || !first.name.endsWith("first_day")) {
      return;
    }
    const scope = first.closest("[data-row]") ?? form;
    const last = scope.querySelector(`[name="${first.name.replace("first_day", "last_day")}"]`);
    if (last) {
      last.min = first.value;
    }
  });
}

if (form) {
  for (const rows of form.querySelectorAll("[data-rows]")) {
    liven(rows);
  }
  followFirstDay();
  keepFromLosing();
  document.querySelector("[data-faults]")?.focus();
}
