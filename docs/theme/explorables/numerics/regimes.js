// Heavy ball on parabolas, and on the function where it never arrives: the snippets' operations in their order.
import { best as bestPair, edges, radius } from "./valley.js";

const CLOSE = 1e-5; // so near to an edge, a point is on it: a link of the page tells six digits

/** Return the two roots as [real, imaginary], as snippets/momentum/regimes.py does; step is lr times curvature. */
export function roots(step, beta) {
  const half = (1 + beta - step) / 2;
  const square = half * half - beta;
  const root = Math.sqrt(Math.abs(square));
  return square < 0 ? [[half, root], [half, -root]] : [[half + root, 0], [half - root, 0]];
}

/** Return how many steps a full swing takes, as equal_step.py does; without one, Infinity. */
export function period(step, beta) {
  const [re, im] = roots(step, beta)[0];
  return (2 * Math.PI) / Math.atan2(im, re);
}

/** Return the beta at which the two roots meet. */
export function critical(step) {
  const root = 1 - Math.sqrt(step);
  return root * root;
}

/** Return the pair than which none is faster, as lr times the largest curvature, and beta. */
export function best(kappa) {
  const [lr, beta] = bestPair([1, kappa]);
  return { step: lr * kappa, beta, kappa };
}

/** Return what a point is called; of two curvatures, which is the slower, or that the pair is the best. */
export function regime(ends, beta) {
  const steep = ends.at(-1);
  const [low, high, limit] = edges(beta);
  const near = (a, b) => Math.abs(a - b) < CLOSE;
  const meets = (step) => near(step, low) || near(step, high);
  if (near(steep, limit)) return "limit";
  if (steep > limit) return "diverges";
  if (ends.length > 1) {
    const [flat, other] = ends.map((step) => radius(step, beta));
    if (ends.every(meets)) return "best";
    return near(flat, other) ? "even" : flat > other ? "flat" : "steep";
  }
  if (meets(steep)) return beta === 0 ? "once" : "meets";
  return steep < low ? "glides" : steep < high ? "swings" : "jumps";
}

/** Return the path on a parabola, its start included, as equal_step.py does with lr = step / 2; it ends early where all is less than `rest`. */
export function momentum(step, beta, x, steps, rest = 0) {
  return follow((each) => step * each, beta, x, steps, rest);
}

/** Return the path on the function of cycle.py, its start included. */
export function cycling(lr, beta, x, steps) {
  return follow((each) => lr * grad(each), beta, x, steps);
}

/** Return a slope that grows 25 times as fast outside [1, 2] as inside. */
export function grad(x) {
  return 25 * x - 24 * Math.min(Math.max(x - 1, 0), 1);
}

function follow(pull, beta, x, steps, rest = 0) {
  const path = [x];
  let v = 0;
  for (let k = 0; k < steps && !(Math.abs(path[k]) + Math.abs(v) < rest); k += 1) {
    v = beta * v - pull(path[k]);
    path.push(path[k] + v);
  }
  return path;
}

/** Return the first step from which on every point is nearer than tolerance, as equal_step.py does; null if the last is not. */
export function stepsToStay(path, tolerance) {
  const last = path.findLastIndex((x) => !(Math.abs(x) < tolerance));
  return last === path.length - 1 ? null : last + 1;
}

/** Return the beginning of a path: so many steps, or as far as the first point beyond a bound. */
export function within(path, bound, steps) {
  const left = path.findIndex((x) => !(Math.abs(x) <= bound));
  return path.slice(0, left < 0 ? steps + 1 : Math.min(left, steps) + 1);
}

/** Return what becomes of a path in the end. */
export function arrival(path, longest, near) {
  if (path.slice(-3 * longest).every((x) => Math.abs(x) < near)) return "arrives";
  if (!(Math.abs(path.at(-1)) < 1e6)) return "diverges";
  return repeats(path, longest, near) ? "repeats" : "wanders";
}

/** Return after how many steps the end of a path repeats itself, or 0 if it does not within so many. */
export function repeats(path, longest, near) {
  const end = path.slice(-3 * longest);
  const periods = Array.from({ length: longest }, (_, i) => i + 1);
  return periods.find((p) => end.slice(p).every((x, k) => Math.abs(x - end[k]) < near)) ?? 0;
}
