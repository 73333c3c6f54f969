// Copies a link at the press of a button, prints, and shows buttons that need a script.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) {
    return;
  }
  button.dataset.label ??= button.textContent;
  button.setAttribute("aria-live", "polite");
  const copied = await copy(button.dataset.copy);
  button.textContent = copied ? button.dataset.copied : button.dataset.failed;
  setTimeout(() => {
    button.textContent = button.dataset.label;
  }, 2000);
});

async function copy(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // refused by the browser: the older way below may still be allowed
    }
  }
  return copyFromField(text);
}

function copyFromField(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "hidden-visually";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}
