// A race: each method at its own best setting for a surface, a start, and a number of steps, found here, or one set by hand.
import { Explorable } from "./element.js";
import { late, methods, search, surfaces, walk } from "./numerics/race.js";
import { normals } from "./numerics/random.js";
import { Panel, change, label, node, number } from "./plot.js";

const [FIRST, BUDGET] = [60, 6]; // milliseconds of search in the first frame, and in each other
const DASHES = ["none", "3.7 1.6", "6.4 1.6 1 1.6", "1 1.65", "5 1 1 1 1 1"];
const powers = (base, from, to) => Array.from({ length: to - from + 1 }, (_, i) => base ** (from + i));
const narrow = { x: [-2.1, 1.1], levels: powers(4, -3, 3), losses: [1e-12, 100], stars: [[0, 0]] };
const SIGHTS = {
  turned: { ...narrow, y: [-1.8, 0.7] },
  along: { ...narrow, y: [-1.25, 1.25] },
  rosenbrock: { x: [-2, 2], y: [-1, 2.1], levels: powers(4, -1, 5), losses: [1e-8, 1e4], stars: [[1, 1]] },
  saddle: { x: [-1.6, 1.6], y: [-1.25, 1.25], levels: [0.01, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.6, 1], losses: [1e-12, 100], stars: [[0, -1], [0, 1]] },
  noisy: { ...narrow, y: [-1.25, 1.25], losses: [1e-6, 100] },
};

class Race extends Explorable {
  best = {};
  runs = {}; // of each method, the last one, and what it depends on
  traced = {};

  build(svg) {
    this.plane = new Panel(svg, { left: 67.8, top: 3, width: 260.6, height: 203.6, x: [0, 1], y: [0, 1], xLabel: "$x_1$", yLabel: "$x_2$" });
    this.curve = new Panel(svg, { left: 60.1, top: 257, width: 282.6, height: 125.4, x: [0, 1], y: [1, 10], logY: true, xLabel: this.words("step"), yLabel: this.words("loss"), away: 46 });
    this.levels = this.plane.path({ stroke: "var(--fig-mid)", "stroke-width": 0.4 });
    this.lines = Object.fromEntries(methods.map((method, i) => [method, this.series(i)]));
    this.start = this.plane.path({ stroke: "currentColor", "stroke-width": 8 });
    this.stars = node(this.plane.marks, "g");
    this.legend = node(svg, "g");
    this.press(this.plane, (x1, x2) => ({ x1, x2 }));
  }

  /** Make the nodes of a method: its path, the points on it, and its losses. */
  series(i) {
    const look = { stroke: `var(--fig-${i + 1})`, "stroke-linejoin": "round" };
    const dashes = DASHES[i].replace(/[\d.]+/g, (part) => part * 1.5);
    const line = { ...look, "stroke-linecap": "butt", "stroke-dasharray": dashes };
    return [
      this.plane.path({ ...line, "stroke-width": 1.2 }),
      this.plane.path({ ...look, "stroke-width": 4 }),
      this.curve.path({ ...line, "stroke-width": 1.8 }),
    ];
  }

  /** Another surface brings its own start, and a method that is taken in hand its best setting. */
  set(changes) {
    const more = { ...changes };
    if (changes.surface && !("x1" in changes)) [more.x1, more.x2] = surfaces[changes.surface].start;
    if (this.best[changes.hand] && !("lr" in changes)) [more.lr, more.beta] = [this.best[changes.hand].lr, this.best[changes.hand].beta];
    super.set(more);
  }

  text(name, value) {
    const idle = name === "seed" ? !surfaces[this.values.surface].sigma : ["lr", "beta"].includes(name) && this.values.hand === "none";
    return idle ? "–" : super.text(name, value);
  }

  draw({ surface: name, x1, x2, steps, hand, lr, beta, seed, ...shown }) {
    const [surface, start] = [surfaces[name], [x1, x2]];
    this.view(name, steps, shown);
    this.seek(name, start, steps);
    this.enable({ seed: surface.sigma > 0, lr: hand !== "none", beta: hand !== "none" && hand !== "GD" });
    const noise = surface.sigma ? normals(seed, 2 * steps) : undefined;
    const ends = {};
    for (const method of methods) {
      const setting = method === hand ? { lr, beta: method === "GD" ? 0 : beta } : this.best[method];
      const run = this.run(method, setting, [name, x1, x2, steps, seed, setting?.lr, setting?.beta].join(), () =>
        walk(surface, method, setting.lr, setting.beta, start, steps, noise),
      );
      if (run && shown[method] === "1") ends[method] = run.late;
      this.trace(method, shown[method] === "1" ? run : undefined);
      this.row(method, setting, run, method === hand);
    }
    change(this.start, "d", this.plane.dots([start]));
    const regime = this.regime(name, x2, ends, hand, surface.loss(x1, x2));
    if (regime) this.say(regime);
  }

