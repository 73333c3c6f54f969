// Narrows a table to the rows that hold every word that is typed.

for (const field of document.querySelectorAll("[data-filter]")) {
  const parts = [...document.querySelectorAll(`${field.dataset.filter} tbody`)];
  const rows = parts.flatMap((part) => [...part.querySelectorAll("tr:not(.heading)")]);
  const empty = document.querySelector("[data-filter-empty]");
  const texts = rows.map((row) => row.textContent.toLocaleLowerCase());
  field.addEventListener("input", () => {
    const words = field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !words.every((word) => texts[index].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    for (const part of parts) {
      part.hidden = !part.querySelector("tr:not(.heading):not([hidden])");
    }
    empty.hidden = shown > 0;
  });
}
