// The noise ball: many runs of SGD on the noisy parabola of noise_ball.py, beside what the closed form says.
import { Explorable } from "./element.js";
import { ball, meanSquare, simulate, squaredDistance } from "./numerics/noise.js";
import { normals } from "./numerics/random.js";
import { Panel, change, histogram, number } from "./plot.js";

const [RUNS, STEPS, START] = [400, 600, 10];
const LATE = STEPS / 2; // the level is measured from this step on, as in noise_ball.py
const [BARS, WIDTH] = [24, 3]; // bars of the histogram, which reaches as many standard deviations to each side
const points = Array.from({ length: LATE + 1 }, (_, i) => [2 * i, 0]); // each second step, and what a curve has there

class NoiseBall extends Explorable {
  build(svg) {
    const square = { y: [1e-5, 1e3], logY: true, yLabel: this.words("square"), away: 46 };
    this.time = new Panel(svg, { left: 58, top: 8, width: 166, height: 184, x: [0, STEPS], xTicks: [0, 200, 400, 600], xLabel: this.words("step"), ...square });
    this.where = new Panel(svg, { left: 244, top: 8, width: 94, height: 184, x: [-2, 2], xTicks: [-1, 0, 1], y: [0, 1.2], yTicks: [], xLabel: this.words("place") });
    this.run = this.time.path({ stroke: "var(--fig-1)", "stroke-width": 0.6, "stroke-opacity": 0.35 });
    this.mean = this.time.path({ stroke: "var(--fig-1)", "stroke-width": 1.8 });
    this.exact = this.time.path({ stroke: "currentColor", "stroke-width": 1.2, "stroke-dasharray": "5 3" });
    this.level = this.time.path({ stroke: "var(--fig-mid)", "stroke-width": 1 });
    this.bars = this.where.path({ fill: "var(--fig-1)", "fill-opacity": 0.35 });
    this.bell = this.where.path({ stroke: "currentColor", "stroke-width": 1.2, "stroke-dasharray": "5 3" });
    this.edges = this.where.path({ stroke: "var(--fig-mid)", "stroke-width": 1 });
    this.x = new Float64Array((STEPS + 1) * RUNS);
    this.mark("one", 1);
    this.mark("two", 2);
  }

  /** Draw the noise anew. */
  act() {
    this.set({ seed: String((Number(this.values.seed) || 0) + 1) });
  }

  draw({ lr, batch, seed }) {
    if (seed !== this.seed) [this.seed, this.noise] = [seed, normals(Number(seed), STEPS * RUNS)];
    const sigma = 1 / Math.sqrt(batch);
    simulate(this.x, lr, START, RUNS, this.noise, 1, sigma);
    const [curve, exact] = [meanSquare(this.x, RUNS), squaredDistance(lr, START, STEPS, sigma)];
    const level = lr < 2 ? ball(lr, 1, sigma) : NaN;
    this.drawTime(curve, exact, level);
    this.drawWhere(level);
    this.show("predicted", number(level, 3));
    this.show("measured", number(curve.subarray(LATE).reduce((sum, value) => sum + value, 0) / (STEPS + 1 - LATE), 3));
    this.say(lr >= 2 ? "diverges" : exact[LATE] > 1.01 * level ? "far" : lr > 1 ? "swings" : "level");
  }

  drawTime(curve, exact, level) {
    const line = (value) => {
      for (const point of points) point[1] = value(point[0]);
      return this.time.line(points);
    };
    change(this.run, "d", line((t) => this.x[t * RUNS] * this.x[t * RUNS]));
    change(this.mean, "d", line((t) => curve[t]));
    change(this.exact, "d", line((t) => exact[t]));
    change(this.level, "d", this.time.line([[0, level], [STEPS, level]]));
  }

  /** Where all runs were in the second half, as bars, and the normal distribution of the ball's variance. */
  drawWhere(level) {
    const edge = Math.sqrt(level);
    const width = (2 * WIDTH * edge) / BARS;
    const late = this.x.subarray(LATE * RUNS);
    const counts = histogram(late, -WIDTH * edge, width, BARS);
    const bell = (x) => Math.exp((-x * x) / (2 * level));
    const unit = (late.length * width) / Math.sqrt(2 * Math.PI * level); // of the bars, where the bell's top is 1
    change(this.bars, "d", this.where.bars(counts.map((count) => count / unit), -WIDTH * edge, width));
    change(this.bell, "d", this.where.line(Array.from({ length: 61 }, (_, i) => (i / 10 - WIDTH) * edge).map((x) => [x, bell(x)])));
    change(this.edges, "d", this.where.line([[-edge, 0], [-edge, 1.2]]) + this.where.line([[edge, 0], [edge, 1.2]]));
  }
}

customElements.define("x-noise-ball", NoiseBall);
