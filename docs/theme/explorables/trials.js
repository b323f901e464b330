// The runs of the frozen races, a point each: which workload, and which methods and schedule stand out.
import { Explorable } from "./element.js";
import { bounds, chosen, points } from "./numerics/trials.js";
import { Panel, change, label, node, number } from "./plot.js";

const LOOKS = { // of a method: its colour, and the dashes of the line through its means
  sgd: ["var(--fig-1)", "none"],
  momentum: ["var(--fig-2)", "6 2"],
  nag: ["var(--fig-3)", "2 2"],
  rmsprop: ["currentColor", "6 2 1 2"],
  adam: ["var(--fig-4)", "none"],
  adamw: ["var(--fig-5)", "6 2"],
  lion: ["currentColor", "1 2"],
  schedule_free: ["var(--fig-mid)", "9 3"],
  muon: ["var(--fig-6)", "4 1.5"],
};
const TICKS = { error: [1, 2, 3, 5, 10, 20, 50, 100], bits: [2.5, 3, 4, 5, 6, 7, 8, 9] };
const PALE = 0.18; // of what does not stand out

class Trials extends Explorable {
  drawn = {}; // of each race that was shown: the group it is drawn in, and in it one a method

  build(svg) {
    svg.append(...this.stage.querySelector("svg").cloneNode(true).childNodes); // in view until there is something to show
    this.load();
  }

  async load() {
    try {
      const answer = await fetch(new URL("./trials.json", import.meta.url));
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
      this.races = await answer.json();
      this.paint();
    } catch {
      this.say("failed");
    }
  }

  draw({ workload, method, schedule }) {
    if (!this.races) return;
    const methods = this.races[workload];
    if (this.seen !== workload) this.view(workload, methods);
    const found = chosen(methods, method, schedule);
    const { groups } = this.drawn[workload];
    for (const [name, group] of groups) change(group, "opacity", found.includes(name) ? 1 : PALE);
    this.tell(found.map((name) => methods[name]), found.length === groups.size);
  }

  /** Bring a race into view, drawn once. */
  view(workload, methods) {
    if (this.seen) change(this.drawn[this.seen].whole, "visibility", "hidden");
    else this.svg.replaceChildren();
    this.seen = workload;
    this.drawn[workload] ??= this.race(workload, methods);
    change(this.drawn[workload].whole, "visibility", "visible");
  }

  /** Draw a race, and return what it is drawn in. */
  race(workload, methods) {
    const whole = node(this.svg, "g");
    const kind = this.querySelector(`option[value="${workload}"]`).dataset.kind;
    const [x, y] = bounds(methods);
    const room = { left: 40, top: 6, width: 299, height: 214 };
    const panel = new Panel(whole, { ...room, x, y, logX: true, logY: true, yTicks: TICKS[kind].filter((tick) => y[0] <= tick && tick <= y[1]), xLabel: this.words("rate"), yLabel: this.words(kind) });
    return { whole, groups: new Map(Object.keys(methods).map((name, i) => [name, this.series(panel, name, methods[name], i)])) };
  }

  /** Draw a method, and its name below: the line through its means, a dot a run, and a large one for the mean at its chosen rate. */
  series(panel, name, about, i) {
    const [stroke, dashes] = LOOKS[name];
    const { left, top, height } = panel;
    const group = node(panel.marks, "g", { fill: "none", stroke, "stroke-linecap": "round" });
    const [means, runs, best] = points(about);
    node(group, "path", { "stroke-width": 1.2, "stroke-dasharray": dashes, d: panel.line(means) });
    node(group, "path", { "stroke-width": 3.2, d: panel.dots(runs) });
    node(group, "path", { "stroke-width": 7, d: panel.dots(best) });
    const [across, down] = [left + (i % 2) * 150, top + height + 48 + Math.floor(i / 2) * 15];
    node(panel.svg, "path", { fill: "none", stroke, "stroke-width": 1.6, "stroke-linecap": "round", "stroke-dasharray": dashes, d: `M${across - 6} ${down}h22` });
    label(panel.svg, across + 21, Math.round((down + 3.6) * 10) / 10, this.words(name));
    return group;
  }

  /** Say how many runs stand out, and of one method what was chosen, and how its fresh seeds ended. */
  tell(found, all) {
    const runs = found.reduce((sum, { search, fresh }) => sum + search.reduce((count, row) => count + row.length - 1, fresh.length), 0);
    const [one] = found.length === 1 ? found : [];
    this.show("runs", String(runs));
    this.show("best", one ? number(one.best) : "–");
    this.show("fresh", one ? (one.fresh.reduce((a, b) => a + b) / one.fresh.length).toFixed(2) : "–");
    this.say(all ? "every" : found.length ? "some" : "none");
  }
}

customElements.define("x-trials", Trials);
