// Keeps the room that is open in view where a row of rooms is wider than the screen.

for (const rooms of document.querySelectorAll("[data-rooms]")) {
  const current = rooms.querySelector("[aria-current]");
  if (current) {
    rooms.scrollLeft += middle(current) - middle(rooms);
  }
  const edges = () => showEdges(rooms);
  rooms.addEventListener("scroll", edges, { passive: true });
  window.addEventListener("resize", edges);
  edges();
}

function middle(element) {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}

function showEdges(rooms) {
  const left = rooms.scrollLeft;
  const rest = rooms.scrollWidth - rooms.clientWidth - left;
  rooms.classList.toggle("more-before", left > 1);
  rooms.classList.toggle("more-after", rest > 1);
}
