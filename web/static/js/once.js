// Sends a form once: pressed twice, a button does what it does once.

const PATIENCE_MS = 5000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") {
    return;
  }
  if ("sending" in form.dataset) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "";
  setTimeout(() => letGo(form), PATIENCE_MS);
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sending]").forEach(letGo);
});

function letGo(form) {
  delete form.dataset.sending;
}
