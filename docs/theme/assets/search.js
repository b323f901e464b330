// Search over the sections of the book, loaded when it is first opened: Latin words from their beginning, Chinese anywhere.
"use strict";

const HAN = /\p{Script=Han}/u;
const SHOWN = 20;

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&");
}

/** Split what was typed into terms: runs of Chinese, and runs of anything else without spaces and punctuation. */
function termsOf(query) {
  return [...new Set(query.toLowerCase().match(/\p{Script=Han}+|[^\s\p{P}\p{Script=Han}]+/gu) ?? [])];
}

/** Return the expression that finds a term. */
function pattern(terms) {
  const parts = terms.map((term) => (HAN.test(term) ? term : `(?<![\\p{L}\\p{N}])${escaped(term)}`));
  return new RegExp(parts.join("|"), "giu");
}

/** Return the pairs of neighbouring characters of long Chinese terms, for a query that is nowhere as it stands. */
function pairs(terms) {
  return terms.flatMap((term) =>
    HAN.test(term) && term.length > 2 ? [...term].slice(1).map((character, i) => [...term][i] + character) : [term],
  );
}

/** Score a section: titles weigh more than text, its own more than its page's. 0 if too many terms are missing. */
function score(section, terms, needed) {
  let total = 0;
  let hits = 0;
  let own = 0;
  for (const term of terms) {
    const expression = pattern([term]);
    const title = section.title.match(expression)?.length ?? 0;
    const text = section.text.match(expression)?.length ?? 0;
    const page = section.page.match(expression)?.length ?? 0;
    if (title + text + page) hits += 1;
    own += title + text;
    if (title) total += 20 + (20 * term.length) / section.title.length + (section.title === section.page ? 10 : 0);
    total += Math.min(text, 6) + (page ? 2 : 0);
  }
  return own && hits >= needed ? total : 0;
}

function ranked(sections, terms, needed) {
  return sections
    .map((section) => ({ section, points: score(section, terms, needed) }))
    .filter(({ points }) => points)
    .sort((a, b) => b.points - a.points);
}

/** Return the sections that a query finds, the best first, and the terms that found them. */
function find(sections, query) {
  let terms = termsOf(query);
  if (!terms.length) return { terms, results: [] };
  let results = ranked(sections, terms, terms.length);
  if (!results.length) {
    terms = pairs(terms);
    results = ranked(sections, terms, Math.ceil(terms.length / 2));
  }
  return { terms, results: results.map(({ section }) => section) };
}

/** Append a text to an element, with the terms marked. */
function appendMarked(element, text, terms) {
  let end = 0;
  for (const match of text.matchAll(pattern(terms))) {
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    element.append(text.slice(end, match.index), mark);
    end = match.index + match[0].length;
  }
  element.append(text.slice(end));
}

/** Return the part of a text around the first hit. */
function excerpt(text, terms) {
  const at = Math.max(0, text.search(pattern(terms)));
  const length = HAN.test(text.slice(at, at + 40)) ? 90 : 160;
  const from = at < length / 3 ? 0 : at - Math.floor(length / 4);
  return (from ? "…" : "") + text.slice(from, from + length) + (from + length < text.length ? "…" : "");
}

/** Mark the terms on a page, where the browser can do so without changing it. */
function highlight(article, terms) {
  if (!CSS.highlights) return;
  const ranges = [];
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("svg, math, .headerlink")) continue;
    for (const match of node.data.matchAll(pattern(terms))) {
      const range = new Range();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      ranges.push(range);
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

/** Make the dialog work; return the function that shows what its input finds. */
function setUp(dialog) {
  const [input, list, status] = ["input", "[role=listbox]", "[role=status]"].map((part) => dialog.querySelector(part));
  const words = dialog.dataset;
  let terms = [];
  let active = -1;

  function choose(index) {
    const options = [...list.children];
    active = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, i) => option.setAttribute("aria-selected", i === active));
    input.setAttribute("aria-activedescendant", options[active]?.id ?? "");
    options[active]?.scrollIntoView({ block: "nearest" });
  }

  function show() {
    if (!globalThis.downhillIndex) return;
    const found = find(downhillIndex, input.value);
    terms = found.terms;
    list.replaceChildren(...found.results.slice(0, SHOWN).map((section, i) => option(section, terms, i)));
    const count = found.results.length;
    status.textContent = terms.length ? ([words.none, words.one][count] ?? words.found.replace("#", count)) : "";
    input.setAttribute("aria-expanded", count > 0);
    choose(0);
  }

  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method takes the keys for itself
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(active + step);
    else if (event.key === "Enter") list.children[active]?.click();
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.pathname === location.pathname) highlight(document.querySelector("article"), terms);
    else stored("downhill.found", { path: link.pathname, terms });
    dialog.close();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()); // the ground behind it
  return show;
}

let show;

/** Start a search; `loadIndex` loads the script that sets `downhillIndex`, and is called again after a failure. */
async function startSearch(dialog, loadIndex) {
  show ??= setUp(dialog);
  const status = dialog.querySelector("[role=status]");
  dialog.querySelector("input").select();
  if (globalThis.downhillIndex) return;
  status.textContent = dialog.dataset.wait;
  try {
    await loadIndex();
    show();
  } catch {
    status.textContent = dialog.dataset.failed;
  }
}

/** Return the result at a place in the list, as a link. */
function option(section, terms, index) {
  const link = document.createElement("a");
  link.setAttribute("role", "option");
  Object.assign(link, { id: `search-result-${index}`, href: address(section.location), tabIndex: -1 });
  const [title, page, text] = ["b", "span", "span"].map((name) => document.createElement(name));
  appendMarked(title, section.title, terms);
  page.textContent = section.title === section.page ? "" : section.page;
  appendMarked(text, excerpt(section.text, terms), terms);
  link.append(title, ...(page.textContent ? [page] : []), text);
  return link;
}

/** Return the address of a section; on disk, where no server adds it, with index.html. */
function address(place) {
  const url = new URL(place, new URL(document.querySelector(".md-logo").href));
  if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
  return url.href;
}
