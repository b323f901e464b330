// What a link leads to, shown where it stands: loaded when the first link is pointed at, touched, or focused (shell.js).
"use strict";

const preview = document.createElement("div");
Object.assign(preview, { id: "preview", className: "preview md-typeset", popover: "manual" });
preview.setAttribute("role", "tooltip");
document.querySelector("main").append(preview);
const said = document.documentElement.lang.startsWith("zh")
  ? { go: "去那里", by: "由这几行算出", held: "由这条测试守住", near: "算出它的那些量，由这条测试守住", recorded: "数本身记录在案，一变测试就失败" }
  : {
      go: "Go there",
      by: "Computed by these lines",
      held: "Held by this test",
      near: "What it is computed with is held by this test",
      recorded: "The number is on record: a test fails when it changes",
    };
const LINES = 3;
const pages = new Map(); // {path: document}
let shown; // the link whose preview is open
let waiting;

/** Return the page that a link leads to: this one, or another one of the book, fetched once. */
function pageOf(link) {
  if (link.pathname === location.pathname) return document;
  const path = link.pathname;
  if (!pages.has(path)) {
    const made = fetch(path).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)));
    pages.set(path, made.then((text) => new DOMParser().parseFromString(text, "text/html")));
    pages.get(path).catch(() => pages.delete(path));
  }
  return pages.get(path);
}

/** Return copies of what an id stands for: a definition, formula, picture, source, program, or a heading and what it begins. */
function partsOf(place, link) {
  const copies = (...elements) => elements.filter(Boolean).map((element) => document.importNode(element, true));
  if (place.matches("dt, li")) {
    const list = document.importNode(place.parentElement, false);
    list.append(...copies(place, place.matches("dt") && place.nextElementSibling));
    return [list];
  }
  if (place.matches(".program, .highlight")) return programOf(place, link);
  if (place.matches("figure")) return copies(place.querySelector(".drawing, table"), place.querySelector("figcaption"));
  if (!place.matches("h1, h2, h3, h4")) return copies(place);
  let after = place.nextElementSibling;
  if (after?.matches(".difficulty")) after = after.nextElementSibling;
  return copies(place, ...(after?.matches("p, .equation, .form, ul, ol") ? [after] : []));
}

/** Return the lines of a program that compute a value, and those of its doctest that hold it; of no value, its first lines. */
function programOf(place, link) {
  const source = place.querySelector("code") ?? place.nextElementSibling?.querySelector("code");
  const lines = (source?.textContent ?? "").split("\n");
  const { by, held, with: near } = link.dataset;
  if (!by) return [codeOf(lines.slice(0, LINES))];
  const label = (textContent) => Object.assign(document.createElement("p"), { textContent });
  const tests = held ?? near;
  return [
    ...[label(said.by), codeOf(among(lines, by))],
    ...(tests ? [label(held ? said.held : said.near), codeOf(among(lines, tests))] : []),
    ...(held ? [] : [label(said.recorded)]),
  ];
}

/** Return the lines that ranges name, `3 5-7`, as far to the left as they go, with dots for what lies between. */
function among(lines, ranges) {
  const parts = ranges.split(" ").map((range) => range.split("-").map(Number));
  const taken = parts.flatMap(([first, last = first], i) => {
    const gap = i && parts[i - 1].at(-1) + 1 < first && lines.slice(parts[i - 1].at(-1), first - 1).some((line) => line.trim());
    const indent = /^ */.exec(lines[first - 1])[0];
    return [...(gap ? [`${indent}…`] : []), ...lines.slice(first - 1, last)];
  });
  const left = Math.min(...taken.map((line) => /^ */.exec(line)[0].length));
  return taken.map((line) => line.slice(left));
}

function codeOf(lines) {
  const [pre, code] = ["pre", "code"].map((name) => document.createElement(name));
  code.textContent = lines.join("\n");
  pre.append(code);
  return pre;
}

