// A program to edit and run, in the place where the page shows it. SIZE, in bytes, is written above by the build.
// Python runs in a worker, one for all programs of a page, which is loaded with the first editor.

const chinese = document.documentElement.lang === "zh";
const words = chinese
  ? {
      run: "运行", stop: "停止", reset: "还原", copy: "复制", close: "关闭", output: "输出", figure: "修改后的程序画的图",
      keys: "Ctrl+Enter 运行；先按 Esc 再按 Tab，离开编辑区",
      loading: "正在从本站载入 Python、NumPy 和 Matplotlib，共 {} MB，只需载入一次。",
      starting: "已载入，正在启动 Python……", ready: "Python 就绪，可以运行了。", slow: "这个程序在浏览器里要运行 {} 秒左右。",
      running: "正在运行……", stopped: "已停止。", copied: "已复制。", done: "运行完毕，用时 {} 秒。", wrong: "第 {} 行出错。", failed: "程序出错。",
      missing: "现在载入不了 Python。可以稍后再试，也可以把程序复制到自己的机器上运行。",
    }
  : {
      run: "Run", stop: "Stop", reset: "Reset", copy: "Copy", close: "Close", output: "Output", figure: "Figure of the edited program",
      keys: "Ctrl+Enter runs; Esc, then Tab leaves the program",
      loading: "Loading Python, NumPy, and Matplotlib from this site: {} MB, once.",
      starting: "Loaded; starting Python …", ready: "Python is ready.", slow: "This program takes about {} s in a browser.",
      running: "Running …", stopped: "Stopped.", copied: "Copied.", done: "Ran in {} s.", wrong: "Line {} fails.", failed: "The program fails.",
      missing: "Python cannot be loaded now. Try again later, or copy the program and run it on your machine.",
    };
const said = (sentence, number) => sentence.replace("{}", number.toLocaleString(chinese ? "zh" : "en", { maximumFractionDigits: 1 }));
const INDENT = "    ";

function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// Python: loaded once, ended with what runs in it

const jobs = new Map(); // {number: what hears how a program goes}
const waiting = new Set(); // what hears how Python comes
const queue = []; // programs that wait for it: until it has started, it hears nothing
let worker, state;

function hear(news) {
  state = news;
  for (const tell of waiting) tell(state);
}

function load() {
  if (worker) return;
  hear("loading");
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onerror = () => end("missing");
  worker.onmessage = ({ data }) => {
    if (data.loaded) hear("starting");
    else if (data.ready) {
      hear("ready");
      for (const program of queue.splice(0)) worker.postMessage(program);
    }
    else if (data.failed) end("missing");
    else jobs.get(data.job)?.(data);
  };
}

/** End Python, and every program that runs; the next one begins with a new one. */
function end(why) {
  worker.onerror = worker.onmessage = null; // what is ended in the middle complains, when the next one is there already
  worker.terminate();
  worker = undefined;
  hear(why);
  const ended = [...jobs.values()];
  queue.length = 0;
  jobs.clear();
  for (const tell of ended) tell({ ended: why });
}

// the editor

/** Put a text in the place of what is selected, so that the browser can undo it. */
function insert(area, text) {
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
}

/** Indent the lines that are selected, or take an indent away. */
function indent(area, back) {
  const [first, last] = [area.value.lastIndexOf("\n", area.selectionStart - 1) + 1, area.selectionEnd];
  if (!back && area.selectionStart === last) return insert(area, INDENT);
  const lines = area.value.slice(first, last).split("\n");
  const moved = lines.map((line) => (back ? line.replace(/^ {1,4}/, "") : line && INDENT + line)).join("\n");
  area.setSelectionRange(first, last);
  insert(area, moved);
  return area.setSelectionRange(first, first + moved.length);
}

/** Begin a line as deep as the one before, and deeper after a colon. */
function newLine(area) {
  const line = area.value.slice(area.value.lastIndexOf("\n", area.selectionStart - 1) + 1, area.selectionStart);
  insert(area, `\n${line.match(/^ */)[0]}${line.trimEnd().endsWith(":") ? INDENT : ""}`);
}

class Editor {
  leaving = false; // Esc was pressed, and Tab leaves

  constructor(program) {
    this.program = program;
    const shown = program.querySelector("pre");
    this.source = shown.textContent;
    const before = shown.querySelector(".rest:first-child")?.textContent.length ?? 0; // where its idea begins
    const title = shown.getAttribute("aria-label");
    this.area = made("textarea", { spellcheck: false, wrap: "off", value: this.source, autocapitalize: "off", autocomplete: "off" });
    this.area.setAttribute("aria-label", title);
    this.status = made("p", { className: "status" });
    this.status.setAttribute("role", "status");
    this.shown = made("div", { className: "shown" });
    const button = (name, act) => made("button", { type: "button", className: "tool", textContent: words[name], onclick: act });
    this.runs = button("run", () => this.run());
    this.stops = button("stop", () => end("stopped"));
    const rest = [button("reset", () => this.reset()), button("copy", () => this.copy()), button("close", () => this.close())];
    const keys = made("span", { className: "keys", id: `${program.id}-keys`, textContent: words.keys });
    this.area.setAttribute("aria-describedby", keys.id);
    const bar = made("div", { className: "bar" }, this.runs, this.stops, ...rest, keys);
    this.element = made("div", { className: "editor" }, this.area, bar, this.status, this.shown);
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", title);
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("input", () => this.edited());
    this.area.setSelectionRange(before, before);
    this.edited();
    waiting.add((news) => this.told(news));
  }

