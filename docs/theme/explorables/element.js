// What every figure to touch shares: its values and their controls, one drawing a frame, its state in the address.
import { node, number, rewrite, short } from "./plot.js";

const WRITTEN = 300; // milliseconds after the last change, the address tells the state

/** Return what a control says that is no range: its value, or 1 or 0 of a box. */
function told(input, first) {
  if (input.type === "checkbox") return String(Number(first ? input.defaultChecked : input.checked));
  return input.value;
}

/** Return what a control may be: its name, its bounds, and its first value, in the numbers that the figure shows. */
function described(input) {
  const given = (name) => Number(input.getAttribute(name));
  const range = input.type === "range";
  const about = { input, range, log: "log" in input.dataset, first: range ? given("value") : told(input, true), min: given("min"), max: given("max") };
  about.whole = given("step") >= 1; // it counts something
  if (about.log) Object.assign(input, { min: Math.log10(about.min), max: Math.log10(about.max), step: "any", value: Math.log10(about.first) });
  if ("values" in input.dataset) {
    about.list = input.dataset.values.split(" ").map(Number); // it steps from one of these to the next
    Object.assign(input, { min: 0, max: about.list.length - 1, step: 1, value: about.list.indexOf(about.first) });
  }
  return about;
}

/** The base of all: a subclass has `build(svg)`, once, and `draw(values)`, whenever a value has changed. */
export class Explorable extends HTMLElement {
  texts = {}; // the text of each <output>

  connectedCallback() {
    if (this.values) return; // it was only moved
    this.figure = this.closest("figure");
    this.stage = this.figure?.querySelector(".drawing") ?? this.querySelector("[data-stage]");
    this.controls = new Map([...this.querySelectorAll("[name]")].map((input) => [input.name, described(input)]));
    this.first = Object.fromEntries([...this.controls].map(([name, { first }]) => [name, first]));
    this.values = { ...this.first };
    this.listen();
    const still = this.stage.querySelector("svg");
    const [, , width, height] = still.getAttribute("viewBox").split(" ").map(Number);
    const room = this.figure?.querySelector("[data-room]"); // what the live drawing needs below the still one
    const more = room?.viewBox.baseVal.height ?? 0;
    this.svg = node(null, "svg", { viewBox: `0 0 ${width} ${height + more}`, "aria-hidden": "true", fill: "currentColor" });
    this.svg.addEventListener("click", (event) => event.stopPropagation()); // a press here does not enlarge it
    this.size = [width, height + more];
    this.read() || this.set(this.first);
    this.build(this.svg);
    this.paint();
    room?.remove();
    still.replaceWith(this.svg);
    this.stage.classList.add("touched");
  }

