// Says at once whether the days that somebody picks are possible: asks for the page, takes the part.

const WAIT_MS = 250;

for (const form of document.querySelectorAll("[data-changes]")) {
  const region = form.querySelector("[data-picked]");
  const look = form.querySelector('button[value="look"]');
  if (region === null) {
    continue;
  }
  look.hidden = true;
  let asked = null;
  let timer = 0;

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(form.dataset.address, location.href);
    for (const name of ["stay", "first_day", "days"]) {
      address.searchParams.set(name, form.elements[name].value);
    }
    region.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: asked.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-picked]");
      if (!answer.ok || fresh === null) {
        form.requestSubmit(look);
        return;
      }
      const chosen = form.elements.option.value;
      region.replaceChildren(...fresh.childNodes);
      const same = [...region.querySelectorAll("input")].find((each) => each.value === chosen);
      if (same !== undefined) {
        same.checked = true;
      }
      region.removeAttribute("aria-busy");
    } catch (error) {
      if (error.name !== "AbortError") {
        look.hidden = false;
        region.removeAttribute("aria-busy");
      }
    }
  };

  for (const field of [form.elements.first_day, form.elements.days]) {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      if (form.elements.first_day.value !== "") {
        timer = setTimeout(ask, WAIT_MS);
      }
    });
  }
}

// Who writes without having chosen anything means their words.
const note = document.querySelector("[data-changes] textarea");
const words = document.querySelector('[data-changes] input[value="words"]');
note?.addEventListener("input", () => {
  if (words !== null && document.querySelector('input[name="option"]:checked') === null) {
    words.checked = true;
  }
});
