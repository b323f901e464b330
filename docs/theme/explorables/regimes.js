// A point in the plane of learning rate and beta: its roots on the complex plane, its path, and what that is called.
import { Explorable } from "./element.js";
import { Panel, change, ellipse, label, node, number, rewrite } from "./plot.js";
import * as ball from "./numerics/regimes.js";
import { radius } from "./numerics/valley.js";

const [START, STEPS, LONG, NEAR] = [2, 60, 5000, 1e-3]; // of a path: its start, what is drawn, what is looked at, what is arrived
const REST = 1e-8; // no swing of so little leads beyond NEAR again, within LONG steps
const CYCLE = { start: 3.3, kappa: 25, longest: 12 }; // on the function of the cycle
const HEIGHTS = [2, 4, 8, 20, 40]; // that the axis of the path may have
const WIDE = matchMedia("(min-width: 48rem)");
const LINE = { stroke: "var(--fig-2)", "stroke-width": 1.2 };
const GREY = { stroke: "var(--fig-mid)", "stroke-width": 0.8 };
const HOLLOW = { fill: "var(--md-default-bg-color)" };

class Regimes extends Explorable {
  /** The map is the page's own drawing; the roots and the path stand beside it, on a phone below it. */
  build(svg) {
    this.still = this.stage.querySelector("svg");
    WIDE.addEventListener("change", () => this.lay(svg));
    this.lay(svg);
  }

  lay(svg) {
    const [, , width, height] = this.still.getAttribute("viewBox").split(" ").map(Number);
    const [left, top] = WIDE.matches ? [width, 0] : [0, height];
    svg.setAttribute("viewBox", WIDE.matches ? `0 0 ${width + 212} ${height}` : `0 0 ${width} ${height + 158}`);
    svg.replaceChildren(...this.still.cloneNode(true).childNodes);
    this.layMap(svg);
    this.layRoots(svg, left + 24, top + 22);
    this.layPath(svg, ...(WIDE.matches ? [left + 24, top + 172, 184] : [left + 168, top + 22, 170]));
    this.changed();
  }

  layMap(svg) {
    const box = this.still.querySelector("clipPath rect");
    const [left, top, width, height] = ["x", "y", "width", "height"].map((name) => Number(box.getAttribute(name)));
    this.map = new Panel(svg, { left, top, width, height, x: [0, 4], y: [0, 1], xTicks: [], yTicks: [] });
    this.press(this.map, (step, beta) => ({ step: Math.round(step * 100) / 100, beta: Math.round(beta * 100) / 100 }));
    const over = node(svg, "g", { stroke: "currentColor", "stroke-width": 1.6, "pointer-events": "none" }); // whole at an edge, too
    this.valley = node(over, "path");
    this.points = [HOLLOW, { fill: "currentColor" }].map((look) => node(over, "circle", { r: 5.5, ...look }));
  }

  layRoots(svg, left, top) {
    const [width, height] = [110, 104];
    const wide = (1.2 * width) / height; // one unit is as long across as it is up
    this.plane = new Panel(svg, { left, top, width, height, x: [-wide, wide], y: [-1.2, 1.2], xTicks: [-1, 0, 1], yTicks: [-1, 0, 1] });
    label(svg, left, top - 8, this.words("plane"));
    this.unit = height / 2.4;
    this.plane.path({ ...GREY, d: this.circle(this.unit) });
    this.ring = this.plane.path({ ...LINE, "stroke-dasharray": "3 2.5" });
    this.sigmas = [{ ...LINE, ...HOLLOW }, { ...LINE, fill: LINE.stroke }].map((look) => this.plane.path(look));
    this.beyond = node(svg, "text", { x: left + 3, y: top + height - 5, "font-size": "10px", fill: LINE.stroke }).appendChild(new Text());
  }

  layPath(svg, left, top, width) {
    this.chart = new Panel(svg, { left, top, width, height: 104, x: [0, STEPS], y: [-START, START], xTicks: [0, 20, 40, 60], yTicks: [-START, 0, START], xLabel: this.words("time") });
    label(svg, left, top - 8, this.words("path"));
    this.levels = this.chart.path(GREY);
    this.lines = [{ ...LINE, "stroke-dasharray": "5 3" }, LINE].map((look) => this.chart.path(look));
    this.dots = this.chart.path({ ...LINE, "stroke-width": 3.6 });
  }

  /** Return a circle about a root, or about the origin, as the `d` of a path. */
  circle(radius, [re, im] = [0, 0]) {
    return ellipse(this.plane.toX(re), this.plane.toY(im), radius, radius);
  }

