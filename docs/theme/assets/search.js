// Search over the sections of the book, loaded when it is first opened: MiniSearch ranks, and forgives a wrong letter.
"use strict";

const SHOWN = 4; // results of a page
const FEW = 5; // after so few results come those that lack a term
const SOURCES = /^references\/|#sources$/; // lists of titles: every term stands there, and none is explained
const CHANGES = /^changes\/#/; // tell in other words what pages say, which come first
const GREEK = "α alpha β beta γ gamma δ delta ε epsilon η eta κ kappa λ lambda μ mu ρ rho σ sigma τ tau".match(/\S+ \S+/g);
const NAMES = new Map(GREEK.map((pair) => pair.split(" ")));
const LETTERS = new Map(GREEK.map((pair) => pair.split(" ").reverse()));
const WORDS = /(\p{Script=Han}+)|(?:(?!\p{Script=Han})[\p{L}\p{N}_])+/gu;
const FORMULA = /^(?!.*\p{Script=Han}).*([=/^_\\+*<>≤≥√|]|\w\()/u;
const SIGNS = [["<=", "≤"], [">=", "≥"], ["\\le", "≤"], ["\\ge", "≥"], ["−", "-"], ["sqrt", "√"], ["infty", "∞"], ["nabla", "∇"], ["sum", "∑"]];
const KINDS = "(?<figure>fig(?:ure)?|图)|(?<table>tab(?:le)?|表)|(?<equation>eq(?:uation|n)?|公?式)|(?<theorem>th(?:eore)?m|定理)|(?<proposition>prop(?:osition)?|命题)|(?<lemma>lemma|引理)";
const STATEMENTS = ["theorem", "proposition", "lemma"]; // are counted together
const NUMBER = new RegExp(`(?<![a-z])(?:${KINDS})s?\\.?\\s*[(（]?\\s*(?<count>\\d+)\\s*[)）]?`, "i");
const QUESTION = /^(what('s| is| are| does)|define|definition of|meaning of|什么是|何谓)\s*(an? |the )?|\s*(mean|是什么|的定义|的意思|[?？])+$/gi;
const ASKING = /怎么样?|怎样|如何|为什么|为何|用?哪一?[种个些]|\bwhich\b|\b(how|why) (to|(do|does|did|can|should|would) (i|you|we|one))\b/gi; // only what is asked about is searched

/** Return how a word is looked for: in lower case, a Greek letter by its name, β₂ and beta_2 as beta2, with American endings. */
function spelled(word) {
  const plain = word.normalize("NFKC").toLowerCase().replace(/_(?=\d+$)/, "").replace(/^[α-ω]/, (letter) => NAMES.get(letter) ?? letter);
  return plain.replace(/is(e[drs]?|ing|ations?)$/, "iz$1").replace(/our(s|ed|ing)?$/, "or$1").replace(/([bt])re(s|d)?$/, "$1er$2");
}

let simple; // {traditional character: how the book writes it}

/** Return a text whose traditional characters are simplified, as the book writes them. */
function simplified(text) {
  simple ??= new Map(Array.from(downhillSimplified.matchAll(/../gu), ([pair]) => [...pair]));
  return [...text].map((sign) => simple.get(sign) ?? sign).join("");
}

/** Return a name as it is compared: its words, without the endings of plurals. */
function key(name) {
  const words = (name.match(WORDS) ?? []).map((word) => spelled(word).replace(/(?<=\w{3})s$/, ""));
  return words.join(" ").replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "");
}

/** Return a pattern that finds a formula as typed, in LaTeX too, however it is spaced and bracketed; or undefined. */
function formula(query) {
  if (!FORMULA.test(query)) return undefined;
  let typed = query.normalize("NFKC").replace(/\\[dt]?frac\s*({[^{}]*}|\w)\s*({[^{}]*}|\w)/g, "$1/$2");
  for (const [from, to] of SIGNS) typed = typed.replaceAll(from, to);
  typed = typed.replace(/\\?([a-z]{2,})/gi, (all, name) => LETTERS.get(name.toLowerCase()) ?? name);
  const signs = [...typed.replace(/[\s^_(){}\\*]/g, "")].map((sign) => sign.replace(/[.+?|[\]$/]/, "\\$&"));
  if (signs.length < 2) return undefined;
  return new RegExp(`(?<![\\p{L}\\p{N}])${signs.join("[\\s^_(){}·]*")}(?![\\p{L}\\p{N}])`, "giu");
}

/** Yield {term, start, end} of a text: words, and of Chinese the pairs of neighbouring characters, and the last one alone. */
function* termsIn(text) {
  for (const { 0: run, 1: chinese, index } of text.matchAll(WORDS)) {
    if (!chinese) yield { term: spelled(run), start: index, end: index + run.length };
    let start = index;
    const characters = chinese ? [...chinese] : [];
    for (const [i, character] of characters.entries()) {
      const term = character + (characters[i + 1] ?? "");
      yield { term, start, end: start + term.length };
      start += character.length;
    }
  }
}

/** Return the terms of a text; of a title also two neighbouring words that are written as one. */
function indexed(text, field) {
  const pairs = field === "title" ? text.matchAll(/(?<=([a-z]{3,}) )[a-z]{3,}/gi) : [];
  return [...termsIn(text)].map(({ term }) => term).concat(Array.from(pairs, (pair) => spelled(pair[1] + pair[0])));
}

/** Return the terms of a query: a Chinese character counts by itself only where it stands alone; 学 习 率 is one word. */
function asked(query) {
  const apart = /(?<!\p{Script=Han})(\p{Script=Han}\s+)+\p{Script=Han}(?!\p{Script=Han})/gu;
  const joined = query.replace(apart, (word) => word.replace(/\s/g, ""));
  const runs = joined.match(WORDS) ?? [];
  return runs.flatMap((run) => indexed(run).slice(0, chinese(run) && run.length > 1 ? -1 : undefined));
}

function chinese(text) {
  return /\p{Script=Han}/u.test(text);
}

/**
 * Return how much a section counts: the beginning of a page and a question of the first page more, a question most where one
 * is asked; what is found by its name and a list of sources less.
 */
function weight({ location, title, page, names, asked }, asking) {
  if (SOURCES.test(location)) return 0.3;
  if (asked) return asking ? 3 : 2;
  return names ? 0.7 : title === page ? 2 : 1;
}

let engine;

/** Make the engine, and fill it with the sections, a few at a time: what is typed meanwhile shows at once. */
async function fill(sections) {
  const made = new MiniSearch({
    fields: ["title", "page", "text"],
    tokenize: indexed,
    processTerm: (term) => term,
    searchOptions: {
      tokenize: asked,
      boost: { title: 6, page: 2 },
      prefix: (term) => (chinese(term) ? term.length === 1 : term.length > 1),
      fuzzy: (term) => /^\p{Script=Latin}{5,}$/u.test(term) && 1,
    },
  });
  const read = sections.flatMap((section, id) => (section.number ? [] : [{ id, ...section }]));
  await made.addAllAsync(read, { chunkSize: 10 });
  engine = made;
}

/** Return what a query asks for by number: of its kind, and then of the page that is open, first. */
function numbered(sections, query) {
  const match = query.match(NUMBER);
  if (!match) return [];
  const { count, ...kinds } = match.groups;
  const kind = Object.keys(kinds).find((kind) => kinds[kind]);
  const numbers = (STATEMENTS.includes(kind) ? STATEMENTS : [kind]).map((kind) => `${kind} ${count}`);
  const rest = key(query.replace(NUMBER, ""));
  const beside = ({ page, location }) => { // how much longer the shorter name of its page is than what the query says of it
    const names = [page, location.split("#")[0]].map(key).filter((name) => name.includes(rest));
    return rest ? Math.min(...names.map((name) => name.length - rest.length)) : 0;
  };
  const here = (section) => (new URL(address(section.location)).pathname === location.pathname ? 0 : 1);
  const ranks = new Map();
  for (const section of sections) {
    if (numbers.includes(section.number) && beside(section) < Infinity) {
      ranks.set(section, [section.number.startsWith(kind) ? 0 : 1, beside(section), here(section)]);
    }
  }
  return [...ranks.keys()].sort((one, other) => ranks.get(one).map((rank, i) => rank - ranks.get(other)[i]).find(Boolean) ?? 0);
}

/** Return the terms and symbols that have a name. */
function named(sections, query) {
  const wanted = key(query.replace(QUESTION, ""));
  return wanted ? sections.filter(({ names }) => names?.some((name) => key(name) === wanted)) : [];
}

/** Return what holds a formula: definitions first, then the equation that says least beside it. */
function holding(sections, pattern) {
  const found = sections.filter(({ text }) => text.search(pattern) >= 0);
  const rank = ({ names, number }) => (names ? 0 : number?.startsWith("equation") ? 1 : 2);
  return found.filter(({ number }) => !number || number.startsWith("equation"))
    .sort((one, other) => rank(one) - rank(other) || (rank(one) === 1 ? one.text.length - other.text.length : 0));
}

/** Return the sections whose words a query names, the best first, and the terms that found them. */
function worded(sections, typed) {
  const told = typed.replace(ASKING, " ");
  const query = told.match(WORDS) ? told : typed;
  const boostDocument = (id) => weight(sections[id], told !== typed);
  let results = engine.search(query, { boostDocument, combineWith: "AND" });
  if (results.length < FEW) {
    const all = new Set(results.map(({ id }) => id));
    results = results.concat(engine.search(query, { boostDocument }).filter(({ id }) => !all.has(id)));
  }
  const found = results.map(({ id }) => sections[id]).sort((one, other) => CHANGES.test(one.location) - CHANGES.test(other.location));
  return { terms: [...new Set(results.flatMap((result) => result.terms))], results: found };
}

/** Return what a query finds, the best first: what it names, then formulas, then words; and what to mark in them. */
function find(sections, typed) {
  const query = simplified(typed);
  const pattern = formula(query);
  const { terms, results } = worded(sections, query);
  const first = [...numbered(sections, query), ...named(sections, query), ...(pattern ? holding(sections, pattern) : [])];
  return { marks: { terms, pattern }, results: [...new Set([...first, ...results])] };
}

/** Return {page: its results}, in the order of their best ones. */
function byPage(results) {
  const pages = new Map();
  for (const section of results) pages.set(section.page, [...(pages.get(section.page) ?? []), section]);
  return pages;
}

/** Return [start, end] of each part of a text that a formula or some term found. */
function hits(text, { terms, pattern }) {
  const formulas = pattern ? [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]) : [];
  if (formulas.length) return formulas;
  const wanted = new Set(terms);
  const found = [];
  for (const { term, start, end } of termsIn(text)) {
    if (!wanted.has(term)) continue;
    const last = found.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
}

/** Append a text to an element, with what was found marked. */
function appendMarked(element, text, marks) {
  let place = 0;
  for (const [start, end] of hits(text, marks)) {
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    element.append(text.slice(place, start), mark);
    place = end;
  }
  element.append(text.slice(place));
}

/** Return the part of a text around the first hit. */
function excerpt(text, marks) {
  const at = hits(text, marks)[0]?.[0] ?? 0;
  const length = chinese(text.slice(at, at + 40)) ? 90 : 160;
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
    for (const [start, end] of hits(node.data, { terms })) {
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, end);
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
  const all = () => [...list.querySelectorAll("[role=option]")];

  function choose(index) {
    const options = all();
    active = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, i) => option.setAttribute("aria-selected", i === active));
    input.setAttribute("aria-activedescendant", options[active]?.id ?? "");
    options[active]?.scrollIntoView({ block: "nearest" });
  }

  function show() {
    if (!engine) return;
    const { marks, results } = find(downhillIndex, input.value);
    terms = marks.terms;
    list.replaceChildren(...[...byPage(results)].map(([page, sections], i) => group(page, sections, marks, i)));
    const count = results.length;
    status.textContent = asked(input.value).length ? ([words.none, words.one][count] ?? words.found.replace("#", count)) : "";
    input.setAttribute("aria-expanded", count > 0);
    choose(0);
  }

  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method takes the keys for itself
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(active + step);
    else if (event.key === "Enter") all()[active]?.click();
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
  if (engine) return;
  status.textContent = dialog.dataset.wait;
  try {
    await loadIndex();
    await fill(downhillIndex);
    show();
  } catch {
    status.textContent = dialog.dataset.failed;
  }
}

/** Return the results of a page under its title, with how many there are if not all are shown. */
function group(page, sections, marks, index) {
  const [box, title] = ["div", "span"].map((name) => document.createElement(name));
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", (title.id = `search-page-${index}`));
  title.textContent = page;
  if (sections.length > SHOWN) title.dataset.count = sections.length;
  box.append(title, ...sections.slice(0, SHOWN).map((section, i) => option(section, marks, `${index}-${i}`)));
  return box;
}

/** Return a result as a link. */
function option(section, marks, index) {
  const link = document.createElement("a");
  link.setAttribute("role", "option");
  Object.assign(link, { id: `search-result-${index}`, href: address(section.location), tabIndex: -1 });
  const [title, text] = ["b", "span"].map((name) => document.createElement(name));
  appendMarked(title, section.title, marks);
  appendMarked(text, excerpt(section.text, marks), marks);
  link.append(title, text);
  return link;
}

/** Return the address of a section; on disk, where no server adds it, with index.html. */
function address(place) {
  const url = new URL(place, new URL(document.querySelector(".header-home").href));
  if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
  return url.href;
}
