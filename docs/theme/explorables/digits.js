// Softmax regression that trains in the reader's browser, in a worker: loss, error, and the weights of the ten classes.
import { Explorable } from "./element.js";
import { Panel, change, label, node, number } from "./plot.js";

const SIDE = 28; // pixels of a digit
const WINDOW = 20; // epochs that are in view
const END = 200; // epochs after which it stops by itself
const [CELL, TINTS] = [1.125, 12]; // of the weights in a picture: units of a pixel (3 in a PNG), shades of a colour

class Digits extends Explorable {
  build(svg) {
    this.still = [...this.stage.querySelector("svg").cloneNode(true).childNodes]; // in view until there is something to show
    svg.append(...this.still);
    this.canvas = this.querySelector("canvas");
    this.own = []; // the lines in the method's colour
    this.state = "ready";
    this.say("ready");
    new IntersectionObserver(([{ isIntersecting }]) => isIntersecting || this.stop()).observe(this.figure);
    document.addEventListener("visibilitychange", () => document.hidden && this.stop());
    new MutationObserver(() => this.drawWeights()).observe(document.documentElement, { attributeFilter: ["data-md-color-scheme"] });
  }

  text(name, value) {
    return number(value, name === "batch" ? 4 : 2);
  }

  draw({ lr, batch, beta }) {
    this.worker?.postMessage(["set", { lr, batch, beta }]);
    for (const line of this.own) change(line, "stroke", beta ? "var(--fig-2)" : "var(--fig-1)");
  }

  // --- what the buttons do ---

  act(name) {
    if (name === "begin") this.begin();
    else if (this.state === "running") this.stop();
    else this.go();
  }

  /** Show another state: its words on the button and in the sentence. */
  become(state) {
    this.state = state;
    this.say(state);
    const onButton = { running: "running", loading: "running", failed: "ready" }[state] ?? state;
    for (const words of this.querySelectorAll("[data-state]")) words.hidden = words.dataset.state !== onButton;
  }

  go() {
    if (this.state === "loading") return;
    if (this.loaded) this.tell("go");
    else this.load();
    this.become(this.loaded ? "running" : "loading");
  }

  stop() {
    if (this.state !== "running") return;
    this.tell("stop");
    this.become("stopped");
  }

  begin() {
    if (!this.loaded) return this.go();
    this.clear();
    this.tell("begin");
    if (this.state !== "running") this.go();
  }

  // --- the worker ---

  tell(order, value) {
    this.worker.postMessage([order, value]);
  }

