// Keeps the room that is open in view where the row of rooms is wider than the screen.

const rooms = document.querySelector("[data-rooms]");
if (rooms) {
  const current = rooms.querySelector("[aria-current]");
  if (current) {
    rooms.scrollLeft += middle(current) - middle(rooms);
  }
  rooms.addEventListener("scroll", showEdges, { passive: true });
  window.addEventListener("resize", showEdges);
  showEdges();
}

function middle(element) {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}

function showEdges() {
  const left = rooms.scrollLeft;
  const rest = rooms.scrollWidth - rooms.clientWidth - left;
  rooms.classList.toggle("more-before", left > 1);
  rooms.classList.toggle("more-after", rest > 1);
}
