// Wishes: rows of days come and go without a reload; a file that is too large is not sent at all.

const rows = document.querySelector("[data-rows]");

function livenRows() {
  const here = rows.querySelector("[data-rows-here]");
  const blank = rows.querySelector("template");
  const more = rows.querySelector("[data-more]");
  const many = rows.querySelector("details");
  const showTools = () => {
    for (const button of here.querySelectorAll("[data-less]")) {
      button.hidden = false;
    }
  };
  more.hidden = false;
  showTools();
  more.addEventListener("click", () => {
    if (many) {
      many.open = true;
    }
    here.append(blank.content.cloneNode(true));
    showTools();
    here.lastElementChild.querySelector("input").focus();
  });
  here.addEventListener("click", (event) => {
    const row = event.target.closest("[data-less]")?.closest("[data-row]");
    if (row) {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (next?.querySelector("input") ?? more).focus();
    }
  });
}

function checkSize(form) {
  const file = form.querySelector('input[type="file"]');
  const words = form.querySelector("[data-too-large]");
  const check = () => {
    words.hidden = !file.files[0] || file.files[0].size <= Number(form.dataset.largest);
    return words.hidden;
  };
  file.addEventListener("change", check);
  form.addEventListener("submit", (event) => {
    if (!check()) {
      event.preventDefault();
    }
  });
}

if (rows) {
  livenRows();
}
const upload = document.querySelector("[data-upload]");
if (upload) {
  checkSize(upload);
}
document.querySelector("[data-faults]")?.focus();
