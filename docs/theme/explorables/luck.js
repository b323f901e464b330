// The winner's luck: how much better than it is the best of many equals looks, for their number and noise, and round by round.
import { Explorable } from "./element.js";
import { flattery, law, rounds, z } from "./numerics/luck.js";
import { Panel, change, histogram, label, number } from "./plot.js";

const MOST = 500; // rounds
const BARS = 40; // across the panel
const ONE = law(1);
const points = Array.from(z, () => [0, 0]); // of the curve that is being drawn
const TINTED = { stroke: "var(--fig-6)", fill: "var(--fig-6)" };

class Luck extends Explorable {
  build(svg) {
    this.panel = new Panel(svg, { left: 40, top: 3, width: 299, height: 163.6, x: [-0.4, 0.4], y: [0, 8], xLabel: this.words("error"), yLabel: this.words("density") });
    this.bars = this.panel.path({ fill: TINTED.fill, "fill-opacity": 0.25 });
    this.truth = this.panel.path({ stroke: "var(--fig-mid)" });
    this.mean = this.panel.path({ stroke: TINTED.stroke });
    this.one = this.panel.path({ stroke: "var(--fig-mid)", "stroke-width": 1.8 });
    this.many = this.panel.path({ stroke: TINTED.stroke, "stroke-width": 1.8, "stroke-linecap": "butt", "stroke-dasharray": "6.7 2.9" });
    this.dots = this.panel.path({ stroke: "currentColor", "stroke-width": 4.5, "stroke-opacity": 0.6 });
    this.winner = this.panel.path({ stroke: TINTED.stroke, "stroke-width": 8 });
    this.names = [label(svg, 0, 0, this.words("setting")), label(svg, 0, 0, this.words("best"), { fill: TINTED.fill })];
  }

  /** Play so many rounds more. */
  act(more) {
    this.set({ rounds: Math.min(MOST, this.played() + Number(more)) });
  }

  /** Return how many rounds have been played; an address may say anything. */
  played() {
    return Math.min(MOST, Math.max(0, Math.trunc(this.values.rounds) || 0));
  }

  text(name, value) {
    return name === "n" ? String(Math.round(value)) : super.text(name, value);
  }

  draw({ n: position, sd, runs }) {
    const [n, spread] = [Math.round(position), sd / Math.sqrt(runs)];
    const density = law(n);
    this.view(density, spread);
    change(this.one, "d", this.panel.line(curve(ONE, spread)));
    change(this.many, "d", this.panel.line(curve(density, spread)));
    const gain = flattery(n, spread);
    change(this.truth, "d", this.panel.line([[0, 0], [0, this.top]]));
    change(this.mean, "d", this.panel.line([[-gain, 0], [-gain, this.top]]));
    this.show("flattery", Math.abs(gain).toFixed(3)); // that of one is zero, but for rounding
    this.show("most", (spread * Math.sqrt(2 * Math.log(n))).toFixed(3));
    this.show("worse", number((100 * n) / (n + 1), 3));
    this.tell(n, spread, this.played());
    this.say(n === 1 ? "alone" : ["below", "above", "twice", "thrice"][Math.floor(gain / spread)]);
  }

  /** Fit the axes to the densities, in few sizes: they are drawn anew where that changes them. */
  view(density, spread) {
    const half = 0.4 * Math.max(1, Math.ceil(10 * spread));
    const peak = Math.max(...density) / spread;
    this.top = 0.75 * 1.5 ** Math.ceil(Math.log((1.05 * peak) / 0.75) / Math.log(1.5));
    if (this.fitted !== `${half} ${this.top}`) this.panel.bound([-half, half], [0, this.top]);
    this.fitted = `${half} ${this.top}`;
    const { toX, toY } = this.panel;
    const mode = density.indexOf(Math.max(...density));
    const places = [[0.7 * spread, 0.33 / spread], [spread * (0.5 - z[mode]), (0.85 * density[mode]) / spread]];
    this.names.forEach((name, i) => {
      change(name, "x", toX(places[i][0]) + 6);
      change(name, "y", toY(places[i][1]));
    });
    change(this.names[1], "visibility", z[mode] === 0 ? "hidden" : "visible"); // of one setting, both are the same
  }

  /** Show the settings of the last round, the best of each as bars, and what the best gave on average, then and once more. */
  tell(n, spread, played) {
    const key = `${n} ${played}`;
    if (this.key !== key) [this.key, this.rounds] = [key, rounds(n, played)];
    const { last, seen, fresh } = this.rounds;
    const low = this.top * 0.03;
    change(this.dots, "d", this.panel.dots(Array.from(last, (value) => [spread * value, low])));
    change(this.winner, "d", this.panel.dots(played ? [[spread * Math.min(...last), low]] : []));
    change(this.bars, "d", this.shares(seen.map((value) => spread * value)));
    this.show("played", String(played));
    const mean = (values) => (played ? number(Number(((-spread * values.reduce((a, b) => a + b, 0)) / played).toFixed(3))) : "–");
    this.show("seen", mean(seen));
    this.show("again", mean(fresh));
  }

  /** Return bars whose areas are the shares of the values, as the `d` of a path. */
  shares(values) {
    const [from, to] = this.panel.x;
    const width = (to - from) / BARS;
    return this.panel.bars(histogram(values, from, width, BARS).map((count) => count / values.length / width), from, width);
  }
}

/** Return the points of a density at an error that is -z times the spread. */
function curve(density, spread) {
  for (let k = 0; k < points.length; k += 1) {
    points[k][0] = -spread * z[k];
    points[k][1] = density[k] / spread;
  }
  return points;
}

customElements.define("x-luck", Luck);
