// The researcher's page: the hours at home by the device's time zone, and ticks kept at once.

showHomeTime();
for (const form of document.querySelectorAll("[data-tasks]")) {
  keepAtOnce(form);
}

async function showHomeTime() {
  const parts = [...document.querySelectorAll("[data-home]")];
  const told = parts.find((part) => part.dataset.known);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!told || !zone || told.dataset.known === "choice" || told.dataset.zone === zone) {
    return;
  }
  const address = new URL(location.href);
  address.searchParams.set("zone", zone);
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const others = [...page.querySelectorAll("[data-home]")];
  if (others.length === parts.length) {
    parts.forEach((part, number) => part.replaceWith(others[number]));
  }
}

function keepAtOnce(form) {
  const button = form.querySelector("[data-keep]");
  if (!button) {
    return;
  }
  button.hidden = true;
  const status = form.querySelector("[role=status]");
  let last = Promise.resolve();
  form.addEventListener("change", ({ target }) => {
    last = last.then(() => keep(form, target, status));
  });
  form.addEventListener("reset", () => {
    button.hidden = false;
  });
}

async function keep(form, box, status) {
  const sent = new FormData();
  sent.set("request", form.elements.request.value);
  sent.set(box.checked ? "done" : "was", box.value);
  const answer = await fetch(form.action, { method: "POST", body: sent, keepalive: true }).catch(() => null);
  const kept = Boolean(answer?.ok);
  if (!kept) {
    box.checked = !box.checked;
  }
  box.closest("li").classList.toggle("done", box.checked);
  status.textContent = kept ? status.dataset.kept : status.dataset.failed;
}
