// A schedule under the hand: its rates, the loss that is expected of it in the noisy valley, and how far that is from the least.
import { Explorable } from "./element.js";
import { T, bestPeak, bestRates, losses, shape } from "./numerics/schedules.js";
import { Panel, change, label, number } from "./plot.js";

const SMALLEST = 0.01; // the last part of what falls by factors, none of which leads to zero
const OWN = { stroke: "var(--fig-1)", "stroke-width": 1.8, "stroke-linejoin": "round" };
const FREE = { stroke: "currentColor", "stroke-width": 1.2, "stroke-linecap": "butt", "stroke-dasharray": "2 2" };
const STEADY = { stroke: "var(--fig-mid)", "stroke-width": 1.2 };

class Schedule extends Explorable {
  build(svg) {
    const across = { left: 44, width: 287, x: [0, T] };
    this.list = new Panel(svg, { ...across, top: 8, height: 140, y: [0, 2.25], yTicks: [0, 0.5, 1, 1.5, 2], yLabel: this.words("rate") });
    this.time = new Panel(svg, { ...across, top: 182, height: 134, y: [0.01, 10], logY: true, xLabel: this.words("step"), yLabel: this.words("loss"), away: 34 });
    this.least = this.refer(bestRates(), FREE, "free", [16, 1.2], [100, 0.0125]);
    this.refer(Array(T).fill(bestPeak(Array(T).fill(1))), STEADY, "steady", [5, 0.12], [118, 0.05]);
    this.rates = this.list.path(OWN);
    this.loss = this.time.path(OWN);
    this.noise = this.time.path({ ...OWN, "stroke-width": 1.2, "stroke-linecap": "butt", "stroke-dasharray": "5 3" });
    this.corner = this.list.path({ stroke: "currentColor", "stroke-width": 8 });
    this.press(this.list, (t, peak) => ({ peak, fall: T - t }));
  }

  /** Draw a list of rates that stays, and its losses, with its name at both; return the last loss. */
  refer(rates, look, key, ...places) {
    const path = losses(rates);
    [[this.list, rates], [this.time, path]].forEach(([panel, values], i) => {
      panel.path({ ...look, d: panel.line(Array.from(values, (value, t) => [t, value])) });
      label(panel.marks, panel.toX(places[i][0]), panel.toY(places[i][1]), this.words(key), { fill: look.stroke });
    });
    return path[T];
  }

  /** What falls by factors has a last part above zero. */
  set(changes) {
    const { kind, last } = { ...this.values, ...changes };
    const factors = kind === "exponential" || kind === "stairs";
    super.set(factors ? { ...changes, last: Math.max(SMALLEST, last) } : changes);
  }

  /** Set the peak that is best for this shape. */
  act() {
    this.set({ peak: this.top });
  }

  draw({ kind, peak, up, fall, last }) {
    this.form(shape(kind, up, fall, last), [kind, up, fall, last].join());
    const rates = this.parts.map((part) => peak * part);
    const [loss, noise] = [losses(rates), losses(rates, 0)];
    const line = (panel, values) => panel.line(Array.from(values, (value, t) => [t, value]));
    change(this.rates, "d", line(this.list, rates));
    change(this.corner, "d", this.list.dots([[T - fall, peak]]));
    change(this.loss, "d", line(this.time, loss));
    change(this.noise, "d", line(this.time, noise));
    this.show("ratio", number(loss[T] / this.least, 3));
    this.show("end", number(loss[T], 4));
    this.show("noise", `${Math.round((100 * noise[T]) / loss[T])}%`);
    this.say(this.regime(loss, peak));
  }

  /** Take another shape, and find its best peak. */
  form(parts, key) {
    if (this.formed === key) return;
    this.formed = key;
    this.parts = parts;
    this.top = bestPeak(parts);
    this.own = losses(parts.map((part) => this.top * part))[T];
    this.mark("best", this.top);
  }

  regime(loss, peak) {
    if (!(loss[T] < loss[0])) return "grows";
    if (loss[T] < 1.1 * this.least) return "near";
    if (loss[T] < 1.01 * this.own) return "own";
    return peak < this.top ? "low" : "high";
  }
}

customElements.define("x-schedule", Schedule);
