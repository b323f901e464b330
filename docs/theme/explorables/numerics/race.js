// Methods on surfaces over two weights, written like choosing/race.py and adam_by_hand.py, and the search for their best settings.
import { normals } from "./random.js";

export const methods = ["GD", "momentum", "Nesterov", "Adam", "AdamW"];
export const rates = Array.from({ length: 91 }, (_, k) => 10 ** (k / 20 - 4));
export const betas = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98];
const DECAY = 0.01; // of AdamW, as in torch
const DRAWS = 8; // of noise, on which settings are compared: seeds that no drawing shows

// of each surface: its loss above the least one, the slope of it, the noise of a gradient, and where a race starts
const along = {
  loss: (x1, x2) => 0.5 * (x1 * x1 + 30 * (x2 * x2)),
  slope: (x1, x2) => [x1, 30 * x2],
  sigma: 0,
  start: [-1.8, 0.5],
};

const turned = {
  loss: (x1, x2) => 0.5 * (x1 * (15.5 * x1 - 14.5 * x2) + x2 * (-14.5 * x1 + 15.5 * x2)),
  slope: (x1, x2) => [15.5 * x1 - 14.5 * x2, -14.5 * x1 + 15.5 * x2],
  sigma: 0,
  start: [-1.6, -0.9],
};

const rosenbrock = {
  loss: (x1, x2) => (1 - x1) * (1 - x1) + 100 * ((x2 - x1 * x1) * (x2 - x1 * x1)),
  slope: (x1, x2) => [-2 * (1 - x1) - 400 * x1 * (x2 - x1 * x1), 200 * (x2 - x1 * x1)],
  sigma: 0,
  start: [-1.2, 1],
};

/** That of gradient_descent/saddle.py, above its least loss of -1/4. */
const saddle = {
  loss: (x1, x2) => (x1 * x1) / 2 + ((x2 * x2 - 1) * (x2 * x2 - 1)) / 4,
  slope: (x1, x2) => [x1, x2 * x2 * x2 - x2],
  sigma: 0,
  start: [1, 0.0001],
};

export const surfaces = { along, turned, rosenbrock, saddle, noisy: { ...along, sigma: 3 } };

/** Return the points from a start, pairs in one array, and the loss at each; noise holds two normal numbers a step. */
export function walk({ loss, slope, sigma }, method, lr, beta, start, steps, noise) {
  const points = new Float64Array(2 * steps + 2);
  const losses = new Float64Array(steps + 1);
  const adaptive = method === "Adam" || method === "AdamW";
  const ahead = method === "Nesterov" ? beta : 0;
  const decay = method === "AdamW" ? DECAY : 0;
  let [[x1, x2], v1, v2, s1, s2] = [start, 0, 0, 0, 0];
  for (let t = 0; ; t += 1) {
    points[2 * t] = x1;
    points[2 * t + 1] = x2;
    losses[t] = loss(x1, x2);
    if (t === steps) return { points, losses };
    let [g1, g2] = slope(x1 + ahead * v1, x2 + ahead * v2);
    if (sigma) {
      g1 += sigma * noise[2 * t];
      g2 += sigma * noise[2 * t + 1];
    }
    if (adaptive) {
      v1 = beta * v1 + (1 - beta) * g1;
      v2 = beta * v2 + (1 - beta) * g2;
      s1 = 0.999 * s1 + 0.001 * (g1 * g1);
      s2 = 0.999 * s2 + 0.001 * (g2 * g2);
      const [m, s] = [1 - beta ** (t + 1), 1 - 0.999 ** (t + 1)];
      x1 = x1 - lr * decay * x1 - lr * (v1 / m / (Math.sqrt(s1 / s) + 1e-8));
      x2 = x2 - lr * decay * x2 - lr * (v2 / m / (Math.sqrt(s2 / s) + 1e-8));
    } else {
      v1 = beta * v1 - lr * g1;
      v2 = beta * v2 - lr * g2;
      x1 = x1 + v1;
      x2 = x2 + v2;
    }
  }
}

/** Return the largest loss of the last fifth of the steps; what is no number any more is infinite. */
export function late(losses) {
  let most = 0;
  for (let t = losses.length - Math.floor((losses.length - 1) / 5); t < losses.length; t += 1) if (!(losses[t] <= most)) most = losses[t];
  return Number.isNaN(most) ? Infinity : most;
}

/** Put the best setting of each method into `found`, { lr, beta, edge }: the one whose late loss is least. Pauses after each setting. */
export function* search(surface, start, steps, found) {
  const noises = surface.sigma ? Array.from({ length: DRAWS }, (_, k) => normals(1000 + k, 2 * steps)) : [undefined];
  for (const method of methods) {
    let [least, best] = [Infinity, { lr: rates[0], beta: 0, edge: true }];
    for (const beta of method === "GD" ? [0] : betas) {
      for (const lr of rates) {
        let sum = 0;
        for (const noise of noises) sum += late(walk(surface, method, lr, beta, start, steps, noise).losses);
        if (sum < least) [least, best] = [sum, { lr, beta, edge: [rates[0], rates.at(-1)].includes(lr) || beta === betas.at(-1) }];
        yield;
      }
    }
    found[method] = best;
  }
}