  /** Show a surface, the axes for a number of steps, and which line is whose. */
  view(name, steps, shown) {
    const { x, y, levels, losses, stars } = SIGHTS[name];
    if (this.seen !== name) {
      this.plane.bound(x, y);
      change(this.levels, "d", this.plane.contours(surfaces[name].loss, levels, 90, 70));
      this.stars.replaceChildren();
      for (const [a, b] of stars) label(this.stars, this.plane.toX(a), this.plane.toY(b) + 4.5, "★", { "text-anchor": "middle", "font-size": "13px" });
    }
    if (this.seen !== name || this.length !== steps) this.curve.bound([-steps / 20, steps * 1.05], losses);
    [this.seen, this.length] = [name, steps];
    const drawn = methods.filter((method) => shown[method] === "1");
    if (this.named === drawn.join()) return;
    this.named = drawn.join();
    this.legend.replaceChildren();
    drawn.forEach((method, row) => {
      const [, , line] = this.lines[method];
      const up = 376 - 14 * row; // from below, as on the still figure
      node(this.legend, "path", { fill: "none", stroke: line.getAttribute("stroke"), "stroke-width": 1.8, "stroke-dasharray": line.getAttribute("stroke-dasharray"), d: `M66 ${up - 3.6}h20` });
      label(this.legend, 93, up, this.words(method));
    });
  }

  /** Go on with the search for the best settings, a little in each frame; a new question begins it anew, once it stays. */
  seek(name, start, steps) {
    const question = [name, ...start, steps].join();
    const moved = this.question !== question;
    if (moved) {
      this.next = {};
      if (!this.question?.startsWith(`${name},`)) this.best = this.next; // those of another surface say nothing
      this.question = question;
      this.seeking = search(surfaces[name], start, steps, this.next);
    }
    const end = performance.now() + (!this.begun ? FIRST : moved ? 0 : BUDGET); // a start that moves waits
    this.begun = true;
    while (this.seeking && performance.now() < end) {
      if (this.seeking.next().done) [this.seeking, this.best] = [undefined, this.next];
    }
    if (this.seeking) this.frame ??= requestAnimationFrame(() => this.paint());
  }

  enable(controls) {
    for (const [name, able] of Object.entries(controls)) {
      const { input } = this.controls.get(name);
      if (input.disabled === able) input.disabled = !able;
    }
  }

  /** Return the run of a method at its setting, with its late loss: the last one, if nothing has changed that it depends on. */
  run(method, setting, key, made) {
    if (!setting) return undefined;
    if (this.runs[method]?.key !== key) {
      const run = made();
      this.runs[method] = { ...run, key, late: late(run.losses) };
    }
    return this.runs[method];
  }

  /** Draw a method's run, if it is another one than that which stands there. */
  trace(method, run) {
    if (this.traced[method] === run) return;
    this.traced[method] = run;
    const [line, dots, curve] = this.lines[method];
    this.plane.draw([line, dots], run ? Array.from(run.losses, (_, t) => [run.points[2 * t], run.points[2 * t + 1]]) : []);
    this.curve.draw([curve], run ? Array.from(run.losses, (loss, t) => [t, loss]) : []);
  }

  row(method, setting, run, own) {
    const rate = setting ? number(setting.lr, 2) : "…";
    this.show(`${method}-lr`, own ? `${rate} ${this.words("yours")}` : rate);
    this.show(`${method}-beta`, method === "GD" ? "–" : setting ? number(setting.beta, 2) : "…");
    this.show(`${method}-late`, run ? number(run.late, 2) : "…");
  }

  /** Return the key of the sentence that holds now, or nothing while the search goes on. */
  regime(name, x2, ends, hand, before) {
    if (hand !== "none") return ends[hand] > before ? "away" : "own";
    if (this.seeking || !Object.keys(ends).length) return "";
    if (name === "saddle" && x2 === 0) return "ridge";
    if (Object.keys(ends).some((method) => this.best[method].edge)) return "edge";
    if (name === "noisy") return "draw";
    return `lead${Object.keys(ends).reduce((least, method) => (ends[method] < ends[least] ? method : least))}`;
  }
}

customElements.define("x-race", Race);
