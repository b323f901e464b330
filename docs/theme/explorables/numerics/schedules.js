// The noisy valley of snippets/schedules/noisy_valley.py: lists of rates, and the loss that is expected of them, exactly.

export const T = 200; // steps
const [LOWEST, BEYOND] = [10, 2000]; // the peaks that the programs try, in thousandths
export const curvature = Float64Array.from({ length: 30 }, (_, i) => 10 ** ((2 * i) / 29 - 2));

// how the rate comes down, as a part of the peak: from 1 at u = 0 to the last part at u = 1
const down = {
  linear: (u, last) => last + (1 - last) * (1 - u),
  cosine: (u, last) => last + ((1 - last) * (1 + Math.cos(Math.PI * u))) / 2,
  exponential: (u, last) => last ** u,
  stairs: (u, last) => last ** (Math.floor(Math.max(4 * u - 1, 0)) / 2),
};

/** Return the parts of the peak that the steps have: up along a line in the first, and down in the last of them. */
export function shape(kind, up, fall, last) {
  const start = T - fall;
  return Array.from({ length: T }, (_, t) => Math.min((t + 1) / up, t < start ? 1 : down[kind]((t - start) / fall, last)));
}

/** Return the expected loss at the start and after each step; without a way to the minimum, it is what the noise leaves. */
export function losses(rates, x0 = 1, sigma = 0.1) {
  const square = new Float64Array(curvature.length).fill(x0 * x0);
  const path = new Float64Array(rates.length + 1);
  for (let t = 0; ; t += 1) {
    let sum = 0;
    for (let i = 0; i < square.length; i += 1) sum += square[i] * curvature[i];
    path[t] = sum / 2;
    if (t === rates.length) return path;
    const noise = rates[t] * sigma * (rates[t] * sigma);
    for (let i = 0; i < square.length; i += 1) {
      const part = 1 - rates[t] * curvature[i];
      square[i] = part * part * square[i] + noise;
    }
  }
}

/** Return the peak at which a shape ends lowest, of those that the programs try: the loss falls with the peak, and then rises. */
export function bestPeak(parts) {
  const end = (thousandths) => losses(parts.map((part) => (part * thousandths) / 1000))[T];
  let [low, high] = [LOWEST, BEYOND - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (end(middle) < end(middle + 1)) high = middle;
    else low = middle + 1;
  }
  return low / 1000;
}

/** Return the best list of all: in each sweep every rate takes the value that is best beside the others, for the loss is quadratic in it. */
export function bestRates(sweeps = 40, sigma = 0.1) {
  const rates = shape("exponential", 0, T, 0.04).map((part) => 1.5 * part);
  const each = Array.from(curvature);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const kept = [each.map(() => 1)]; // of a square after each step, what is there at the end: the last step first
    for (let t = T - 1; t > 0; t -= 1) kept.push(each.map((one, i) => (1 - rates[t] * one) ** 2 * kept.at(-1)[i]));
    let square = each.map(() => 1);
    for (let t = 0; t < T; t += 1) {
      const weights = kept[T - 1 - t];
      const sum = (value) => each.reduce((total, one, i) => total + one * weights[i] * value(one, i), 0);
      const lr = sum((one, i) => one * square[i]) / sum((one, i) => one * one * square[i] + sigma * sigma);
      square = square.map((value, i) => (1 - lr * each[i]) ** 2 * value + (lr * sigma) ** 2);
      rates[t] = lr;
    }
  }
  return rates;
}
