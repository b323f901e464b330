// Newton–Schulz under the hand: one singular value as a cobweb, and beside it what as many steps make of all others.
import { Explorable } from "./element.js";
import { coefficients, fixedPoints, orbit, polynomial, regime, smallest } from "./numerics/cobweb.js";
import { Panel, change, number } from "./plot.js";

const TOP = 1.4; // of the axes
const AXIS = Array.from({ length: 113 }, (_, k) => (k * TOP) / 112);
const SPECTRUM = Array.from({ length: 121 }, (_, k) => 0.0005 * 2000 ** (k / 120)); // to 1
const BAND = Array.from({ length: 999 }, (_, k) => 0.002 + (k * 0.998) / 998); // as newton_schulz.py looks at it
const HUES = { muon: "var(--fig-6)", cubic: "var(--fig-1)" };

class Cobweb extends Explorable {
  build(svg) {
    const shared = { top: 8, height: 204, y: [0, TOP] };
    this.web = new Panel(svg, { ...shared, left: 34, width: 204, x: [0, TOP], xTicks: [0, 0.5, 1], yTicks: [0, 0.5, 1], xLabel: this.words("before"), yLabel: this.words("after"), away: 24 });
    this.all = new Panel(svg, { ...shared, left: 252, width: 86, x: [0.0005, TOP], logX: true, xTicks: [0.01, 0.1, 1], yTicks: [0.5, 1], xLabel: this.words("start") });
    this.all.up.remove(); // the panel beside it has these numbers
    this.web.path({ stroke: "var(--fig-mid)", "stroke-width": 0.8, d: this.web.line([[0, 0], [TOP, TOP]]) });
    this.curve = this.web.path({ "stroke-width": 1.8 });
    this.fixed = this.web.path({ stroke: "var(--fig-mid)", "stroke-width": 6 });
    this.thread = this.web.path({ stroke: "currentColor", "stroke-width": 0.8, "stroke-linejoin": "round" });
    this.ends = this.web.path({ stroke: "currentColor", "stroke-width": 7 });
    this.dots = this.all.path({ "stroke-width": 3 });
    this.lead = this.all.path({ stroke: "currentColor", "stroke-width": 0.8 });
    this.one = this.all.path({ stroke: "currentColor", "stroke-width": 7 });
    for (const panel of [this.web, this.all]) this.press(panel, (sigma) => ({ sigma }));
  }

  draw({ sigma, steps, which }) {
    const factors = coefficients[which];
    this.form(which, steps, factors);
    const path = orbit(sigma, factors, steps);
    const end = path[steps];
    const corners = path.flatMap((s, k) => (k ? [[path[k - 1], s], [s, s]] : [[s, 0]]));
    change(this.thread, "d", this.web.line(corners));
    change(this.ends, "d", this.web.dots([corners[0], corners.at(-1)]));
    change(this.lead, "d", this.all.line([[sigma, 0], [sigma, end]]));
    change(this.one, "d", this.all.dots([[sigma, end]]));
    this.show("end", number(Number.isNaN(end) ? Infinity : end, 4));
    this.say(regime(path, factors));
  }

  /** Draw what does not depend on the start: the polynomial, and all values after as many steps of it. */
  form(which, steps, factors) {
    if (this.formed === `${which} ${steps}`) return;
    this.formed = `${which} ${steps}`;
    for (const part of [this.curve, this.dots]) change(part, "stroke", HUES[which]);
    change(this.curve, "d", this.web.line(AXIS.map((s) => [s, polynomial(s, factors)])));
    change(this.fixed, "d", this.web.dots(fixedPoints(factors).map((s) => [s, s])));
    change(this.dots, "d", this.all.dots(SPECTRUM.map((s) => [s, orbit(s, factors, steps)[steps]])));
    const lifted = BAND.map((s) => orbit(s, factors, steps)[steps]);
    this.show("band", [Math.min(...lifted), Math.max(...lifted)].map((s) => s.toFixed(3)).join(" – "));
    this.mark("lifted", smallest(steps, factors));
  }
}

customElements.define("x-cobweb", Cobweb);
