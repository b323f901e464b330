// What the frame of a page does: light and dark, the place in the headings, the other language, search, offline.
// Without it the page is readable and every link works.
"use strict";

const { search: searchScript, index: searchIndex, offline } = document.currentScript.dataset;
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

function currentHeading() {
  const line = header.offsetHeight + innerHeight / 4;
  return headings.findLast((heading) => heading.getBoundingClientRect().top < line);
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
  const blocks = [...article.children];
  const index = Math.max(0, blocks.findLastIndex((block) => block.getBoundingClientRect().top <= top + 1));
  const box = blocks[index].getBoundingClientRect();
  const open = [...article.querySelectorAll("details")].flatMap((block, i) => (block.open ? [i] : []));
  return { index, part: (top - box.top) / Math.max(1, box.height), open };
}

function goTo({ index, part }) {
  const box = article.children[index]?.getBoundingClientRect();
  if (box) scrollTo({ top: scrollY + box.top + part * box.height - header.offsetHeight, behavior: "instant" });
}

document.querySelector("[data-twin]").addEventListener("click", (event) => {
  const link = event.currentTarget;
  const current = currentHeading();
  link.hash = current && current.tagName !== "H1" ? current.id : "";
  if (scrollY > 0) stored("downhill.place", { path: link.pathname, ...placeInView() });
});

const place = stored("downhill.place");
if (place?.path === location.pathname) {
  history.scrollRestoration = "manual";
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
const loadSearch = () => (loading ??= load(searchScript).catch(() => ((loading = undefined), Promise.reject())));

async function openSearch() {
  if (dialog.open) return;
  dialog.showModal();
  try {
    await loadSearch();
    startSearch(dialog, () => load(searchIndex));
  } catch {
    dialog.querySelector("[role=status]").textContent = dialog.dataset.failed;
  }
}

document.querySelector("[data-open-search]").addEventListener("click", openSearch);
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  if (["/", "s", "f"].includes(event.key) && !event.target.closest("input, textarea, select, [contenteditable]")) {
    event.preventDefault();
    openSearch();
  }
});

const found = stored("downhill.found");
if (found?.path === location.pathname) loadSearch().then(() => highlight(article, found.terms));
stored("downhill.found", null);

// offline

if (offline !== undefined && "serviceWorker" in navigator && location.protocol !== "file:" && !navigator.connection?.saveData) {
  const register = () => navigator.serviceWorker.register(new URL("sw.js", root), { updateViaCache: "none" });
  addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(register));
}
