// Takes a file that is dropped, and fills a cell of every row alike, and keeps what is not checked yet.

const drop = document.querySelector("[data-drop]");
if (drop) {
  const field = drop.querySelector('input[type="file"]');
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    drop.addEventListener(kind, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    field.files = event.dataTransfer.files;
  });
}

const mends = [...document.querySelectorAll("[data-mend]")];
if (mends.length > 0) {
  let sent = false;
  mends[0].form.addEventListener("submit", () => {
    sent = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && mends.some((field) => field.value !== field.defaultValue)) {
      event.preventDefault();
    }
  });
}

for (const button of document.querySelectorAll("[data-same]")) {
  const field = document.getElementById(button.dataset.same);
  const alike = mends.filter((each) => each.dataset.mend === field.dataset.mend && !each.value);
  button.parentElement.hidden = alike.length < 2 || alike[0] !== field;
  button.addEventListener("click", () => {
    for (const each of alike) {
      each.value = field.value;
    }
  });
}
