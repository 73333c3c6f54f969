// Choosing who may move: the chooser shows with its scope, people are found by name and added.

import { ask } from "./http.js";
import { sayRefusal } from "./messages.js";

const WAIT_MS = 200;

const form = document.querySelector("[data-start]");
const chooser = form?.querySelector("[data-chooser]");
if (chooser) {
  showWithScope();
  findPeople();
}

function showWithScope() {
  form.addEventListener("change", (event) => {
    if (event.target.name === "scope") {
      chooser.hidden = event.target.value !== "some";
    }
    if (event.target.name === "request" && !event.target.checked) {
      event.target.closest("li").remove();
      tellNone();
    }
  });
}

function findPeople() {
  const field = chooser.querySelector("[data-find]");
  const found = chooser.querySelector("[data-found]");
  let timer = null;
  let asking = null;
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      found.querySelector("button")?.click();
    }
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    asking?.abort();
    timer = setTimeout(async () => {
      asking = new AbortController();
      const people = field.value.trim() ? await lookUp(field.value, asking.signal) : [];
      if (people) {
        found.replaceChildren(...people.map((person) => offer(person, field, found)));
      }
    }, WAIT_MS);
  });
}

async function lookUp(text, signal) {
  try {
    const url = `${chooser.dataset.peopleUrl}?q=${encodeURIComponent(text)}`;
    return (await ask(url, { signal })).people.filter((person) => !isChosen(person.request));
  } catch (error) {
    if (error.name !== "AbortError") {
      sayRefusal(error);
    }
    return null;
  }
}

function offer(person, field, found) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.append(person.name, below(person.below));
  button.addEventListener("click", () => {
    chooser.querySelector("[data-chips]").append(chip(person));
    tellNone();
    field.value = "";
    field.dispatchEvent(new Event("input"));
    found.replaceChildren();
    field.focus();
  });
  item.append(button);
  return item;
}

function chip(person) {
  const item = document.createElement("li");
  const label = document.createElement("label");
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", name: "request", value: person.request, checked: true });
  const id = document.createElement("span");
  id.className = "soft";
  id.textContent = person.request;
  label.append(box, ` ${person.name} `, id);
  item.append(label);
  return item;
}

function below(text) {
  const line = document.createElement("span");
  line.className = "below";
  line.textContent = text;
  return line;
}

function isChosen(request) {
  return [...chooser.querySelectorAll('[name="request"]')].some((box) => box.value === request);
}

function tellNone() {
  chooser.querySelector("[data-none]").hidden = chooser.querySelector("[data-chips] li") !== null;
}
