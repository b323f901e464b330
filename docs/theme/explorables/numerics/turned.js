// The valley of snippets/adaptive/turned_axes.py at an angle, four methods in it, and of each the best rate: the same operations in the same order.

export const STEPS = 300;
export const methods = ["GD", "momentum", "sign", "Adam"];
export const rates = Array.from({ length: 120 }, (_, k) => 10 ** (-5 + (k * (Math.log10(3) + 5)) / 119));
const LATE = 20; // steps, of which the largest loss counts
const FACTOR = 2; // two losses within it are alike
const first = Array.from({ length: STEPS }, (_, t) => 0.1 / (1 - 0.9 ** (t + 1))); // the corrections of both means
const second = Array.from({ length: STEPS }, (_, t) => 1 - 0.999 ** (t + 1));

/** Return the loss at the start and after each step; the points are put, as pairs, into an array that has room for them, and
 *  the losses into another, where one is given. */
export function walk(method, degrees, kappa, lr, points, steps = STEPS, losses = new Float64Array(steps + 1)) {
  const angle = degrees * (Math.PI / 180);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const [h1, h2, cross] = [c * c + kappa * (s * s), s * s + kappa * (c * c), (1 - kappa) * c * s];
  const beta = method === "momentum" || method === "Adam" ? 0.9 : 0;
  let [x1, x2, m1, m2, s1, s2] = [c - s, c + s, 0, 0, 0, 0];
  for (let t = 0; ; t += 1) {
    const g1 = h1 * x1 + cross * x2;
    const g2 = cross * x1 + h2 * x2;
    if (points) points[2 * t] = x1;
    if (points) points[2 * t + 1] = x2;
    losses[t] = 0.5 * x1 * g1 + 0.5 * x2 * g2;
    if (t === steps) return losses;
    m1 = beta * m1 + g1;
    m2 = beta * m2 + g2;
    if (method === "Adam") {
      s1 = 0.999 * s1 + 0.001 * (g1 * g1);
      s2 = 0.999 * s2 + 0.001 * (g2 * g2);
      x1 -= lr * (m1 * (first[t] / (Math.sqrt(s1 / second[t]) + 1e-8)));
      x2 -= lr * (m2 * (first[t] / (Math.sqrt(s2 / second[t]) + 1e-8)));
    } else if (method === "sign") {
      x1 -= lr * Math.sign(g1);
      x2 -= lr * Math.sign(g2);
    } else {
      x1 -= lr * m1;
      x2 -= lr * m2;
    }
  }
}

/** Return the largest loss of the last steps; what is no number any more is infinite. */
export function late(losses) {
  let most = -Infinity;
  for (let t = losses.length - LATE; t < losses.length; t += 1) {
    if (Number.isNaN(losses[t])) return Infinity;
    if (losses[t] > most) most = losses[t];
  }
  return most;
}

/** Put the best rate of each method at each of some angles into `found[method][degrees]`, { lr, loss }. Pauses after each rate.
 *  Gradient descent and momentum turn with the valley: what is best for them at one angle is best at all. */
export function* search(angles, kappa, found) {
  const losses = new Float64Array(STEPS + 1);
  for (const degrees of angles) {
    for (const method of methods) {
      const of = (found[method] ??= {});
      const [known] = method === "GD" || method === "momentum" ? Object.values(of) : [];
      let best = known ?? { lr: rates[0], loss: Infinity };
      for (const lr of known ? [] : rates) {
        const loss = late(walk(method, degrees, kappa, lr, undefined, STEPS, losses));
        if (loss < best.loss) best = { lr, loss };
        yield;
      }
      of[degrees] = best;
    }
  }
}

/** Return the key of what the losses that the methods leave say, of a start with the loss `before`. */
export function regime({ GD, momentum, Adam }, before) {
  if (GD < 1e-6 * before) return "round";
  if (Adam * FACTOR < momentum) return "ahead";
  return Adam <= momentum * FACTOR ? "level" : "behind";
}
