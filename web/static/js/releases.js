// Keeps the note to the next release while the page is left or loaded again.

for (const form of document.querySelectorAll("[data-keep-note]")) {
  const note = form.querySelector("textarea[name=note]");
  const key = `note:${form.dataset.keepNote}`;
  note.value ||= sessionStorage.getItem(key) ?? "";
  note.addEventListener("input", () => sessionStorage.setItem(key, note.value));
  form.addEventListener("submit", () => sessionStorage.removeItem(key));
}