  load() {
    this.worker?.terminate();
    this.worker = new Worker(new URL("./digits.worker.js", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }) => this.hear(data));
    this.worker.addEventListener("error", () => this.become("failed"));
    this.draw(this.values);
    this.tell("load");
  }

  hear(told) {
    if (told.failed) return this.become("failed");
    if (told.loaded) {
      this.loaded = true;
      this.state = "stopped";
      this.axes();
      return this.begin();
    }
    this.losses.push(...told.losses);
    this.measured.push(told);
    this.weights = told.weights;
    this.drawCurves(told);
    this.drawWeights();
    if (told.epoch >= END) this.stop();
  }

  // --- drawings ---

  axes() {
    for (const part of this.still) part.remove();
    const shared = { top: 8, height: 184, x: [0, WINDOW], xLabel: this.words("epoch") };
    this.left = new Panel(this.svg, { left: 40, width: 122, y: [0, 1.5], yLabel: this.words("loss"), ...shared });
    this.right = new Panel(this.svg, { left: 214, width: 124, y: [0, 40], yLabel: this.words("error"), ...shared });
    const [train, main] = [{ stroke: "currentColor", "stroke-width": 1.2, "stroke-dasharray": "5 3" }, { "stroke-width": 1.8 }];
    const pale = { "stroke-width": 0.6, opacity: 0.5 };
    [this.noise, this.exact] = [this.left.path(pale), this.left.path(train)];
    [this.trainError, this.run] = [this.right.path(train), this.right.path(main)];
    this.own = [this.noise, this.run, this.legend(this.left, pale, "minibatch"), this.legend(this.right, main, "test")];
    for (const panel of [this.left, this.right]) this.legend(panel, train, "training", 14);
    this.draw(this.values);
  }

  /** Say what a line is, at the top of a panel; return the line drawn beside the words. */
  legend({ left, top, width }, look, key, below = 0) {
    const [x, y] = [left + width - 92, top + 8 + below];
    label(this.svg, x + 22, y + 3.6, this.words(key));
    return node(this.svg, "path", { fill: "none", ...look, d: `M${x} ${y}h18` });
  }

  clear() {
    [this.losses, this.measured] = [[], []];
  }

  drawCurves({ epoch, train, test }) {
    const from = Math.max(0, Math.ceil(epoch) - WINDOW);
    if (from !== this.left.x[0]) {
      for (const panel of [this.left, this.right]) panel.bound([from, from + WINDOW], panel.y);
      this.losses = this.losses.filter(([at]) => at >= from - 1);
      this.measured = this.measured.filter((one) => one.epoch >= from - 1);
    }
    const line = (panel, value) => panel.line(this.measured.map((one) => [one.epoch, value(one)]));
    change(this.noise, "d", this.left.line(this.losses));
    change(this.exact, "d", line(this.left, (one) => one.train.loss));
    change(this.trainError, "d", line(this.right, (one) => one.train.error));
    change(this.run, "d", line(this.right, (one) => one.test.error));
    this.show("epoch", number(Math.floor(epoch)));
    this.show("train", train.loss.toPrecision(2));
    this.show("test", `${test.error.toFixed(1)}%`);
  }

  /** Return the weights of the ten classes side by side, row by row, as parts of the largest. */
  parts() {
    const most = this.weights.reduce((found, weight) => Math.max(found, Math.abs(weight)), 1e-9);
    const parts = new Float32Array(this.weights.length);
    this.weights.forEach((weight, i) => {
      const [pixel, digit] = [Math.floor(i / 10), i % 10];
      parts[Math.floor(pixel / SIDE) * 10 * SIDE + digit * SIDE + (pixel % SIDE)] = weight / most;
    });
    return parts;
  }

  /** Draw the weights: one colour raises the score, the other lowers it. */
  drawWeights() {
    if (!this.weights) return;
    const pen = this.canvas.getContext("2d");
    const [up, down] = ["--fig-1", "--fig-6"].map((name) => channels(pen, getComputedStyle(this).getPropertyValue(name)));
    const image = pen.createImageData(10 * SIDE, SIDE);
    this.parts().forEach((part, at) => image.data.set([...(part > 0 ? up : down), 255 * Math.abs(part)], 4 * at));
    pen.putImageData(image, 0, 0);
  }

  /** Return the drawing with the weights below it, as shapes: to be enlarged, and to be saved. */
  picture() {
    const picture = this.svg.cloneNode(true);
    if (!this.weights) return picture;
    const [width, top] = this.size;
    const [left, high] = [15, CELL * SIDE];
    picture.setAttribute("viewBox", `0 0 ${width} ${top + high + 24}`);
    const weights = node(picture, "g", { transform: `translate(${left} ${top + 6}) scale(${CELL})`, "shape-rendering": "crispEdges" });
    for (const [sign, colour] of [[1, "var(--fig-1)"], [-1, "var(--fig-6)"]]) {
      const tints = this.parts().map((part) => Math.round(TINTS * Math.max(0, sign * part)));
      for (let tint = 1; tint <= TINTS; tint += 1) {
        const d = runs(tints, tint);
        if (d) node(weights, "path", { fill: colour, "fill-opacity": tint / TINTS, d });
      }
    }
    for (let digit = 0; digit < 10; digit += 1) label(picture, left + high * (digit + 0.5), top + high + 19, String(digit), { "text-anchor": "middle" });
    return picture;
  }
}

/** Return where the ten pictures have a value, as a bar for each row of neighbours that have it. */
function runs(values, value) {
  let d = "";
  for (let at = 0, start = 0; at < values.length; start = at) {
    while (values[at] === value && (at === start || at % (10 * SIDE))) at += 1;
    if (at > start) d += `M${start % (10 * SIDE)} ${Math.floor(start / (10 * SIDE))}h${at - start}v1h${start - at}z`;
    else at += 1;
  }
  return d;
}

/** Return a colour as [red, green, blue]. */
function channels(pen, colour) {
  pen.fillStyle = colour.trim();
  return [1, 3, 5].map((at) => parseInt(pen.fillStyle.slice(at, at + 2), 16));
}

customElements.define("x-digits", Digits);
