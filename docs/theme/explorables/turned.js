// One valley at every angle: four methods in it, each at its own best rate, found here, or one at a rate set by hand.
import { Explorable } from "./element.js";
import { STEPS, late, methods, regime, search, walk } from "./numerics/turned.js";
import { Panel, change, ellipse, label, node, number } from "./plot.js";

const [FIRST, MOVED, BUDGET] = [60, 1.5, 5]; // milliseconds of search in the first frame, in one after which a hand has moved something, and in each other
const DOTTED = 60; // steps of a path that have a dot
const NEAR = 0.5; // what a line leaves out is no farther than that from what it draws
const ANGLES = Array.from({ length: 31 }, (_, k) => 3 * k); // of the program
const HEIGHTS = Array.from({ length: 10 }, (_, k) => 4 ** (k - 2)); // of the level lines
const LOOKS = { GD: [1, "none", 0], momentum: [2, "5.6 2.4", 113], sign: [6, "1.5 2.5", 196], Adam: [4, "9.6 2.4 1.5 2.4", 287] }; // hue, dashes, place of the name

class Turned extends Explorable {
  runs = {}; // of each method, the last one, and what it depends on

  build(svg) {
    const losses = { y: [1e-13, 1000], logY: true, yTicks: [1e-12, 1e-9, 1e-6, 0.001, 1] };
    this.angles = new Panel(svg, { left: 48, top: 8, width: 286, height: 124, x: [0, 90], xTicks: [0, 15, 30, 45, 60, 75, 90], xLabel: this.words("turned"), yLabel: this.words("loss"), away: 39, ...losses });
    this.plane = new Panel(svg, { left: 30, top: 198, width: 148, height: 148, x: [-2, 2], y: [-2, 2], xTicks: [-1, 0, 1], yTicks: [-1, 0, 1], xLabel: "$x_1$", yLabel: "$x_2$", away: 20 });
    this.time = new Panel(svg, { left: 224, top: 198, width: 110, height: 148, x: [0, STEPS], xTicks: [0, 100, 200, 300], xLabel: this.words("step"), ...losses });
    this.cursor = this.angles.path({ stroke: "currentColor", "stroke-width": 0.8 });
    this.levels = this.plane.path({ stroke: "var(--fig-mid)", "stroke-width": 0.5 });
    this.lines = Object.fromEntries(["momentum", "GD", "sign", "Adam"].map((method) => [method, this.series(method)])); // upon each other
    this.start = this.plane.path({ stroke: "currentColor", "stroke-width": 8 });
    this.plane.star(0, 0);
    this.legend = node(svg, "g");
    this.press(this.angles, (angle) => ({ angle }));
    this.press(this.plane, (x1, x2) => ({ angle: facing(x1, x2) }));
  }

  /** Make the nodes of a method: its losses at the angles, at this angle, its path, the points on it, and its losses by step. */
  series(method) {
    const [hue, dashes] = LOOKS[method];
    const look = { stroke: `var(--fig-${hue})`, "stroke-linejoin": "round" };
    const line = { ...look, "stroke-linecap": "butt", "stroke-dasharray": dashes, "stroke-width": 1.5 };
    return {
      angles: this.angles.path(line),
      here: this.angles.path({ ...look, "stroke-width": 6 }),
      path: this.plane.path({ ...line, "stroke-width": 0.8 }),
      points: this.plane.path({ ...look, "stroke-width": 2.4 }),
      time: this.time.path(line),
    };
  }

  /** A method that is taken in hand brings its best rate. */
  set(changes) {
    const best = this.best?.[changes.hand];
    super.set(best && !("lr" in changes) ? { ...changes, lr: best.lr } : changes);
  }

  text(name, value) {
    if (name === "lr" && this.values.hand === "none") return "–";
    return name === "angle" ? `${value}°` : super.text(name, value);
  }

  draw({ angle, kappa, hand, lr, ...shown }) {
    this.seek(angle, kappa);
    this.view(angle, kappa, shown);
    const { input } = this.controls.get("lr");
    if (input.disabled !== (hand === "none")) input.disabled = hand === "none";
    const left = {};
    for (const method of methods) {
      const rate = method === hand ? lr : this.rate(method, kappa);
      const run = this.run(method, angle, kappa, rate);
      left[method] = run.late;
      this.trace(method, shown[method] === "1", run);
      if (!this.exact) continue; // what is not known yet is drawn, and not told
      this.show(`${method}-lr`, method === hand ? `${number(rate, 2)} ${this.words("yours")}` : number(rate, 2));
      this.show(`${method}-late`, number(run.late, 2));
    }
    const before = (1 + kappa) / 2;
    if (hand !== "none") this.say(left[hand] > before ? "away" : "own");
    else if (this.exact) this.say(regime(left, before));
    if (this.exact) this.show("ratio", number(left.Adam / left.momentum, 2));
  }

