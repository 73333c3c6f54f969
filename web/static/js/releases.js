// Keeps the note to the next release while the page is left or loaded again.

for (const form of document.querySelectorAll("[data-keep-note]")) {
  const note = form.querySelector("textarea[name=note]");
  const key = `note:${form.dataset.keepNote}`;
  const keep = () => sessionStorage.setItem(key, note.value);
  note.value ||= sessionStorage.getItem(key) ?? "";
  keep();
  note.addEventListener("input", keep);
  form.addEventListener("submit", () => sessionStorage.removeItem(key));
}