  listen() {
    for (const output of this.querySelectorAll("output")) {
      if (output.closest("label")) output.setAttribute("aria-hidden", "true"); // the range says it itself
      else output.setAttribute("aria-live", "off");
    }
    for (const place of this.querySelectorAll("[data-show]")) {
      if (!place.firstChild) place.append(new Text()); // whose words change: no node is laid out anew
    }
    this.addEventListener("input", ({ target }) => {
      const control = this.controls.get(target.name);
      if (control) this.set({ [target.name]: control.range ? this.place(control) : told(target) });
    });
    this.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button?.dataset.set) this.set(Object.fromEntries(new URLSearchParams(button.dataset.set)));
      if (button?.dataset.act) this.act(button.dataset.act);
      if (button && "reset" in button.dataset) this.set(this.first);
    });
    // the address that was asked for: what a change before it has to tell may have taken its place by now
    addEventListener("hashchange", ({ newURL }) => this.read(new URL(newURL).hash));
    document.addEventListener("click", ({ target }) => {
      const link = target.closest?.("a[data-set]"); // the address may be the same, and tell of no change
      if (link?.pathname === location.pathname) this.read(link.hash);
    });
  }

  // --- values ---

  /** Give values new numbers, within their bounds; the drawing follows in the next frame. */
  set(changes) {
    for (const [name, given] of Object.entries(changes)) {
      const control = this.controls.get(name);
      if (!control || (control.range && !Number.isFinite(Number(given)))) continue;
      const { input, range } = control;
      const value = range ? this.allowed(control, Number(given)) : String(given);
      if (input.type === "checkbox") input.checked = value === "1";
      else if (!range) {
        const before = input.value;
        if (before !== value) input.value = value;
        if (input.value !== value) input.value = before; // no such choice
      }
      this.values[name] = range ? value : told(input);
      if (range && this.place(control) !== value) input.value = this.position(control, value);
    }
    this.changed();
  }

  /** Return the nearest number that a range allows. */
  allowed(control, value) {
    const inside = Math.min(control.max, Math.max(control.min, value));
    return control.list ? control.list[this.position(control, inside)] : control.whole ? Math.round(inside) : inside;
  }

  /** Return the number at which a range stands. */
  place({ input, log, list }) {
    return list ? list[input.value] : log ? short(10 ** input.value) : Number(input.value);
  }

  /** Return where a range stands for a number: of a list, at the last that is not larger. */
  position({ log, list }, value) {
    return list ? list.findLastIndex((one) => one <= value) : log ? Math.log10(value) : value;
  }

  changed() {
    if (!this.svg?.isConnected) return;
    this.frame ??= requestAnimationFrame(() => this.paint());
    clearTimeout(this.writing);
    this.writing = setTimeout(() => this.write(), WRITTEN);
  }

  paint() {
    this.frame = undefined;
    for (const [name, { input, range }] of this.controls) {
      if (!range) continue;
      const text = this.text(name, this.values[name]);
      if (this.show(name, text)) input.setAttribute("aria-valuetext", text);
    }
    this.draw(this.values);
  }

  /** Do what a button names (`data-act`), where a fixed setting (`data-set`) cannot say it; a subclass knows. */
  act() {}

  /** Return how a value is written; a subclass may know better. */
  text(name, value) {
    return number(value, 3);
  }

  // --- words: they stand on the page, and only appear and disappear here ---

  /** Write a text where the page has room for it (`data-show`), if it is another one; return whether it was. */
  show(name, text) {
    this.texts[name] ??= this.querySelector(`[data-show="${name}"]`).firstChild;
    return rewrite(this.texts[name], text);
  }

  /** Say in words which regime this is: the page's words of that key, in the place with role="status". */
  say(key) {
    if (this.said === key) return;
    this.said = key;
    for (const words of this.querySelectorAll("[role=status] > [data-words]")) words.hidden = words.dataset.words !== key;
  }

  /** Return the page's words of a key, as text for an axis. */
  words(key) {
    return this.querySelector(`[data-words="${key}"]`).textContent.trim();
  }

  /** Put a mark of a range's scale (`data-mark`) where a value is; beyond the scale it is not seen. */
  mark(key, value) {
    const mark = this.querySelector(`[data-mark="${key}"]`);
    const { min, max, log } = this.controls.get(mark.dataset.of);
    const [low, high, at] = log ? [min, max, value].map(Math.log10) : [min, max, value];
    const part = (at - low) / (high - low);
    mark.hidden = !(part >= 0 && part <= 1);
    mark.style.setProperty("--part", part);
  }

  // --- presses on the drawing ---

  /** Let a press on a panel, or a drag across it, set what `act(x, y)` returns. A finger that scrolls the page sets nothing. */
  press(panel, act) {
    const plane = panel.cover();
    let down = null;
    const set = (event) => this.set(act(...panel.at(event)));
    plane.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      down = [event.clientX, event.clientY];
      plane.setPointerCapture(event.pointerId);
      if (event.pointerType === "touch") return; // this may become a scroll
      event.preventDefault(); // no text is selected
      set(event);
    });
    plane.addEventListener("pointermove", (event) => {
      if (down && (event.pointerType !== "touch" || Math.abs(event.clientX - down[0]) > 4)) set(event);
    });
    plane.addEventListener("pointerup", (event) => {
      if (down) set(event);
      down = null;
    });
    plane.addEventListener("pointercancel", () => (down = null));
  }

  // --- the state in the address: #fig-zigzag:lr=0.1&beta=0.5 ---

  /** Take the state from an address that tells this figure's; what it does not tell is as at first. Return whether it did. */
  read(hash = location.hash) {
    const [name, state] = hash.slice(1).split(":");
    if (state === undefined || name !== (this.figure ?? this).id) return false;
    this.set({ ...this.first, ...Object.fromEntries(new URLSearchParams(state)) });
    return true;
  }

  write() {
    const parts = Object.entries(this.values)
      .filter(([name, value]) => value !== this.first[name])
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    history.replaceState(history.state, "", `#${(this.figure ?? this).id}:${parts.join("&")}`);
  }
}
