// For reading: copying code and formulas, solutions that open when a link or a printer needs them, links on paper.
"use strict";
{
  const chinese = document.documentElement.lang.startsWith("zh");
  const words = chinese
    ? { code: "复制", codeName: "复制这段代码", latex: "LaTeX", latexName: "复制这个公式的 LaTeX", done: "已复制", notes: "文中的链接" }
    : { code: "Copy", codeName: "Copy this code", latex: "LaTeX", latexName: "Copy this formula as LaTeX", done: "Copied", notes: "Links in the text" };
  const article = document.querySelector("article");
  const all = (selector, root = article) => root.querySelectorAll(selector);

  const status = document.createElement("p"); // what a screen reader is told
  status.className = "unseen";
  status.setAttribute("role", "status");

  // --- copying ---

  function latexOf(math) {
    const latex = math.dataset.latex;
    return math.getAttribute("display") === "block" ? `$$\n${latex}\n$$` : `$${latex}$`;
  }

  // A program as it is written; of a terminal's session only what was typed.
  function codeOf(code) {
    const typed = code.cloneNode(true);
    if (typed.querySelector(".gp")) for (const other of all(".gp, .go", typed)) other.remove();
    return typed.textContent;
  }

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea"); // an address without https has no clipboard
      field.value = text;
      button.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    const before = button.textContent;
    if (before !== words.done) setTimeout(() => (button.textContent = before), 1500);
    button.textContent = words.done;
    status.textContent = "";
    requestAnimationFrame(() => (status.textContent = words.done));
  }

  function copyButton(place, label, name, text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tool copy";
    button.textContent = label;
    button.setAttribute("aria-label", `${label} – ${name}`);
    button.addEventListener("click", () => copy(text(), button));
    place.append(button);
    if (!status.isConnected) article.append(status);
  }

  for (const code of all(".highlight > pre > code")) {
    copyButton(code.closest(".program:has(.whole)") ?? code.closest(".highlight"), words.code, words.codeName, () => codeOf(code));
  }
  for (const math of all(".equation > math")) {
    math.parentElement.tabIndex = -1; // a tap shows the button
    copyButton(math.parentElement, words.latex, words.latexName, () => math.dataset.latex);
  }

  // Whoever copies text with formulas in it gets their LaTeX, and a formula is copied whole; a table has tabs, as cards too.
  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    if (selection.isCollapsed || !event.clipboardData) return;
    const range = selection.getRangeAt(0).cloneRange();
    const inside = (node) => (node.nodeType === 1 ? node : node.parentElement).closest("math");
    const [first, last] = [inside(range.startContainer), inside(range.endContainer)];
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    const piece = document.createElement("div");
    piece.className = "unseen";
    const around = range.commonAncestorContainer.nodeName === "TR" ? piece.appendChild(document.createElement("tr")) : piece;
    around.append(range.cloneContents());
    const formulas = all("math[data-latex]", piece);
    if (!formulas.length && !piece.querySelector("td")) return;
    for (const math of formulas) math.replaceWith(latexOf(math));
    for (const extra of all(".tool, .equation-number, .headerlink", piece)) extra.remove();
    article.append(piece);
    event.clipboardData.setData("text/plain", piece.innerText);
    piece.remove();
    event.preventDefault();
  });

  // --- a program unfolds for what is found in it; folded again it can be found again, and stays in view ---

  const foldOf = (element) => element.closest(".program")?.querySelector(".whole");
  article.addEventListener("beforematch", ({ target }) => {
    if (target.matches(".rest")) foldOf(target).open = true;
  });
  article.addEventListener("toggle", ({ target }) => {
    if (target !== foldOf(target) || target.open) return;
    for (const rest of all(".rest", target.closest(".program"))) rest.setAttribute("hidden", "until-found");
  }, true);
  article.addEventListener("click", ({ target }) => {
    const open = target.closest(".whole[open] > summary");
    if (open) setTimeout(() => open.closest(".program").scrollIntoView({ block: "nearest" }));
  });

  // --- solutions and programs open for a link that leads to them; browsers that do it themselves find them open ---

  function openTarget() {
    const [name, state] = decodeURIComponent(location.hash.slice(1)).split(":"); // a figure to touch is named with its state
    const target = name && document.getElementById(name);
    if (!target) return;
    const closed = [target.matches(".program") && foldOf(target)].filter((fold) => fold && !fold.open);
    for (let at = target; (at = at.parentElement); ) if (at.matches("details:not([open])")) closed.push(at);
    for (const details of closed) details.open = true;
    if (!closed.length && state === undefined) return;
    article.classList.add("whole"); // in a section that is not laid out, it would stand beyond the sections that follow
    target.scrollIntoView();
  }
  addEventListener("hashchange", openTarget);
  openTarget();

  // --- figures to touch: each is loaded when it comes near, and a link to a setting says it in its address ---

  const site = new URL("..", document.currentScript.src);
  if (document.documentElement.classList.contains("live")) {
    const near = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        import(new URL(target.dataset.module, site)).catch(() => target.remove()); // the still figure stays
      }
    }, { rootMargin: "400px" });
    for (const element of all("[data-module]")) near.observe(element);
    for (const link of all("a[data-set]")) link.setAttribute("href", `${link.getAttribute("href")}:${link.dataset.set}`);
  }

  // --- what may scroll sideways is reached by keyboard (the page says so); what has been laid out and does not, is passed ---

  const scrollers = ".highlight > pre, .equation, .printed, table, .md-typeset__scrollwrap";
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth + 1 && getComputedStyle(target).overflowX !== "visible";
      if (scrolls) target.tabIndex = 0;
      else if (target.matches(".equation")) target.tabIndex = -1;
      else if (target !== document.activeElement) target.removeAttribute("tabindex");
    }
  });
  const watchAll = () => all(scrollers).forEach((element) => watch.observe(element));
  watchAll();
  addEventListener("load", watchAll); // the theme's script wraps tables

  // --- progress through the page: by style from the first scroll on, where style alone can show it ---

  if (CSS.supports("animation-timeline: scroll()")) {
    const begin = () => document.documentElement.classList.add("scrolls");
    if (scrollY > 0) begin();
    else addEventListener("scroll", begin, { once: true, passive: true });
  } else {
    const show = () => {
      const room = document.documentElement.scrollHeight - innerHeight;
      document.documentElement.style.setProperty("--progress", room > 0 ? scrollY / room : 0);
    };
    addEventListener("scroll", () => requestAnimationFrame(show), { passive: true });
    show();
  }

  // --- on paper: solutions open, and links that leave the page numbered, with their addresses at the end ---

  let restore = [];
  addEventListener("beforeprint", () => {
    const place = scrollY; // the browser keeps what is read in place when something above closes, not when it opens for paper
    for (const details of all("details:not([open])")) {
      details.open = true;
      restore.push(() => (details.open = false));
    }
    const list = document.createElement("ol");
    const numbers = new Map();
    for (const link of all("a[href]:not(.term, .value, .headerlink, .references a, .program-source)")) {
      if (!/^(https?|file):/.test(link.href) || link.getAttribute("href").startsWith("#")) continue;
      const address = link.href;
      if (!numbers.has(address)) {
        numbers.set(address, numbers.size + 1);
        list.append(Object.assign(document.createElement("li"), { textContent: decodeURI(address) }));
      }
      const mark = Object.assign(document.createElement("sup"), { className: "print-mark", textContent: `[${numbers.get(address)}]` });
      link.after(mark);
      restore.push(() => mark.remove());
    }
    restore.push(() => scrollTo({ top: place, behavior: "instant" }));
    if (!numbers.size) return;
    const notes = document.createElement("section");
    notes.className = "print-notes";
    notes.append(Object.assign(document.createElement("h2"), { textContent: words.notes }), list);
    article.append(notes);
    restore.push(() => notes.remove());
  });
  addEventListener("afterprint", () => {
    for (const undo of restore) undo();
    restore = [];
  });
}
