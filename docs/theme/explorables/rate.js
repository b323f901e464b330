// The six regimes of gradient descent on a parabola under one range: x against the step, and the same points on the curve.
import { Explorable } from "./element.js";
import { gradientDescent, regime } from "./numerics/parabola.js";
import { Panel, number } from "./plot.js";

const START = 2;

class Rate extends Explorable {
  build(svg) {
    const across = { left: 39.7, width: 299.7 };
    this.steps = new Panel(svg, { ...across, top: 8, height: 182, x: [0, 20], y: [-5, 5], xLabel: this.words("step"), yLabel: "$x$" });
    this.curve = new Panel(svg, { ...across, top: 246, height: 132, x: [-3.2, 3.2], y: [-0.5, 10], yTicks: [0, 5, 10], xLabel: "$x$", yLabel: "$f$($x$)" });
    const bend = Array.from({ length: 129 }, (_, i) => (i - 64) / 20);
    this.curve.path({ stroke: "var(--fig-mid)", "stroke-width": 1.2, d: this.curve.line(bend.map((x) => [x, x * x])) });
    this.parts = [this.steps, this.curve].map((panel) => [1.2, 4].map((width) => panel.path({ stroke: "var(--fig-1)", "stroke-width": width, "stroke-linejoin": "round" })));
    this.curve.path({ stroke: "currentColor", "stroke-width": 8, d: this.curve.dots([[START, START * START]]) });
    this.curve.star(0, 0);
    this.mark("one", 0.5);
    this.mark("two", 1);
  }

  draw({ lr }) {
    const path = gradientDescent(START, lr);
    this.steps.draw(this.parts[0], path.map((x, step) => [step, x]));
    this.curve.draw(this.parts[1], path.map((x) => [x, x * x]));
    this.say(regime(lr));
    this.show("factor", number(1 - 2 * lr, 3));
    this.show("end", number(path.at(-1), 6));
  }
}

customElements.define("x-rate", Rate);