/** Give what was copied names of its own, so that a picture finds its parts, and no id stands twice; links become words. */
function own(box, page) {
  for (const extra of box.querySelectorAll(".headerlink, button, .tool, .cited, .equation-number")) extra.remove();
  for (const link of box.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  const wanted = new Set([...box.innerHTML.matchAll(/(?:href="|url\(["']?(?:&quot;)?)#([^"')&]+)/g)].map((match) => match[1]));
  const missing = [...wanted].filter((id) => !box.querySelector(`[id="${CSS.escape(id)}"]`)).map((id) => page.getElementById(id));
  box.querySelector("svg")?.prepend(...missing.filter(Boolean).map((element) => document.importNode(element, true)));
  for (const element of box.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (name === "id") element.id = `preview-${value}`;
      else if (name.endsWith("href") && value.startsWith("#")) element.setAttribute(name, `#preview-${value.slice(1)}`);
      else if (value.includes("url(#")) element.setAttribute(name, value.replaceAll("url(#", "url(#preview-"));
      else if (name === "tabindex") element.removeAttribute(name);
    }
  }
}

/** Name a preview that has no words: a formula by its LaTeX. */
function nameIt() {
  const formula = preview.querySelector(":scope > .equation > math");
  if (formula) preview.setAttribute("aria-label", formula.dataset.latex);
  else preview.removeAttribute("aria-label");
}

/** Put the preview below its link, or above it where there is more room. */
function put(link) {
  const box = link.getClientRects()[0];
  preview.style.maxHeight = "";
  const [width, height] = [preview.offsetWidth, preview.offsetHeight];
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
  const below = box.bottom + height + 8 <= innerHeight || box.top < innerHeight - box.bottom;
  const room = (below ? innerHeight - box.bottom : box.top) - 12; // it does not cover its link
  preview.style.maxHeight = `min(60vh, ${room}px)`;
  preview.tabIndex = preview.scrollHeight > preview.clientHeight ? 0 : -1; // what scrolls is reached by keyboard
  preview.style.left = `${left}px`;
  preview.style.top = `${below ? box.bottom + 4 : box.top - Math.min(height, room) - 4}px`;
}

/** Show what a link leads to; `go` adds a link to follow, for who cannot point without pressing. Return whether it is shown. */
async function showPreview(link, go = false) {
  clearTimeout(waiting);
  if (link === shown) return true;
  try {
    const page = await pageOf(link);
    const place = page.getElementById(decodeURIComponent(link.hash.slice(1)).split(":")[0]);
    if (!place) return false;
    preview.replaceChildren(...partsOf(place, link));
    own(preview, page);
    nameIt();
  } catch {
    return false; // not to be had now: the link itself works
  }
  hidePreview();
  if (go) preview.append(Object.assign(document.createElement("a"), { href: link.href, textContent: said.go, className: "go" }));
  link.removeAttribute("title"); // the browser's own tooltip would lie over it
  link.setAttribute("aria-describedby", "preview");
  shown = link;
  preview.showPopover();
  put(link);
  return true;
}

function hidePreview() {
  clearTimeout(waiting);
  shown?.removeAttribute("aria-describedby");
  shown = undefined;
  if (preview.matches(":popover-open")) preview.hidePopover();
}

const soon = (then, after) => {
  clearTimeout(waiting);
  waiting = setTimeout(then, after);
};

/** Show the preview of a link that the pointer rests on; it stays while the pointer is on either. */
function restOn(link) {
  soon(() => showPreview(link), 250);
  link.addEventListener("pointerleave", () => soon(hidePreview, 300), { once: true });
}

preview.addEventListener("focusout", ({ relatedTarget }) => relatedTarget === shown || preview.contains(relatedTarget) || hidePreview());
preview.addEventListener("pointerenter", () => clearTimeout(waiting));
preview.addEventListener("pointerleave", () => soon(hidePreview, 300));
addEventListener("keydown", (event) => {
  if (event.key === "Escape") hidePreview();
  const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!way || !shown || document.activeElement !== shown) return;
  const left = way < 0 ? preview.scrollTop : preview.scrollHeight - preview.clientHeight - preview.scrollTop;
  if (left < 1) return;
  event.preventDefault(); // the keys scroll the preview to its end before they scroll the page
  preview.scrollBy({ top: 40 * way, behavior: "instant" });
});
addEventListener("scroll", hidePreview, { passive: true });
document.addEventListener("pointerdown", (event) => preview.contains(event.target) || hidePreview());
