// The language switch keeps the heading at which the reader stands; without this script it keeps the page.
"use strict";

function headingInView() {
  const line = window.innerHeight / 3;
  let last = "";
  for (const heading of document.querySelectorAll("article :is(h2, h3)[id]")) {
    if (heading.getBoundingClientRect().top > line) break;
    last = `#${heading.id}`;
  }
  return last;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-twin]");
  if (link) link.hash = headingInView();
});
