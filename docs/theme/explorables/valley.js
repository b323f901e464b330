// A valley with a path through it: the start by press or drag, learning rate, beta, and condition number under the hand.
import { Explorable } from "./element.js";
import { L, best, loss, momentum, regime } from "./numerics/valley.js";
import { Panel, change, ellipse, label, number } from "./plot.js";

const STEPS = 20;

class Valley extends Explorable {
  build(svg) {
    this.plane = new Panel(svg, { left: 39.7, top: 6.6, width: 299.7, height: 132.4, x: [-6.6, 2], y: [-1.9, 1.9], xLabel: "$x_1$", yLabel: "$x_2$", yTicks: [-1, 0, 1] });
    this.bands = BANDS.map((i) => this.plane.path({ fill: `var(--fig-shade-${2 * i + 1})`, "fill-opacity": 0.2, "fill-rule": "evenodd" }));
    this.curve = new Panel(svg, { left: 39.7, top: 190, width: 299.7, height: 80, x: [0, STEPS], y: [1e-4, 1e3], logY: true, xLabel: this.words("step"), yLabel: this.words("loss"), away: 30.5, yTicks: [0.01, 1, 100] });
    const paths = (colour, widths) => [this.plane, this.curve].map((panel) => widths.map((width) => panel.path({ stroke: colour, "stroke-width": width, "stroke-linejoin": "round" })));
    this.plain = paths("var(--fig-mid)", [1]);
    this.own = paths("var(--fig-1)", [1.2, 4]);
    this.start = this.plane.path({ stroke: "currentColor", "stroke-width": 8 });
    this.plane.star(0, 0);
    this.name = label(this.curve.marks, this.curve.toX(17), 0, "1/$L$", { fill: "var(--fig-mid)" });
    this.press(this.plane, (x1, x2) => ({ x1, x2 }));
    this.mark("one", 1 / L);
    this.mark("two", 2 / L);
  }

  /** Set the best learning rate without momentum, or the best pair. */
  act(name) {
    const mu = L / this.values.kappa;
    if (name === "star") this.set({ lr: 2 / (L + mu), beta: 0 });
    if (name !== "pair") return;
    const [lr, beta] = best([mu, L]);
    this.set({ lr, beta });
  }

  draw({ lr, beta, kappa, x1, x2 }) {
    const curvature = [L / kappa, L];
    const path = momentum([x1, x2], curvature, lr, beta, STEPS);
    if (this.kappa !== kappa) {
      this.kappa = kappa;
      const edges = BANDS.map((i) => (i < BANDS.length - 1 ? this.level((i + 1) ** 2, curvature) : this.plane.outline));
      this.bands.forEach((band, i) => change(band, "d", (edges[i - 1] ?? "") + edges[i]));
    }
    this.trace(this.own, path, curvature);
    const plain = momentum([x1, x2], curvature, 1 / L, 0, STEPS);
    this.trace(this.plain, plain, curvature);
    change(this.name, "y", Math.max(0, this.curve.toY(loss(plain[17], curvature)) - 4));
    for (const node of this.own.flat()) change(node, "stroke", beta ? "var(--fig-2)" : "var(--fig-1)");
    change(this.start, "d", this.plane.dots([[x1, x2]]));
    this.mark("limit", beta ? (2 * (1 + beta)) / L : NaN);
    this.say(regime(lr, beta, curvature, STEPS));
    this.show("end", number(loss(path[STEPS], curvature), 3));
  }

  /** Return the points of one height, which are an ellipse, as the `d` of a path. */
  level(height, curvature) {
    const { toX, toY } = this.plane;
    const [across, up] = curvature.map((each) => Math.sqrt((2 * height) / each));
    return ellipse(toX(0), toY(0), toX(across) - toX(0), toY(0) - toY(up));
  }

  /** Draw a path in the valley, and its loss below. */
  trace([below, over], path, curvature) {
    this.plane.draw(below, path);
    this.curve.draw(over, path.map((x, step) => [step, loss(x, curvature)]));
  }
}

const BANDS = [0, 1, 2, 3, 4, 5, 6, 7]; // between the square roots of the loss, as on the still figure

customElements.define("x-valley", Valley);
