// The runs of the frozen races, and of the schedules beside them, a mark each: of a model, which methods and schedules stand out.
import { Explorable } from "./element.js";
import { chosen, count, paths } from "./numerics/trials.js";
import { change, node, number } from "./plot.js";

const PALE = 0.18; // of the race, where it does not stand out

class Trials extends Explorable {
  drawn = {}; // of each model that was shown: all of it, its series with what they are drawn in, and the names below

  build(svg) {
    svg.append(...this.stage.querySelector("svg").cloneNode(true).childNodes); // in view until there is something to show
    this.load();
  }

  async load() {
    try {
      const answer = await fetch(new URL("./trials.json", import.meta.url));
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
      this.sheet = await answer.json();
      this.paint();
    } catch {
      this.say("failed");
    }
  }

  draw({ workload, method, schedule }) {
    if (!this.sheet) return;
    const { series, groups, names } = this.view(workload);
    const found = chosen(series, method, schedule);
    const seen = series.filter((one) => one.race || found.includes(one)); // the race stays, pale, to compare with
    for (const [one, group] of groups) {
      change(group, "display", seen.includes(one) ? "inline" : "none");
      change(group, "opacity", found.includes(one) ? 1 : PALE);
    }
    for (const [name, group] of names) change(group, "display", seen.some((one) => [one.method, one.schedule].includes(name)) ? "inline" : "none");
    this.offer("method", (name) => name === "all" || chosen(series, name, schedule).length);
    this.offer("schedule", (name) => name === "race" || chosen(series, method, name).length);
    this.tell(found, method !== "all");
    this.say(!found.length ? "none" : found.some(({ search }) => !search.length) ? "kept" : seen.length > found.length ? "some" : "every");
  }

  /** Bring a model into view, drawn once; return what it is drawn in. */
  view(workload) {
    if (this.seen !== workload) {
      if (this.seen) change(this.drawn[this.seen].whole, "display", "none");
      else this.svg.replaceChildren();
      this.seen = workload;
      this.drawn[workload] ??= this.race(workload);
      change(this.drawn[workload].whole, "display", "inline");
    }
    return this.drawn[workload];
  }

  race(workload) {
    const { look, lines, marks, names, keys, races } = this.sheet;
    const whole = node(this.svg, "g", look);
    const add = (parent, parts) => {
      for (const [tag, attributes, words] of parts) node(parent, tag, attributes, words && this.named(words));
      return parent;
    };
    add(whole, races[workload].frame);
    const below = Object.entries(names).map(([name, parts]) => [name, add(node(whole, "g"), parts)]);
    const series = races[workload].series.map((row) => Object.fromEntries(keys.map((key, i) => [key, row[i]])));
    const groups = series.map((one) => {
      const [stroke, dashes] = lines[one.method];
      const group = node(whole, "g", { fill: "none", stroke });
      for (const path of paths(one, dashes, marks[one.schedule])) node(group, "path", path);
      return [one, group];
    });
    return { whole, series, groups, names: below };
  }

  /** Return the page's words of a key, or what is no key. */
  named(words) {
    return this.querySelector(`[data-words="${words}"]`) ? this.words(words) : words;
  }

  /** Let a list offer what has runs. What was chosen stays chosen. */
  offer(name, able) {
    for (const option of this.controls.get(name).input.options) if (option.disabled === Boolean(able(option.value))) option.disabled = !option.disabled;
  }

  /** Tell, a row a schedule, how many runs stand out, and of one method its rate and the mean of its fresh seeds. */
  tell(found, one) {
    for (const schedule of Object.keys(this.sheet.marks)) {
      const under = found.filter((series) => series.schedule === schedule);
      this.show(`${schedule}-runs`, under.length ? String(count(under)) : "–");
      this.show(`${schedule}-rate`, one && under.length ? number(under[0].rate) : "–");
      this.show(`${schedule}-score`, one && under.length ? under[0].score : "–");
    }
  }
}

customElements.define("x-trials", Trials);
