// What the frame of a page does: light and dark, the place in the headings, the other language, search, offline.
// Without it the page is readable and every link works.
"use strict";

const { engine: searchEngine, search: searchScript, index: searchIndex, preview: previewScript, python, offline } = document.currentScript.dataset;
const root = new URL("..", document.currentScript.src); // of the whole site: the script stands in assets/
const header = document.querySelector(".md-header");
const article = document.querySelector("article");

function stored(key, value) {
  try {
    if (value === undefined) return JSON.parse(sessionStorage.getItem(key));
    return value === null ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    return null; // storage is forbidden
  }
}

// light and dark

const button = document.querySelector("[data-palette-button]");
const choices = ["auto", "light", "dark"];

function namePalette() {
  const name = button.dataset.names.split("|")[choices.indexOf(document.documentElement.dataset.palette)];
  button.title = `${button.dataset.label}${document.documentElement.lang === "zh" ? "：" : ": "}${name}`;
  button.setAttribute("aria-label", button.title);
}

button.addEventListener("click", () => {
  palette.choice = choices[(choices.indexOf(document.documentElement.dataset.palette) + 1) % 3];
  namePalette();
});
namePalette();

// the heading that is being read

const headings = [...article.querySelectorAll(":is(h1, h2, h3)[id]")];
const blocks = [...article.querySelectorAll(":scope > :not(section), :scope > section > :not(.references), .references > li")];

// Whether an element begins above a line; asked of its section first, which out of view is not laid out inside.
function above(element, line) {
  return [element.closest("section") ?? element, element].every((box) => box.getBoundingClientRect().top < line);
}

function currentHeading() {
  const line = header.offsetHeight + innerHeight / 4;
  return headings.findLast((heading) => above(heading, line));
}

function follow() {
  const current = currentHeading();
  header.classList.toggle("scrolled", scrollY > 80);
  for (const link of document.querySelectorAll(".toc-list a")) {
    if (link.hash !== `#${current?.id}`) link.removeAttribute("aria-current");
    else if (!link.hasAttribute("aria-current")) {
      link.setAttribute("aria-current", "location");
      const list = link.closest(".toc");
      if (list && list.scrollHeight > list.clientHeight) list.scrollTop = link.offsetTop - list.clientHeight / 2;
    }
  }
}

const watcher = new IntersectionObserver(follow, { rootMargin: "0px 0px -70% 0px" });
for (const heading of headings) watcher.observe(heading);

const nav = document.getElementById("nav");
nav.addEventListener("click", (event) => {
  if (event.target.closest("a[href^='#']") && nav.matches(":popover-open")) nav.hidePopover();
});

// the other language: the same heading by the address, and the same place in the same block by what is kept here

function placeInView() {
  const top = header.offsetHeight;
  const index = Math.max(0, blocks.findLastIndex((block) => above(block, top + 2)));
  const box = blocks[index].getBoundingClientRect();
  const open = [...article.querySelectorAll("details")].flatMap((block, i) => (block.open ? [i] : []));
  return { index, part: (top - box.top) / Math.max(1, box.height), open };
}

function goTo({ index, part }) {
  const box = blocks[index]?.getBoundingClientRect();
  if (box) scrollTo({ top: scrollY + box.top + part * box.height - header.offsetHeight, behavior: "instant" });
}

document.querySelector("[data-twin]").addEventListener("click", (event) => {
  const link = event.currentTarget;
  const current = currentHeading();
  const state = location.hash.includes(":") && location.hash; // of a figure to touch
  link.hash = state || (current && current.tagName !== "H1" ? current.id : "");
  if (scrollY > 0 || state) stored("downhill.place", { path: link.pathname, ...placeInView() });
});

function twoFramesOn(act) {
  requestAnimationFrame(() => requestAnimationFrame(act));
}

// Sections out of view have a supposed height. Who reads on comes upon the true ones; who jumps, or returns to a place that
// the browser keeps in pixels, needs all of them.
function layOut() {
  const block = blocks[blocks.findLastIndex((block) => above(block, header.offsetHeight)) + 1] ?? blocks.at(-1);
  const top = () => block.getBoundingClientRect().top;
  const before = top();
  article.classList.add("whole");
  if (scrollY > 0) scrollBy({ top: top() - before, behavior: "instant" });
  settle();
}

// Two frames after all are laid out, a browser knows their heights, and need not keep those that are far from view.
function settle() {
  const far = (section) => section.getBoundingClientRect().top > 2 * innerHeight || section.getBoundingClientRect().bottom < -innerHeight;
  const sections = [...article.children];
  for (const section of sections) section.classList.remove("far");
  document.fonts.ready.then(() => twoFramesOn(() => {
    article.classList.add("settled");
    for (const section of sections.filter(far)) section.classList.add("far");
  }));
}

let width = innerWidth;
addEventListener("resize", () => {
  if (innerWidth === width) return;
  width = innerWidth;
  if (article.classList.contains("whole")) settle();
});