  /** Set what a button names: the best pair for the condition number, or the beta at which the two roots meet. */
  act(name) {
    const { step, kappa } = this.values;
    if (name === "best") this.set({ ...ball.best(kappa), on: "parabola" });
    if (name === "critical") this.set({ beta: ball.critical(step), kappa: 1, on: "parabola" });
    if (name === "cycle") this.set({ ...ball.best(CYCLE.kappa), on: "cycle" });
  }

  /** The function of the cycle has its condition number; who takes another one, is back on parabolas. */
  set(changes) {
    const on = changes.on ?? ("kappa" in changes && Number(changes.kappa) !== CYCLE.kappa ? "parabola" : this.values.on);
    super.set({ ...changes, on, ...(on === "cycle" && { kappa: CYCLE.kappa }) });
  }

  text(name, value) {
    return number(value, 4);
  }

  draw({ step, beta, kappa, on }) {
    const ends = kappa > 1 ? [step / kappa, step] : [step]; // the flat one, the steep one
    this.drawPoints(ends, beta);
    this.drawRoots(ends, beta);
    if (on === "cycle") this.followCycle(step, beta, ends);
    else this.followParabolas(ends, beta);
  }

  followParabolas(ends, beta) {
    const regime = ball.regime(ends, beta);
    const radii = ends.map((end) => radius(end, beta));
    const factor = Math.max(...radii);
    const paths = ends.map((end) => ball.momentum(end, beta, START, STEPS));
    const stays = (end) => ball.stepsToStay(ball.momentum(end, beta, START, LONG, REST), NEAR) ?? Infinity;
    const slow = radii[0] > radii.at(-1) - 1e-9 ? ends[0] : ends.at(-1);
    const count = factor < 1 ? Math.max(...ends.map(stays)) : Infinity;
    this.drawPaths(paths, regime, []);
    this.say(ends.length > 1 ? `valley-${regime}` : regime);
    this.tell(factor, ball.period(slow, beta), count < Infinity || factor >= 1 ? number(count) : `> ${LONG}`);
  }

  followCycle(step, beta, ends) {
    const path = ball.cycling(step / CYCLE.kappa, beta, CYCLE.start, LONG);
    const end = ball.arrival(path, CYCLE.longest, NEAR);
    const length = end === "repeats" ? ball.repeats(path, CYCLE.longest, NEAR) : Infinity;
    this.drawPaths([path], end, length < Infinity ? path.slice(-length) : []);
    this.say(`cycle-${end}`);
    this.tell(Math.max(...ends.map((each) => radius(each, beta))), length, number(end === "arrives" ? ball.stepsToStay(path, NEAR) : Infinity));
  }

  drawPoints(ends, beta) {
    const across = [ends[0], ends.at(-1)].map((end) => this.map.toX(end));
    const up = this.map.toY(beta);
    change(this.valley, "d", `M${across[0]} ${up}H${across[1]}`);
    this.points.forEach((point, i) => {
      change(point, "cx", across[i]);
      change(point, "cy", up);
    });
  }

  drawRoots(ends, beta) {
    const dots = (end) => ball.roots(end, beta).map((root) => this.circle(3.2, root)).join("");
    const least = ball.roots(ends.at(-1), beta)[1][0];
    change(this.ring, "d", this.circle(Math.sqrt(beta) * this.unit));
    change(this.sigmas[0], "d", ends.length > 1 ? dots(ends[0]) : "");
    change(this.sigmas[1], "d", dots(ends.at(-1)));
    rewrite(this.beyond, least < this.plane.x[0] ? `◂ ${number(least, 3)}` : "");
  }

  drawPaths(paths, regime, levels) {
    const top = Math.max(...paths.flatMap((path) => path.slice(0, STEPS + 1)).map(Math.abs));
    const height = regime === "diverges" ? HEIGHTS[2] : (HEIGHTS.find((least) => top <= least) ?? HEIGHTS.at(-1));
    const drawn = paths.map((path) => ball.within(path, 2 * height, STEPS).map((x, step) => [step, x]));
    if (this.chart.y[1] !== height) {
      this.chart.yTicks = [-height, 0, height];
      this.chart.bound(this.chart.x, [-height, height]);
    }
    change(this.levels, "d", levels.map((x) => this.chart.line([[0, x], [STEPS, x]])).join(""));
    this.chart.draw([this.lines[0]], drawn.length > 1 ? drawn[0] : []);
    this.chart.draw([this.lines[1], this.dots], drawn.at(-1));
  }

  tell(factor, period, count) {
    this.show("factor", number(factor, 3));
    this.show("period", period < Infinity ? number(period, 3) : "–");
    this.show("count", count);
  }
}

customElements.define("x-regimes", Regimes);
