// Takes a file that is dropped, and says which cells were changed but not checked yet.

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