const arrival = performance.getEntriesByType("navigation")[0]?.type;
if (location.hash || arrival === "reload" || arrival === "back_forward") layOut();

let was = scrollY;
addEventListener("scroll", () => {
  // a frame later what is in view is laid out, and can stay where it is
  if (Math.abs(scrollY - was) > 2 * innerHeight) twoFramesOn(layOut);
  was = scrollY;
}, { passive: true });

const place = stored("downhill.place");
if (place?.path === location.pathname) {
  history.scrollRestoration = "manual";
  layOut();
  article.querySelectorAll("details").forEach((block, i) => (block.open = place.open.includes(i)));
  goTo(place);
  let moved = false; // by the reader: then the place is theirs
  for (const event of ["wheel", "touchstart", "keydown"]) addEventListener(event, () => (moved = true), { once: true });
  const settle = () => moved || goTo(place);
  addEventListener("load", () => document.fonts.ready.then(settle).then(() => (history.scrollRestoration = "auto")));
}
stored("downhill.place", null);

// search: nothing of it is loaded before it is asked for

const dialog = document.getElementById("search");

function load(source) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: source, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

let loading;
const loadSearch = () => (loading ??= Promise.all([searchEngine, searchScript].map(load)).catch(() => ((loading = undefined), Promise.reject())));

async function openSearch() {
  if (dialog.open) return;
  const parts = dialog.querySelector("template");
  parts?.replaceWith(parts.content);
  dialog.showModal();
  try {
    await loadSearch();
    startSearch(dialog, () => load(searchIndex));
  } catch {
    dialog.querySelector("[role=status]").textContent = dialog.dataset.failed;
  }
}

const searchButton = document.querySelector("[data-open-search]");
searchButton.addEventListener("click", openSearch);
// no single sign does this (WCAG 2.1.4): who speaks to the computer would open the search with a word
if (/^Mac|^iP/.test(navigator.platform)) searchButton.title = searchButton.title.replace("Ctrl+", "⌘");
addEventListener("keydown", (event) => {
  const held = event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey;
  if (!held || event.key.toLowerCase() !== "k" || event.isComposing || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  openSearch();
});

const found = stored("downhill.found");
if (found?.path === location.pathname) loadSearch().then(() => highlight(article, found.terms));
stored("downhill.found", null);

// previews of what links lead to: nothing of it is loaded before one is asked for

const PREVIEWED = "a[href*='#']:not([data-set], .headerlink, .caption-number, .equation-number, .cited a, .preview a)";
let previews;
const loadPreviews = () => (previews ??= load(previewScript).catch(() => ((previews = undefined), Promise.reject())));

function previewed(event) {
  const link = event.target.closest?.(PREVIEWED);
  return link?.hash && link.host === location.host && link.pathname.startsWith(root.pathname) ? link : undefined;
}

for (const kind of ["pointerover", "focusin"]) {
  article.addEventListener(kind, (event) => {
    const link = previewed(event);
    if (!link || event.pointerType === "touch") return;
    const keyboard = kind === "focusin" && link.matches(":focus-visible");
    if (kind === "pointerover" || keyboard) loadPreviews().then(() => (keyboard ? showPreview(link) : restOn(link)), () => {});
  });
}
article.addEventListener("focusout", ({ relatedTarget }) => relatedTarget?.closest(".preview") || globalThis.hidePreview?.());

// On a touch screen the first tap shows, and the link inside goes; what cannot be shown is gone to.
article.addEventListener("click", (event) => {
  const link = event.pointerType === "touch" && previewed(event);
  if (!link) return;
  event.preventDefault();
  loadPreviews().then(() => showPreview(link, true), () => false).then((done) => done || (location.href = link.href));
});

// programs to run and edit: nothing of the editor and of Python is loaded before one is asked for

for (const program of python ? article.querySelectorAll("[data-run]") : []) {
  const chinese = document.documentElement.lang === "zh";
  const [name, missing] = chinese ? ["运行和修改", "现在载入不了"] : ["Run and edit", "Cannot be loaded now"];
  const run = Object.assign(document.createElement("button"), { type: "button", className: "tool run", textContent: name });
  run.addEventListener("click", () => {
    run.textContent = name;
    import(new URL(`${python}editor.js`, root)).then(({ edit }) => edit(program)).catch(() => (run.textContent = missing));
  });
  program.append(run);
}

// offline: who stays keeps the book; who leaves at once has loaded nothing for it, and no page opens later for it

if (offline !== undefined && "serviceWorker" in navigator && location.protocol !== "file:") {
  addEventListener("load", async () => {
    await new Promise((stays) => {
      addEventListener("scroll", stays, { once: true, passive: true });
      setTimeout(stays, 5000);
    });
    const keep = () => navigator.serviceWorker.register(new URL("sw.js", root), { updateViaCache: "none" });
    if (!navigator.connection?.saveData) (window.requestIdleCallback ?? setTimeout)(keep);
  });
}