  open() {
    this.program.classList.add("editing");
    this.program.append(this.element);
    this.area.focus();
    load();
    this.told(state);
  }

  close() {
    if (this.job) end("stopped");
    this.program.classList.remove("editing");
    this.element.remove();
    this.program.querySelector(".run").focus();
  }

  key(event) {
    const held = event.ctrlKey || event.metaKey;
    if (event.isComposing) return;
    if (event.key === "Escape") this.leaving = true;
    else if (event.key === "Enter" && held) this.run();
    else if (event.key === "Enter" && !event.shiftKey && !event.altKey) newLine(this.area);
    else if (event.key === "Tab" && !held && !event.altKey && !this.leaving) indent(this.area, event.shiftKey);
    else {
      this.leaving = event.key === "Shift" && this.leaving;
      return;
    }
    event.preventDefault();
  }

  edited() {
    this.area.rows = this.area.value.split("\n").length;
    this.area.classList.remove("wrong");
  }

  /** Say how Python comes, or that it is gone, where no program has something else to say. */
  told(news) {
    if (this.job) return news === "ready" && this.say(words.running);
    if (this.shown.childElementCount) return undefined;
    this.say(words[news], news === "loading" ? SIZE / 1e6 : 0);
    const seconds = this.program.dataset.run;
    if (seconds && news !== "missing") this.status.append(chinese ? "" : " ", said(words.slow, Number(seconds)));
    this.stops.disabled = !["loading", "starting"].includes(news);
    return undefined;
  }

  say(sentence, number = 0) {
    this.status.textContent = said(sentence, number);
  }

  run() {
    if (this.job) return;
    load();
    this.job = Math.max(0, ...jobs.keys()) + 1;
    jobs.set(this.job, (news) => this.heard(news));
    this.edited();
    this.shown.replaceChildren();
    if (state === "ready") this.say(words.running);
    this.stops.disabled = !(this.runs.disabled = true);
    const program = { job: this.job, source: this.area.value, name: `run-${this.program.id}` };
    if (state === "ready") worker.postMessage(program);
    else queue.push(program);
  }

  /** Show what a program has printed so far, or what it has left. */
  heard({ printed, result, ended }) {
    if (printed !== undefined) {
      this.say(words.running);
      return this.shown.replaceChildren(this.text(printed));
    }
    jobs.delete(this.job);
    this.job = undefined;
    this.runs.disabled = false;
    this.stops.disabled = true;
    return ended ? this.say(words[ended]) : this.left(result);
  }

  left({ printed, figures, error, line, seconds }) {
    this.shown.replaceChildren(...(printed ? [this.text(printed)] : []), ...figures.map((svg) => this.figure(svg)));
    if (!error) return this.say(words.done, seconds);
    this.shown.append(this.text(error));
    this.shown.lastElementChild.classList.add("error");
    this.say(line ? words.wrong : words.failed, line ?? 0);
    this.area.style.setProperty("--line", line ?? 0);
    return this.area.classList.toggle("wrong", Boolean(line));
  }

  text(text) {
    const block = made("pre", { className: "printed", tabIndex: 0, textContent: text });
    block.setAttribute("role", "group");
    block.setAttribute("aria-label", words.output);
    return block;
  }

  figure(text) {
    const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    svg.setAttribute("aria-label", words.figure);
    return made("figure", { className: "figure" }, svg);
  }

  reset() {
    this.area.select();
    this.area.focus();
    insert(this.area, this.source);
    this.area.setSelectionRange(0, 0);
    this.area.scrollTo(0, 0);
    this.shown.replaceChildren();
    if (!this.job) this.told(state);
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.area.value);
    } catch {
      this.area.select(); // an address without https has no clipboard
      document.execCommand("copy");
    }
    this.say(words.copied);
  }
}

const editors = new Map(); // {program: its editor}
const style = made("link", { rel: "stylesheet", href: new URL("editor.css", import.meta.url) });
const styled = new Promise((resolve) => (style.onload = style.onerror = resolve));
document.head.append(style);

/** Open the editor of a program. */
export async function edit(program) {
  await styled;
  if (!editors.has(program)) editors.set(program, new Editor(program));
  editors.get(program).open();
}