  /** Turn the valley, and say which line is whose. */
  view(angle, kappa, shown) {
    if (this.kappa !== kappa) {
      this.kappa = kappa;
      const [unit, x, y] = [this.plane.toX(1) - this.plane.toX(0), this.plane.toX(0), this.plane.toY(0)];
      const level = (height) => ellipse(x, y, unit * Math.sqrt(2 * height), unit * Math.sqrt((2 * height) / kappa));
      change(this.levels, "d", HEIGHTS.map(level).join(""));
    }
    change(this.levels, "transform", `rotate(${-angle} ${this.plane.toX(0)} ${this.plane.toY(0)})`);
    change(this.cursor, "d", this.angles.line([[angle, 1e-20], [angle, 1e4]]));
    const drawn = methods.filter((method) => shown[method] === "1");
    if (this.named === drawn.join()) return;
    this.named = drawn.join();
    this.legend.replaceChildren();
    for (const method of drawn) {
      const [hue, dashes, at] = LOOKS[method];
      node(this.legend, "path", { fill: "none", stroke: `var(--fig-${hue})`, "stroke-width": 1.5, "stroke-dasharray": dashes, d: `M${at} 180h16` });
      label(this.legend, at + 20, 183.6, this.words(method));
    }
  }

  /** Go on with the search for the best rates, a little in each frame: first at this angle, then at those of the program. */
  seek(angle, kappa) {
    const question = `${angle} ${kappa}`;
    const end = performance.now() + (!this.best ? FIRST : this.question === question ? BUDGET : MOVED);
    this.question = question;
    while (true) {
      if (this.head === undefined || (this.known() && (this.sought !== kappa || !(angle in this.found.Adam)))) this.begin(angle, kappa);
      if (!this.seeking || (this.best && performance.now() >= end)) break;
      if (this.seeking.next().done) this.seeking = undefined;
      if (!this.best && this.known()) this.tell(this.head);
    }
    if (this.known()) this.tell(this.head);
    this.exact = this.sought === kappa && angle in (this.found.Adam ?? {});
    if (this.exact) this.tell(angle);
    if (this.seeking) this.frame ??= requestAnimationFrame(() => this.paint());
  }

  /** Take what was found at an angle for the best. */
  tell(angle) {
    this.best = Object.fromEntries(methods.map((method) => [method, this.found[method][angle]]));
    this.of = this.sought;
  }

  /** Return the best rate of a method, or, until it is found, that in another valley: as near to the limit, a multiple of 1 / kappa. */
  rate(method, kappa) {
    const { lr } = this.best[method];
    return method === "GD" || method === "momentum" ? lr * (this.of / kappa) : lr;
  }

  /** Whether the best rates are known at the angle that the search began with: it is not given up before. */
  known() {
    return this.found?.Adam?.[this.head] !== undefined;
  }

  begin(angle, kappa) {
    if (this.known()) this.tell(this.head);
    if (this.sought !== kappa) this.found = {};
    [this.head, this.sought] = [angle, kappa];
    const others = ANGLES.filter((each) => !(each in (this.found.Adam ?? {})) && each !== angle);
    this.seeking = search([angle, ...others.sort((one, other) => Math.abs(one - angle) - Math.abs(other - angle))], kappa, this.found);
  }

  /** Return the run of a method at a rate: the last one, if nothing has changed that it depends on. */
  run(method, ...given) {
    const key = given.join();
    if (this.runs[method]?.key !== key) {
      const points = new Float64Array(2 * STEPS + 2);
      const losses = walk(method, ...given, points);
      this.runs[method] = { key, points, losses, late: late(losses) };
    }
    return this.runs[method];
  }

  /** Draw a method's run, what it leaves at this angle, and at all angles that are known. */
  trace(method, drawn, run) {
    const { angles, here, path, points, time } = this.lines[method];
    const known = drawn && this.sought === this.values.kappa ? Object.entries(this.found[method] ?? {}) : [];
    change(angles, "d", this.angles.line(known.map(([degrees, { loss }]) => [Number(degrees), loss])));
    change(here, "d", drawn ? this.angles.dots([[this.values.angle, run.late]]) : "");
    const now = drawn ? run : undefined;
    if (this.lines[method].drawn === now) return;
    this.lines[method].drawn = now;
    const walked = now ? Array.from(run.losses, (_, t) => [run.points[2 * t], run.points[2 * t + 1]]) : [];
    change(path, "d", this.plane.line(walked, NEAR));
    change(points, "d", this.plane.dots(walked.slice(0, DOTTED + 1)));
    change(time, "d", this.time.line(now ? Array.from(run.losses, (loss, t) => [t, loss]) : [], NEAR));
  }
}

/** Return the angle, between 0 and 90 degrees, at which the valley leads to a point. */
function facing(x1, x2) {
  const degrees = (Math.atan2(x2, x1) * 180) / Math.PI; // the valley leads both ways
  const turned = (degrees + 180) % 180;
  return turned <= 90 ? turned : turned < 135 ? 90 : 0;
}

customElements.define("x-turned", Turned);
